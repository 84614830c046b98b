import mark from './mark.svg';

/** The sign of the house: a roof, and under it a voice. */
export function Mark({ size = 32 }: { size?: number }) {
  return <img src={mark} width={size} height={size} alt="" />;
}

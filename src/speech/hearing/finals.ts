/** Finished pieces of one utterance, each once: after a lost line the service may tell a piece again. */
export interface Piece {
  text: string;
  /** From the beginning of the sound; in any unit, the same for both. */
  offset: number;
  duration: number;
}

/** `between`: what parts two pieces, a space where words are. */
export function createFinals(between = '') {
  const pieces: Piece[] = [];
  return {
    /** A piece whose middle lies in one that is known is that one, told again. */
    add({ text, offset, duration }: Piece): void {
      const middle = offset + duration / 2;
      const known = pieces.some((one) => middle >= one.offset && middle <= one.offset + one.duration);
      if (text && !known) pieces.push({ text, offset, duration });
    },
    /** All of them in the order of their sound. */
    text(): string {
      return [...pieces]
        .sort((a, b) => a.offset - b.offset)
        .map((piece) => piece.text)
        .join(between);
    },
  };
}

import { useId } from 'react';
import { together } from '../words/marks.ts';
export interface Bar {
  key: string;
  name: string;
  value: number;
  tone?: string;
}

/** Lying bars with their figures under what is counted: read by eye and by ear alike. Nothing where nothing was counted. */
export function Bars({ of, name, unit = '' }: { of: Bar[]; name: string; unit?: string }) {
  const most = Math.max(1, ...of.map(({ value }) => value));
  const heading = useId();
  if (of.length === 0) return null;
  return (
    <section className="counted" aria-labelledby={heading}>
      <p id={heading} className="counted-name row-quiet">
        {name}
      </p>
      <dl className="bars">
        {of.map(({ key, name: label, value, tone }) => (
          <div key={key} className="bar">
            <dt>{label}</dt>
            <dd>
              <svg className="bar-track" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
                <rect className="bar-fill" data-tone={tone} x="0" y="0" height="10" width={(value / most) * 100} />
              </svg>
              <span className="bar-value figures">
                {value.toLocaleString('zh-CN')}
                {unit}
              </span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Standing bars along the time. */
export function Timeline({ of, name }: { of: { at: string; count: number }[]; name: string }) {
  const most = Math.max(1, ...of.map(({ count }) => count));
  if (of.length === 0) return null;
  const width = 100 / Math.max(12, of.length);
  return (
    <figure className="timeline">
      <figcaption>{name}</figcaption>
      <svg
        viewBox="0 0 100 32"
        preserveAspectRatio="none"
        role="img"
        aria-label={together(of.map(({ at, count }) => `${at} ${count}`))}
      >
        {of.map(({ at, count }, n) => (
          <rect
            key={at}
            className="bar-fill"
            x={n * width + width * 0.15}
            width={width * 0.7}
            y={32 - (count / most) * 30}
            height={(count / most) * 30}
          />
        ))}
      </svg>
      <p className="timeline-ends row-quiet figures">
        <span>{of[0]?.at}</span>
        <span>{of.length > 1 ? of.at(-1)?.at : ''}</span>
      </p>
    </figure>
  );
}

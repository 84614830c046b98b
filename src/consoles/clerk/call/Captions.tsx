import { useEffect, useRef } from 'react';
import type { CallFrame } from '../../../calls/wire.ts';
import { useDeskLine } from '../../live/useLive.ts';

/** What is being said, in writing, where a recogniser runs and she has said yes to it; otherwise why there is nothing. */
export function Captions({ call }: { call: CallFrame }) {
  const { live } = useDeskLine();
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight });
  });
  return (
    <section className="panel captions" aria-labelledby="captions-title">
      <h3 className="brief-part" id="captions-title">
        字幕
      </h3>
      {live.captions.length === 0 ? <p className="row-quiet">{whyNone(call)}</p> : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <ol ref={list} tabIndex={0} aria-labelledby="captions-title" aria-live="off">
        {live.captions.map(({ id, who, text, final }) => (
          <li key={id} data-who={who} data-final={final}>
            <span className="captions-who">{who === 'clerk' ? '您' : '她'}</span>
            {text}
          </li>
        ))}
      </ol>
    </section>
  );
}

function whyNone({ captions }: CallFrame): string {
  if (captions === 'on') return '字幕开着，只显示，不保存。';
  if (captions === 'no_consent') return '她没有同意过字幕，所以不显示。可以当面问她愿不愿意。';
  return '这里没有接语音识别，没有字幕。';
}

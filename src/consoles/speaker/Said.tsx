import {
  type FormEvent,
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  type RefObject,
  useRef,
  useState,
} from 'react';
import type { Talk } from './talk.ts';

const TRY = ['有什么跟我有关的政策', '老年证怎么办', '我的证办到哪了', '我想约个时间去拿证'];

interface SaidProps {
  field: RefObject<HTMLInputElement | null>;
  open: boolean;
  /** Nothing has been said yet: a few sentences to begin with. */
  fresh: boolean;
  onSay: (words: string) => void;
  onPress: () => void;
  onRelease: () => void;
  microphone: Talk['microphone'];
  /** Draws the microphone's loudness into the element. */
  meter: (element: HTMLElement | null) => void;
}

/** Her side: typing, sentences to begin with, and press-to-talk. */
export function Said({ field, open, fresh, onSay, ...microphone }: SaidProps) {
  const [words, setWords] = useState('');
  const send = (event: FormEvent) => {
    event.preventDefault();
    const text = words.trim();
    if (text === '' || !open) return;
    setWords('');
    onSay(text);
  };
  return (
    <div className="said">
      {fresh ? (
        <ul className="said-try" aria-label="可以这样说">
          {TRY.map((text) => (
            <li key={text}>
              <button type="button" className="speaker-plain" disabled={!open} onClick={() => onSay(text)}>
                {text}
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      <form className="said-form" onSubmit={send}>
        <Microphone open={open} {...microphone} />
        <label className="unseen" htmlFor="words">
          跟音箱说的话
        </label>
        <input
          id="words"
          ref={field}
          value={words}
          maxLength={500}
          autoComplete="off"
          placeholder="打字跟音箱说"
          onChange={(event) => setWords(event.target.value)}
        />
        <button type="submit" className="speaker-key" data-strong disabled={!open || words.trim() === ''}>
          说
        </button>
      </form>
    </div>
  );
}

type MicrophoneProps = Pick<SaidProps, 'open' | 'onPress' | 'onRelease' | 'microphone' | 'meter'>;

const ON_THE_KEY = { off: '按住说话', held: '您说，说完松手', open: '我听着呢，再点一下关上' };

/** Tap and talk, or hold and talk; the same with the space bar, and with the click of a screen reader. */
function Microphone({ open, onPress, onRelease, microphone, meter }: MicrophoneProps) {
  const down = useRef(false);
  const press = () => {
    down.current = true;
    onPress();
  };
  const release = () => {
    if (!down.current) return;
    down.current = false;
    onRelease();
  };
  // The finger may slide and the page may move under it: she is holding the key until she lifts it.
  const onPointerDown = (event: PointerEvent) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    press();
  };
  const isKey = ({ key }: KeyboardEvent) => key === ' ' || key === 'Enter';
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isKey(event)) return;
    event.preventDefault(); // or the browser adds a click of its own
    if (!event.repeat) press();
  };
  const onClick = ({ detail }: MouseEvent) => {
    if (detail > 0) return; // a pointer: pressed and released already
    press();
    release();
  };
  return (
    <button
      type="button"
      className="said-mic"
      aria-label="按住说话"
      aria-pressed={microphone !== 'off'}
      disabled={!open}
      onPointerDown={onPointerDown}
      onPointerUp={release}
      onPointerCancel={release}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onKeyUp={(event) => isKey(event) && release()}
      onContextMenu={(event) => event.preventDefault()}
    >
      <span className="said-level" ref={meter} aria-hidden="true" />
      <svg
        width="28"
        height="28"
        viewBox="0 0 28 28"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.4"
        strokeLinecap="round"
        aria-hidden="true"
      >
        <rect x="10" y="3.5" width="8" height="13" rx="4" />
        <path d="M5.5 13.5a8.5 8.5 0 0 0 17 0M14 22v3.5" />
      </svg>
      <span className="said-words" aria-hidden="true">
        {ON_THE_KEY[microphone]}
      </span>
    </button>
  );
}

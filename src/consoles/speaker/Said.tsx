import { type FormEvent, type KeyboardEvent, type RefObject, useState } from 'react';

const TRY = ['有什么跟我有关的政策', '老年证怎么办', '我的证办到哪了', '我想约个时间去拿证'];

interface SaidProps {
  field: RefObject<HTMLInputElement | null>;
  open: boolean;
  /** Nothing has been said yet: a few sentences to begin with. */
  fresh: boolean;
  onSay: (words: string) => void;
  onPress: () => void;
  onRelease: () => void;
}

/** Her side: typing, sentences to begin with, and press-to-talk. */
export function Said({ field, open, fresh, onSay, onPress, onRelease }: SaidProps) {
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
        <Microphone open={open} onPress={onPress} onRelease={onRelease} />
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

function Microphone({ open, onPress, onRelease }: Pick<SaidProps, 'open' | 'onPress' | 'onRelease'>) {
  const [held, setHeld] = useState(false);
  const press = () => {
    setHeld(true);
    onPress();
  };
  const release = () => {
    if (!held) return;
    setHeld(false);
    onRelease();
  };
  const isKey = ({ key }: KeyboardEvent) => key === ' ' || key === 'Enter';
  return (
    <button
      type="button"
      className="said-mic"
      aria-label="按住说话"
      aria-pressed={held}
      disabled={!open}
      onPointerDown={press}
      onPointerUp={release}
      onPointerLeave={release}
      onPointerCancel={release}
      onKeyDown={(event) => !event.repeat && isKey(event) && press()}
      onKeyUp={(event) => isKey(event) && release()}
      onContextMenu={(event) => event.preventDefault()}
    >
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
    </button>
  );
}

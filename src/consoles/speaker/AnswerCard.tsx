import { useMemo } from 'react';
import { sentenceAt, sentencesOf } from './sentences.ts';
import type { Talk } from './talk.ts';

const ORDINALS = ['第一', '第二', '第三', '第四', '第五'];

interface AnswerCardProps {
  talk: Talk;
  onChoose: (words: string) => void;
}

/** The answer in large type with the sentence that is being spoken, and the choices as big buttons that send the words. */
export function AnswerCard({ talk, onChoose }: AnswerCardProps) {
  const { answer, share, mood, trouble } = talk;
  const sentences = useMemo(() => sentencesOf(answer?.text ?? ''), [answer]);
  const current = mood === 'speaking' ? sentenceAt(sentences, share) : -1;
  return (
    <div className="answer" data-mood={mood}>
      <Hearing talk={talk} />
      <div
        className="answer-text"
        aria-live="polite"
        aria-atomic="true"
        data-phrase={answer?.phrase}
        data-asking={answer?.asking}
      >
        {answer || talk.microphone !== 'off' || mood === 'thinking' ? null : (
          <p className="answer-first">按住绿色的话筒跟我说话，说完松手。</p>
        )}
        {answer ? (
          <p>
            {sentences.map((sentence, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: sentences of one answer never move
              <span key={index} className={index === current ? 'answer-now' : undefined}>
                {sentence}
              </span>
            ))}
          </p>
        ) : null}
      </div>
      {trouble ? (
        <p className="answer-trouble" role="alert">
          {trouble}
        </p>
      ) : null}
      {answer?.choices?.length && !answer.end ? (
        <ol className="answer-choices">
          {answer.choices.map(({ n, text }) => (
            <li key={n}>
              <button type="button" onClick={() => onChoose(`${ORDINALS[n - 1] ?? `第${n}`}个`)}>
                <strong>{ORDINALS[n - 1] ?? `第${n}`}</strong>
                <span>{text}</span>
              </button>
            </li>
          ))}
        </ol>
      ) : null}
    </div>
  );
}

/** What is heard of her, large, as it is heard and until it is answered: she sees at once when it goes wrong. */
function Hearing({ talk: { microphone, mood, hearing, transcript } }: { talk: Talk }) {
  const last = transcript.at(-1);
  if (mood === 'thinking' && last?.who === 'her') {
    return (
      <p className="answer-hearing" data-heard="true">
        {last.text}
      </p>
    );
  }
  if (microphone === 'off' || mood !== 'listening') return null;
  const hint = microphone === 'held' ? '您说，说完松手。' : '您说，我听着。不说了，再点一下话筒。';
  return (
    <p className="answer-hearing" data-heard={hearing !== ''}>
      {hearing || hint}
    </p>
  );
}

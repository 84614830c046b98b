import { useEffect, useRef } from 'react';
import { AnswerCard } from './AnswerCard.tsx';
import { Body } from './Body.tsx';
import { CallCard } from './CallCard.tsx';
import { Said } from './Said.tsx';
import { Transcript } from './Transcript.tsx';
import { moodWords, type Talk } from './talk.ts';
import { useTalk } from './useTalk.ts';

/** Always there, whatever the errand: they work in every state of the dialogue. */
const ALWAYS = ['再说一遍', '慢一点', '找人', '帮助'];

/** The speaker in a page: its light, the words, the keys that always work. One device, until the page is left. */
export function Conversation({ deviceId }: { deviceId: string }) {
  const { talk, call, ask, hush, press, release, meter, takeNotices } = useTalk(deviceId);
  const say = (text: string) => ask({ type: 'say', text });
  const open = talk.link === 'open';
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (open && matchMedia('(pointer: fine)').matches) field.current?.focus({ preventScroll: true }); // on a phone the keyboard would cover the answer
  }, [open]);
  return (
    <main className="talk">
      <h1 className="unseen">跟音箱说话</h1>
      <section className="talk-device" aria-label="音箱">
        <Device
          talk={talk}
          inCall={call.shown !== undefined}
          onTouch={() => (talk.mood === 'speaking' ? hush() : ask({ type: 'wake' }))}
        />
        <Notices talk={talk} onTake={takeNotices} />
      </section>
      <section className="talk-words" aria-label="对话">
        <CallCard call={call} />
        <AnswerCard talk={talk} onChoose={say} />
        <div className="talk-always">
          {ALWAYS.map((words) => (
            <button key={words} type="button" className="speaker-key" disabled={!open} onClick={() => say(words)}>
              {words}
            </button>
          ))}
          <button
            type="button"
            className="speaker-key"
            data-soft
            disabled={!open}
            onClick={() => ask({ type: 'silence' })}
          >
            不出声
          </button>
        </div>
        <Said
          field={field}
          open={open}
          onSay={say}
          onPress={press}
          onRelease={release}
          microphone={talk.microphone}
          meter={meter}
          fresh={talk.transcript.length === 0}
        />
      </section>
      <Transcript entries={talk.transcript} />
    </main>
  );
}

function Device({ talk, inCall, onTouch }: { talk: Talk; inCall: boolean; onTouch: () => void }) {
  const words = moodWords(talk, inCall);
  const open = talk.link === 'open';
  const label = talk.mood === 'speaking' ? '别说了' : '叫醒音箱';
  return (
    <>
      <button type="button" className="talk-body" disabled={!open} aria-label={label} onClick={onTouch}>
        <Body mood={open ? talk.mood : 'away'} lamp={talk.notices.length > 0} />
      </button>
      <p className="talk-mood" role="status" data-away={!open}>
        {words}
      </p>
      {talk.link === 'replaced' || talk.link === 'refused' ? (
        <button type="button" className="speaker-key" onClick={() => location.reload()}>
          在这里接着用
        </button>
      ) : null}
    </>
  );
}

function Notices({ talk, onTake }: { talk: Talk; onTake: (wanted: boolean) => void }) {
  if (talk.notices.length === 0) return null;
  return (
    <div className="talk-notice" role="status">
      <p>有一条您的消息</p>
      <div className="talk-notice-keys">
        <button type="button" className="speaker-key" onClick={() => onTake(true)}>
          念给我听
        </button>
        <button type="button" className="speaker-key" data-soft onClick={() => onTake(false)}>
          先不听
        </button>
      </div>
    </div>
  );
}

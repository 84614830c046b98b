import { App, Button } from 'antd';
import { useState } from 'react';
import type { CallFrame, CallOutcome } from '../../../calls/wire.ts';
import { useDeskLine } from '../../live/useLive.ts';
import { useBusinessNow } from '../../rest/readiness.ts';
import { t } from '../../words/clerk.ts';
import { lasting } from './clock.ts';
import { forgetNotes } from './useNotes.ts';

const OUTCOMES: { code: CallOutcome; words: string; key: string }[] = [
  { code: 'solved', words: t.solved, key: '1' },
  { code: 'continued', words: t.beContinued, key: '2' },
  { code: 'callback', words: t.callbackAgreed, key: '3' },
  { code: 'visit', words: t.visitAgreed, key: '4' },
  { code: 'transferred', words: t.handedElsewhere, key: '5' },
  { code: 'no_contact', words: t.didNotSpeak, key: '6' },
  { code: 'other', words: t.other, key: '7' },
];

/** The outcome is one tap; until it is given, nothing rings here. The notes go with it. */
export function WrapUp({ call, notes }: { call: CallFrame; notes: string }) {
  const { wrapup } = useDeskLine();
  const { message } = App.useApp();
  const [sending, setSending] = useState<CallOutcome>();
  const send = (outcome: CallOutcome) => {
    setSending(outcome);
    wrapup(outcome, notes.trim())
      .then(() => {
        forgetNotes(call.call);
        message.success(t.noted);
      })
      .catch((error: Error) => message.error(error.message))
      .finally(() => setSending(undefined));
  };
  return (
    <section className="panel wrap" aria-labelledby="wrap-title">
      <h3 id="wrap-title" className="wrap-title">
        {t.whatCameThisCall}
        <WrapLeft by={call.wrapBy} />
      </h3>
      <div className="wrap-outcomes">
        {OUTCOMES.map(({ code, words, key }) => (
          <Button
            key={code}
            size="large"
            className={code === 'solved' ? 'do' : undefined}
            data-call-key={key}
            loading={sending === code}
            disabled={sending !== undefined && sending !== code}
            onClick={() => send(code)}
          >
            {words} <kbd className="kbd">{key}</kbd>
          </Button>
        ))}
      </div>
      <p className="row-quiet">{t.yourNotesGoWithThen}</p>
    </section>
  );
}

function WrapLeft({ by }: { by: string | undefined }) {
  const now = useBusinessNow(1_000);
  if (!by) return null;
  const left = Date.parse(by) - now.getTime();
  return (
    <span className="chip" data-tone={left < 30_000 ? 'late' : 'plain'}>
      {left > 0 ? t.left(lasting(left)) : t.timeUpPleaseChooseNow}
    </span>
  );
}

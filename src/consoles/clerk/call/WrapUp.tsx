import { App, Button } from 'antd';
import { useState } from 'react';
import type { CallFrame, CallOutcome } from '../../../calls/wire.ts';
import { useDeskLine } from '../../live/useLive.ts';
import { useBusinessNow } from '../../rest/readiness.ts';
import { lasting } from './clock.ts';
import { forgetNotes } from './useNotes.ts';

const OUTCOMES: { code: CallOutcome; words: string; key: string }[] = [
  { code: 'solved', words: '解决了', key: '1' },
  { code: 'continued', words: '还要接着办', key: '2' },
  { code: 'callback', words: '约了回电', key: '3' },
  { code: 'visit', words: '约了上门', key: '4' },
  { code: 'transferred', words: '转给别处', key: '5' },
  { code: 'no_contact', words: '没说上话', key: '6' },
  { code: 'other', words: '其他', key: '7' },
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
        message.success('记下了');
      })
      .catch((error: Error) => message.error(error.message))
      .finally(() => setSending(undefined));
  };
  return (
    <section className="panel wrap" aria-labelledby="wrap-title">
      <h3 id="wrap-title" className="wrap-title">
        这通电话，结果是？
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
      <p className="row-quiet">备注会一起交上去。点了以后音箱把办好的事念给她听，再问一次满意不满意。</p>
    </section>
  );
}

function WrapLeft({ by }: { by: string | undefined }) {
  const now = useBusinessNow(1_000);
  if (!by) return null;
  const left = Date.parse(by) - now.getTime();
  return (
    <span className="chip" data-tone={left < 30_000 ? 'late' : 'plain'}>
      {left > 0 ? `还有 ${lasting(left)}` : '时间到了，请马上选'}
    </span>
  );
}

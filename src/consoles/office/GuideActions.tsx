import { App, Button } from 'antd';
import { useState } from 'react';
import type { Guide, Session } from '../rest/records.ts';
import { useChange } from '../rest/session.ts';
import { SendBack } from './PolicyActions.tsx';

interface ActionsProps {
  guide: Guide;
  session: Session;
  onEdit: (id: string) => void;
}

type Verb = 'submit' | 'sign' | 'return' | 'withdraw' | 'checked';
const DONE: Record<Verb, string> = {
  submit: '交上去了',
  sign: '签了，到日子就生效',
  return: '退回去了',
  withdraw: '停用了',
  checked: '记下了，今天核实过',
};

/** What may be done with this version now, by this person. */
export function GuideActions({ guide, session, onEdit }: ActionsProps) {
  const { message } = App.useApp();
  const [asking, setAsking] = useState<'return' | 'withdraw'>();
  const act = useChange<Guide, { verb: Verb; body?: object }>(
    ({ verb, body }) => ({ path: `/api/guides/${guide.id}/${verb}`, body }),
    ['guides'],
  );
  const run = (verb: Verb, body?: object) =>
    act.mutate({ verb, body }, { onSuccess: () => void message.success(DONE[verb]) });
  const mine = guide.submittedBy?.id === session.person.id;
  const { state } = guide;
  return (
    <div className="policy-actions">
      {state === 'draft' || state === 'effective' ? (
        <Button onClick={() => onEdit(guide.id)}>{state === 'draft' ? '接着改' : '改成新一版'}</Button>
      ) : null}
      {state === 'draft' ? (
        <Button type="primary" loading={act.isPending} onClick={() => run('submit')}>
          提交
        </Button>
      ) : null}
      {state === 'submitted' && !mine ? (
        <Button type="primary" loading={act.isPending} onClick={() => run('sign')}>
          签发
        </Button>
      ) : null}
      {state === 'submitted' ? <Button onClick={() => setAsking('return')}>退回</Button> : null}
      {state === 'submitted' && mine ? <span className="row-quiet">自己写的，要另一位同事来签</span> : null}
      {state === 'effective' ? (
        <Button loading={act.isPending} onClick={() => run('checked')}>
          今天核实过，没变
        </Button>
      ) : null}
      {state !== 'withdrawn' ? (
        <Button danger onClick={() => setAsking('withdraw')}>
          停用
        </Button>
      ) : null}
      <p className="form-trouble" role="alert">
        {act.error?.message}
      </p>
      <SendBack
        open={asking !== undefined}
        onClose={() => setAsking(undefined)}
        onSend={(reason) => asking && run(asking, { reason })}
        title={asking === 'withdraw' ? '为什么停用？' : undefined}
        verb={asking === 'withdraw' ? '停用' : undefined}
      />
    </div>
  );
}

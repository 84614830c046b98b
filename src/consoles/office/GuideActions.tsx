import { App, Button } from 'antd';
import { useState } from 'react';
import type { Guide, Session } from '../rest/records.ts';
import { useChange } from '../rest/session.ts';
import { t } from '../words/office.ts';
import { ReasonDialog } from './ReasonDialog.tsx';

interface ActionsProps {
  guide: Guide;
  session: Session;
  onEdit: (id: string) => void;
}

type Verb = 'submit' | 'sign' | 'return' | 'withdraw' | 'checked';
const DONE: Record<Verb, string> = {
  submit: t.handed,
  sign: t.signedHoldsFromIts,
  return: t.sentBack,
  withdraw: t.withdrawn,
  checked: t.notedCheckedToday,
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
        <Button onClick={() => onEdit(guide.id)}>{state === 'draft' ? t.goWriting : t.writeNextVersion}</Button>
      ) : null}
      {state === 'draft' ? (
        <Button type="primary" loading={act.isPending} onClick={() => run('submit')}>
          {t.hand}
        </Button>
      ) : null}
      {state === 'submitted' && !mine ? (
        <Button type="primary" loading={act.isPending} onClick={() => run('sign')}>
          {t.sign}
        </Button>
      ) : null}
      {state === 'submitted' ? <Button onClick={() => setAsking('return')}>{t.sendBack}</Button> : null}
      {state === 'submitted' && mine ? <span className="row-quiet">{t.writtenByYourselfAnother}</span> : null}
      {state === 'effective' ? (
        <Button loading={act.isPending} onClick={() => run('checked')}>
          {t.checkedTodayUnchanged}
        </Button>
      ) : null}
      {state !== 'withdrawn' ? (
        <Button danger onClick={() => setAsking('withdraw')}>
          {t.shut}
        </Button>
      ) : null}
      <p className="form-trouble" role="alert">
        {act.error?.message}
      </p>
      <ReasonDialog
        open={asking !== undefined}
        title={asking === 'withdraw' ? t.whyWithdraw : t.whatHasChange}
        verb={asking === 'withdraw' ? t.shut : t.sendBack}
        long
        onClose={() => setAsking(undefined)}
        onSend={(reason) => {
          if (asking) run(asking, { reason });
          setAsking(undefined);
        }}
      />
    </div>
  );
}

import { App, Button, Input } from 'antd';
import { useState } from 'react';
import type { Policy, Session } from '../rest/records.ts';
import { useChange } from '../rest/session.ts';
import { t } from '../words/office.ts';
import { Field } from './PolicyEditor.tsx';
import { type AskProps, ReasonDialog } from './ReasonDialog.tsx';

interface ActionsProps {
  policy: Policy;
  session: Session;
  onEdit: (id: string) => void;
}

type Verb = 'submit' | 'sign' | 'return' | 'pause' | 'resume' | 'release' | 'recall';
const DONE: Record<Verb, string> = {
  submit: t.handed,
  sign: t.signedPublished,
  return: t.sentBack,
  pause: t.stopped,
  resume: t.going,
  release: t.openEverybodyShort,
  recall: t.takenBack,
};

/** What may be done now, by this person. */
export function PolicyActions({ policy, session, onEdit }: ActionsProps) {
  const { message } = App.useApp();
  const [asking, setAsking] = useState<'return' | 'recall'>();
  const act = useChange<Policy, { verb: Verb; body?: object }>(
    ({ verb, body }) => ({ path: `/api/policies/${policy.id}/${verb}`, body }),
    ['policies', 'facts'],
  );
  const run = (verb: Verb, body?: object) =>
    act.mutate({ verb, body }, { onSuccess: () => void message.success(DONE[verb]) });
  const mine = policy.submittedBy?.id === session.person.id;
  const button = (verb: Verb, words: string, primary = false) => (
    <Button type={primary ? 'primary' : 'default'} loading={act.isPending} onClick={() => run(verb)}>
      {words}
    </Button>
  );
  return (
    <div className="policy-actions">
      {policy.state === 'draft' ? <Button onClick={() => onEdit(policy.id)}>{t.change}</Button> : null}
      {policy.state === 'draft' ? button('submit', t.hand, true) : null}
      {policy.state === 'submitted' && !mine ? button('sign', t.sign, true) : null}
      {policy.state === 'submitted' ? <Button onClick={() => setAsking('return')}>{t.sendBack}</Button> : null}
      {policy.state === 'submitted' && mine ? <span className="row-quiet">{t.writtenByYourselfAnother}</span> : null}
      {policy.state === 'published' ? button('pause', t.stopOnce) : null}
      {policy.state === 'published' && policy.canary ? button('release', t.openEverybody) : null}
      {policy.state === 'paused' ? button('resume', t.go, true) : null}
      {['published', 'paused'].includes(policy.state) ? (
        <Button danger onClick={() => setAsking('recall')}>
          {t.takeBack}
        </Button>
      ) : null}
      <p className="form-trouble" role="alert">
        {act.error?.message}
      </p>
      <ReasonDialog
        open={asking === 'return'}
        title={t.whatHasChange}
        verb={t.sendBack}
        long
        onClose={() => setAsking(undefined)}
        onSend={(reason) => {
          run('return', { reason });
          setAsking(undefined);
        }}
      />
      <Recall open={asking === 'recall'} onClose={() => setAsking(undefined)} onSend={(body) => run('recall', body)} />
    </div>
  );
}

/** Taken back with a reason; whoever heard it may be told what is right, in full or not at all. */
function Recall({ open, onClose, onSend }: AskProps<object>) {
  const [{ title, gist, body }, set] = useState({ title: '', gist: '', body: '' });
  const part = (name: string, value: string) => set((before) => ({ ...before, [name]: value }));
  const correction = title && gist && body ? { title, gist, body } : undefined;
  const half = Boolean(title || gist || body) && !correction;
  return (
    <ReasonDialog
      open={open}
      title={t.takeThisOneBack}
      verb={t.takeBack}
      leave={t.leaveStanding}
      danger
      label={t.whyTakeBack}
      ready={!half}
      after={
        <>
          <p className="recall-note">{t.correctionForThoseWho}</p>
          <Field label={t.titleCorrection}>
            <Input maxLength={60} value={title} onChange={(event) => part('title', event.target.value)} />
          </Field>
          <Field label={t.correctionSentence}>
            <Input maxLength={120} value={gist} onChange={(event) => part('gist', event.target.value)} />
          </Field>
          <Field label={t.correctionFull}>
            <Input.TextArea maxLength={1500} value={body} onChange={(event) => part('body', event.target.value)} />
          </Field>
        </>
      }
      onClose={onClose}
      onSend={(reason) => {
        onSend({ reason, ...(correction ? { correction } : {}) });
        onClose();
      }}
    />
  );
}

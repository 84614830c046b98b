import { App, Button, Input, Modal } from 'antd';
import { useState } from 'react';
import type { Policy, Session } from '../rest/records.ts';
import { useChange } from '../rest/session.ts';
import { Field } from './PolicyEditor.tsx';

interface ActionsProps {
  policy: Policy;
  session: Session;
  onEdit: (id: string) => void;
}

type Verb = 'submit' | 'sign' | 'return' | 'pause' | 'resume' | 'release' | 'recall';
const DONE: Record<Verb, string> = {
  submit: '交上去了',
  sign: '签了，已经发布',
  return: '退回去了',
  pause: '停下了',
  resume: '接着念了',
  release: '放开给所有人了',
  recall: '撤回来了',
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
      {policy.state === 'draft' ? <Button onClick={() => onEdit(policy.id)}>改</Button> : null}
      {policy.state === 'draft' ? button('submit', '提交', true) : null}
      {policy.state === 'submitted' && !mine ? button('sign', '签发', true) : null}
      {policy.state === 'submitted' ? <Button onClick={() => setAsking('return')}>退回</Button> : null}
      {policy.state === 'submitted' && mine ? <span className="row-quiet">自己写的，要另一位同事来签</span> : null}
      {policy.state === 'published' ? button('pause', '马上停') : null}
      {policy.state === 'published' && policy.canary ? button('release', '放开给所有人') : null}
      {policy.state === 'paused' ? button('resume', '接着念', true) : null}
      {['published', 'paused'].includes(policy.state) ? (
        <Button danger onClick={() => setAsking('recall')}>
          撤回
        </Button>
      ) : null}
      <p className="form-trouble" role="alert">
        {act.error?.message}
      </p>
      <SendBack
        open={asking === 'return'}
        onClose={() => setAsking(undefined)}
        onSend={(reason) => run('return', { reason })}
      />
      <Recall open={asking === 'recall'} onClose={() => setAsking(undefined)} onSend={(body) => run('recall', body)} />
    </div>
  );
}

interface AskProps<T> {
  open: boolean;
  onClose: () => void;
  onSend: (value: T) => void;
}

/** A reason, and off it goes. */
export function SendBack({
  open,
  onClose,
  onSend,
  title = '哪儿要改？',
  verb = '退回',
}: AskProps<string> & { title?: string; verb?: string }) {
  const [reason, setReason] = useState('');
  return (
    <Modal
      title={title}
      open={open}
      onCancel={onClose}
      okText={verb}
      cancelText="先不"
      okButtonProps={{ disabled: reason.trim().length < 2 }}
      onOk={() => {
        onSend(reason.trim());
        onClose();
      }}
      destroyOnHidden
    >
      <Field label="原因">
        <Input.TextArea maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
      </Field>
    </Modal>
  );
}

function Recall({ open, onClose, onSend }: AskProps<object>) {
  const [{ reason, title, gist, body }, set] = useState({ reason: '', title: '', gist: '', body: '' });
  const part = (name: string, value: string) => set((before) => ({ ...before, [name]: value }));
  const correction = title && gist && body ? { title, gist, body } : undefined;
  const half = Boolean(title || gist || body) && !correction;
  return (
    <Modal
      title="撤回这一条"
      open={open}
      onCancel={onClose}
      okText="撤回"
      cancelText="不撤了"
      okButtonProps={{ danger: true, disabled: reason.trim().length < 2 || half }}
      onOk={() => {
        onSend({ reason: reason.trim(), ...(correction ? { correction } : {}) });
        onClose();
      }}
      destroyOnHidden
    >
      <Field label="为什么撤">
        <Input maxLength={500} value={reason} onChange={(event) => part('reason', event.target.value)} />
      </Field>
      <p className="recall-note">已经听过的人要不要更正？写全了，就念给他们听；人多还要另一位同事签。</p>
      <Field label="更正的题目">
        <Input maxLength={60} value={title} onChange={(event) => part('title', event.target.value)} />
      </Field>
      <Field label="更正的一句话">
        <Input maxLength={120} value={gist} onChange={(event) => part('gist', event.target.value)} />
      </Field>
      <Field label="更正的细说">
        <Input.TextArea maxLength={1500} value={body} onChange={(event) => part('body', event.target.value)} />
      </Field>
    </Modal>
  );
}

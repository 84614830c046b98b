import { App, Button, Checkbox, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { dayOf, nearDayWords, timeOf } from '../rest/days.ts';
import { useBusinessNow } from '../rest/readiness.ts';
import { useChange } from '../rest/session.ts';
import { Panel } from '../staff/Panel.tsx';
import { ListStates } from '../staff/states.tsx';
import { about, listed } from '../words/marks.ts';
import { t } from '../words/operator.ts';
import { useAsked } from './asked.ts';
import { eventWords, scopeWords } from './words.ts';

interface Key {
  id: string;
  name: string;
  scopes: string[];
  expiresAt: string | null;
  lastUsedAt: string | null;
  revokedAt: string | null;
}

interface Endpoint {
  id: string;
  name: string;
  url: string;
  events: string[];
  lastAt: string | null;
  lastOutcome: string | null;
  disabledAt: string | null;
}

/** Keys that the property system calls us with, and where we call it. */
export default function Partners() {
  const [secret, setSecret] = useState<Secret>();
  return (
    <>
      <p className="partners-hint">
        {t.propertySystemCanManage}
        <a href="/api/docs/" target="_blank" rel="noreferrer">
          {t.interfaceDescription}
        </a>
        {t.eachEntryNamesRight}
      </p>
      <div className="two-columns">
        <Keys onSecret={setSecret} />
        <Webhooks onSecret={setSecret} />
      </div>
      <SecretDialog secret={secret} onClose={() => setSecret(undefined)} />
    </>
  );
}

interface Secret {
  title: string;
  value: string;
}

function SecretDialog({ secret, onClose }: { secret: Secret | undefined; onClose: () => void }) {
  const { message } = App.useApp();
  const copy = () =>
    navigator.clipboard.writeText(secret?.value ?? '').then(
      () => message.success(t.copied),
      () => message.error(t.couldNotCopyPlease),
    );
  return (
    <Modal
      open={secret !== undefined}
      title={secret?.title}
      onCancel={onClose}
      footer={[
        <Button key="copy" onClick={copy}>
          {t.copy}
        </Button>,
        <Button key="done" type="primary" onClick={onClose}>
          {t.stored}
        </Button>,
      ]}
    >
      <p>{t.shownThisOnceNever}</p>
      <code className="secret">{secret?.value}</code>
    </Modal>
  );
}

/** Not `required`: a group of ticks may not say so of itself to a screen reader. */
async function someOf(_: unknown, chosen: string[] | undefined): Promise<void> {
  if (!chosen?.length) throw new Error(t.chooseLeastOne);
}

const DAYS = [
  { value: 90, label: t.ninetyDays },
  { value: 365, label: t.oneYear },
  { value: 730, label: t.twoYears },
];

function Keys({ onSecret }: { onSecret: (secret: Secret) => void }) {
  const now = useBusinessNow(60_000);
  const [form] = Form.useForm();
  const asked = useAsked<{ items: Key[] }>('keys', '/api/keys', 60_000);
  const issue = useChange<{ key: string }, object>((body) => ({ path: '/api/keys', body }), ['keys']);
  const submit = (body: object) =>
    issue.mutate(body, {
      onSuccess: ({ key }) => {
        form.resetFields();
        onSecret({ title: t.newKey, value: key });
      },
    });
  return (
    <Panel title={t.keys}>
      <ListStates of={asked} empty={asked.data?.items.length === 0} words={t.noKeysYet} rows={2} />
      <ul className="partners">
        {asked.data?.items.map((key) => (
          <li key={key.id}>
            <KeyRow one={key} now={now} />
          </li>
        ))}
      </ul>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        className="panel-form"
        initialValues={{ days: 365 }}
        onFinish={submit}
      >
        <Form.Item name="name" label={t.whoUses} rules={[{ required: true, message: t.pleaseSayWhoUses }]}>
          <Input maxLength={60} placeholder={t.forExampleWorkOrders} />
        </Form.Item>
        <Form.Item name="scopes" label={t.whatMayDo} rules={[{ validator: someOf }]}>
          <Checkbox.Group options={Object.entries(scopeWords).map(([value, label]) => ({ value, label }))} />
        </Form.Item>
        <Form.Item name="days" label={t.forHowLong}>
          <Select aria-label={t.forHowLong} options={DAYS} />
        </Form.Item>
        <p className="field-fault" role="alert">
          {issue.error?.message}
        </p>
        <Button htmlType="submit" type="primary" loading={issue.isPending}>
          {t.issueKey}
        </Button>
      </Form>
    </Panel>
  );
}

const whenWords = (at: string, now: Date) => `${nearDayWords(dayOf(at), dayOf(now))} ${timeOf(at)}`;

function KeyRow({ one, now }: { one: Key; now: Date }) {
  const { modal, message } = App.useApp();
  const revoke = useChange<void, void>(() => ({ path: `/api/keys/${one.id}`, method: 'DELETE' }), ['keys']);
  const over = one.revokedAt ? t.revoked : one.expiresAt && new Date(one.expiresAt) < now ? t.expired : undefined;
  const ask = () =>
    modal.confirm({
      title: t.revokeKey(one.name),
      content: t.stopsWorkingOnce,
      okText: t.revoke,
      cancelText: t.notNow,
      okButtonProps: { danger: true },
      onOk: () => revoke.mutate(undefined, { onError: (error) => message.error(error.message) }),
    });
  return (
    <>
      <p className="release-head">
        <strong>{one.name}</strong>
        {over ? <span className="chip">{over}</span> : null}
        {over ? null : (
          <Button size="small" onClick={ask}>
            {t.revoke}
          </Button>
        )}
      </p>
      <p>{listed(one.scopes.map((scope) => scopeWords[scope] ?? scope))}</p>
      <p className="row-quiet">{one.lastUsedAt ? t.lastUsed(whenWords(one.lastUsedAt, now)) : t.neverUsed}</p>
    </>
  );
}

function Webhooks({ onSecret }: { onSecret: (secret: Secret) => void }) {
  const now = useBusinessNow(60_000);
  const [form] = Form.useForm();
  const asked = useAsked<{ items: Endpoint[] }>('webhooks', '/api/webhooks', 10_000);
  const add = useChange<{ secret: string }, object>((body) => ({ path: '/api/webhooks', body }), ['webhooks']);
  const submit = (body: object) =>
    add.mutate(body, {
      onSuccess: ({ secret }) => {
        form.resetFields();
        onSecret({ title: t.secretForCheckingSignatures, value: secret });
      },
    });
  return (
    <Panel title={t.eventNotices}>
      <ListStates of={asked} empty={asked.data?.items.length === 0} words={t.noReceiversYet} rows={2} />
      <ul className="partners">
        {asked.data?.items.map((one) => (
          <li key={one.id}>
            <EndpointRow one={one} now={now} />
          </li>
        ))}
      </ul>
      <Form form={form} layout="vertical" requiredMark={false} className="panel-form" onFinish={submit}>
        <Form.Item name="name" label={t.whoReceives} rules={[{ required: true, message: t.pleaseSayWhoReceives }]}>
          <Input maxLength={60} placeholder={t.forExampleWorkOrders} />
        </Form.Item>
        <Form.Item
          name="url"
          label={t.receivingAddress}
          rules={[{ required: true, type: 'url', message: t.pleaseGiveHttpS }]}
        >
          <Input maxLength={500} placeholder="https://" />
        </Form.Item>
        <Form.Item name="events" label={t.whichEvents} rules={[{ required: true, message: t.chooseLeastOne }]}>
          <Select
            aria-label={t.whichEvents}
            mode="multiple"
            options={Object.entries(eventWords).map(([value, label]) => ({ value, label }))}
          />
        </Form.Item>
        <p className="field-fault" role="alert">
          {add.error?.message}
        </p>
        <Button htmlType="submit" type="primary" loading={add.isPending}>
          {t.add}
        </Button>
      </Form>
    </Panel>
  );
}

function EndpointRow({ one, now }: { one: Endpoint; now: Date }) {
  const { message } = App.useApp();
  const change = useChange<void, 'ping' | 'stop'>(
    (what) =>
      what === 'ping'
        ? { path: `/api/webhooks/${one.id}/ping` }
        : { path: `/api/webhooks/${one.id}`, method: 'DELETE' },
    ['webhooks'],
  );
  const told = (words: string) => ({
    onSuccess: () => message.success(words),
    onError: (error: Error) => message.error(error.message),
  });
  return (
    <>
      <p className="release-head">
        <strong>{one.name}</strong>
        {one.disabledAt ? <span className="chip">{t.stoppedShort}</span> : null}
        {one.disabledAt ? null : (
          <>
            <Button size="small" onClick={() => change.mutate('ping', told(t.sentResultShowsHere))}>
              {t.try}
            </Button>
            <Button size="small" onClick={() => change.mutate('stop', told(t.stopped))}>
              {t.stopSending}
            </Button>
          </>
        )}
      </p>
      <p className="release-url">{one.url}</p>
      <p className="row-quiet">
        {t.kindsEvents(
          one.lastAt ? about(whenWords(one.lastAt, now), one.lastOutcome) : t.nothingSentYet,
          one.events.length,
        )}
      </p>
    </>
  );
}

import { App, Button, Checkbox, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { dayOf, nearDayWords, timeOf } from '../rest/days.ts';
import { useBusinessNow } from '../rest/readiness.ts';
import { useChange } from '../rest/session.ts';
import { ListEmpty, ListTroubled, ListWaiting } from '../staff/states.tsx';
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
        物业自己的系统可以用接口管音箱，也能收到音箱的动静。怎么接，看
        <a href="/api/docs/" target="_blank" rel="noreferrer">
          接口说明
        </a>
        （每条写着要哪个权限）。
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
      () => message.success('复制了'),
      () => message.error('复制不了，请手动选中'),
    );
  return (
    <Modal
      open={secret !== undefined}
      title={secret?.title}
      onCancel={onClose}
      footer={[
        <Button key="copy" onClick={copy}>
          复制
        </Button>,
        <Button key="done" type="primary" onClick={onClose}>
          收好了
        </Button>,
      ]}
    >
      <p>只显示这一次，关了就再也看不到。请存到物业系统里，别发在群里。</p>
      <code className="secret">{secret?.value}</code>
    </Modal>
  );
}

/** Not `required`: a group of ticks may not say so of itself to a screen reader. */
async function someOf(_: unknown, chosen: string[] | undefined): Promise<void> {
  if (!chosen?.length) throw new Error('至少选一样');
}

const DAYS = [
  { value: 90, label: '九十天' },
  { value: 365, label: '一年' },
  { value: 730, label: '两年' },
];

function Keys({ onSecret }: { onSecret: (secret: Secret) => void }) {
  const now = useBusinessNow(60_000);
  const [form] = Form.useForm();
  const { data, error, isPending, refetch } = useAsked<{ items: Key[] }>('keys', '/api/keys', 60_000);
  const issue = useChange<{ key: string }, object>((body) => ({ path: '/api/keys', body }), ['keys']);
  const submit = (body: object) =>
    issue.mutate(body, {
      onSuccess: ({ key }) => {
        form.resetFields();
        onSecret({ title: '新的密钥', value: key });
      },
    });
  return (
    <section className="panel" aria-labelledby="keys-title">
      <div className="panel-head">
        <h2 className="panel-title" id="keys-title">
          接口密钥
        </h2>
      </div>
      {error ? <ListTroubled error={error} onRetry={() => refetch()} /> : null}
      {isPending ? <ListWaiting rows={2} /> : null}
      {data?.items.length === 0 ? <ListEmpty>还没有密钥</ListEmpty> : null}
      <ul className="partners">
        {data?.items.map((key) => (
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
        <Form.Item name="name" label="给谁用" rules={[{ required: true, message: '请写给谁用' }]}>
          <Input maxLength={60} placeholder="例如：物业工单系统" />
        </Form.Item>
        <Form.Item name="scopes" label="能做什么" rules={[{ validator: someOf }]}>
          <Checkbox.Group options={Object.entries(scopeWords).map(([value, label]) => ({ value, label }))} />
        </Form.Item>
        <Form.Item name="days" label="用多久">
          <Select aria-label="用多久" options={DAYS} />
        </Form.Item>
        <p className="field-fault" role="alert">
          {issue.error?.message}
        </p>
        <Button htmlType="submit" type="primary" loading={issue.isPending}>
          发放密钥
        </Button>
      </Form>
    </section>
  );
}

const whenWords = (at: string, now: Date) => `${nearDayWords(dayOf(at), dayOf(now))} ${timeOf(at)}`;

function KeyRow({ one, now }: { one: Key; now: Date }) {
  const { modal, message } = App.useApp();
  const revoke = useChange<void, void>(() => ({ path: `/api/keys/${one.id}`, method: 'DELETE' }), ['keys']);
  const over = one.revokedAt ? '已作废' : one.expiresAt && new Date(one.expiresAt) < now ? '已到期' : undefined;
  const ask = () =>
    modal.confirm({
      title: `作废「${one.name}」的密钥？`,
      content: '马上不能用了。',
      okText: '作废',
      cancelText: '先不',
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
            作废
          </Button>
        )}
      </p>
      <p>{one.scopes.map((scope) => scopeWords[scope] ?? scope).join('、')}</p>
      <p className="row-quiet">{one.lastUsedAt ? `上次用在${whenWords(one.lastUsedAt, now)}` : '还没用过'}</p>
    </>
  );
}

function Webhooks({ onSecret }: { onSecret: (secret: Secret) => void }) {
  const now = useBusinessNow(60_000);
  const [form] = Form.useForm();
  const { data, error, isPending, refetch } = useAsked<{ items: Endpoint[] }>('webhooks', '/api/webhooks', 10_000);
  const add = useChange<{ secret: string }, object>((body) => ({ path: '/api/webhooks', body }), ['webhooks']);
  const submit = (body: object) =>
    add.mutate(body, {
      onSuccess: ({ secret }) => {
        form.resetFields();
        onSecret({ title: '验签用的密钥', value: secret });
      },
    });
  return (
    <section className="panel" aria-labelledby="webhooks-title">
      <div className="panel-head">
        <h2 className="panel-title" id="webhooks-title">
          事件通知
        </h2>
      </div>
      {error ? <ListTroubled error={error} onRetry={() => refetch()} /> : null}
      {isPending ? <ListWaiting rows={2} /> : null}
      {data?.items.length === 0 ? <ListEmpty>还没有接收的地址</ListEmpty> : null}
      <ul className="partners">
        {data?.items.map((one) => (
          <li key={one.id}>
            <EndpointRow one={one} now={now} />
          </li>
        ))}
      </ul>
      <Form form={form} layout="vertical" requiredMark={false} className="panel-form" onFinish={submit}>
        <Form.Item name="name" label="接收的是谁" rules={[{ required: true, message: '请写接收的是谁' }]}>
          <Input maxLength={60} placeholder="例如：物业工单系统" />
        </Form.Item>
        <Form.Item name="url" label="接收地址" rules={[{ required: true, type: 'url', message: '请填 http(s) 地址' }]}>
          <Input maxLength={500} placeholder="https://" />
        </Form.Item>
        <Form.Item name="events" label="要哪些" rules={[{ required: true, message: '至少选一样' }]}>
          <Select
            aria-label="要哪些"
            mode="multiple"
            options={Object.entries(eventWords).map(([value, label]) => ({ value, label }))}
          />
        </Form.Item>
        <p className="field-fault" role="alert">
          {add.error?.message}
        </p>
        <Button htmlType="submit" type="primary" loading={add.isPending}>
          添加
        </Button>
      </Form>
    </section>
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
        {one.disabledAt ? <span className="chip">已停</span> : null}
        {one.disabledAt ? null : (
          <>
            <Button size="small" onClick={() => change.mutate('ping', told('发出去了，几秒后看这里的结果'))}>
              试一下
            </Button>
            <Button size="small" onClick={() => change.mutate('stop', told('停了'))}>
              停发
            </Button>
          </>
        )}
      </p>
      <p className="release-url">{one.url}</p>
      <p className="row-quiet">
        {one.lastAt ? `${whenWords(one.lastAt, now)}：${one.lastOutcome}` : '还没发过'} · {one.events.length} 种事件
      </p>
    </>
  );
}

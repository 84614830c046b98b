import { App, Button, Form, Input } from 'antd';
import { dayOf, dayWords, timeOf } from '../rest/days.ts';
import { useChange } from '../rest/session.ts';
import { ListEmpty, ListTroubled, ListWaiting } from '../staff/states.tsx';
import { useAsked } from './asked.ts';

interface Release {
  id: string;
  createdAt: string;
  version: string;
  url: string;
  sha256: string;
  notes: string | null;
  notBefore: string;
  withdrawnAt: string | null;
  running: number;
}

interface NewRelease {
  version: string;
  url: string;
  sha256: string;
  notes?: string;
}

/** Versions of our own speakers: publishing tells those that are connected at once, the others when they come. */
export default function Firmware() {
  const { data, error, isPending, refetch } = useAsked<{ items: Release[] }>('firmware', '/api/firmware', 30_000);
  return (
    <div className="two-columns">
      <section className="panel" aria-labelledby="releases-title">
        <div className="panel-head">
          <h2 className="panel-title" id="releases-title">
            发布过的版本
          </h2>
        </div>
        {error ? <ListTroubled error={error} onRetry={() => refetch()} /> : null}
        {isPending ? <ListWaiting /> : null}
        {data?.items.length === 0 ? <ListEmpty hint="填好右边，发布第一个。">还没有发布过固件</ListEmpty> : null}
        <ul className="releases">
          {data?.items.map((one, _, all) => (
            <li key={one.id}>
              <ReleaseRow one={one} current={one === all.find(({ withdrawnAt }) => !withdrawnAt)} />
            </li>
          ))}
        </ul>
      </section>
      <Publish />
    </div>
  );
}

function ReleaseRow({ one, current }: { one: Release; current: boolean }) {
  const { modal, message } = App.useApp();
  const withdraw = useChange<void, void>(() => ({ path: `/api/firmware/${one.id}`, method: 'DELETE' }), ['firmware']);
  const ask = () =>
    modal.confirm({
      title: `撤下 ${one.version}？`,
      content: '没更新的音箱改听上一版。已经更新的不会退回去。',
      okText: '撤下',
      cancelText: '先不',
      onOk: () => withdraw.mutate(undefined, { onError: (error) => message.error(error.message) }),
    });
  const state = one.withdrawnAt ? '已撤下' : current ? '现在用这版' : '旧版';
  return (
    <>
      <p className="release-head">
        <strong className="figures">{one.version}</strong>
        <span className="chip" data-tone={current ? 'good' : 'plain'}>
          {state}
        </span>
        <span className="row-quiet">
          {dayWords(dayOf(one.createdAt))} {timeOf(one.createdAt)} · {one.running} 台在用
        </span>
        {one.withdrawnAt ? null : (
          <Button size="small" onClick={ask}>
            撤下
          </Button>
        )}
      </p>
      {one.notes ? <p>{one.notes}</p> : null}
      <p className="row-quiet release-url">{one.url}</p>
    </>
  );
}

function Publish() {
  const { message } = App.useApp();
  const [form] = Form.useForm<NewRelease>();
  const publish = useChange<{ id: string }, NewRelease>(
    (body) => ({ path: '/api/firmware', body }),
    ['firmware', 'fleet'],
  );
  const submit = ({ notes, ...values }: NewRelease) =>
    publish.mutate(notes ? { ...values, notes } : values, {
      onSuccess: () => {
        form.resetFields();
        message.success('发布了。在线的音箱已经通知，不在线的连上来就知道。');
      },
    });
  return (
    <section className="panel" aria-labelledby="publish-title">
      <div className="panel-head">
        <h2 className="panel-title" id="publish-title">
          发布新版
        </h2>
      </div>
      <Form<NewRelease> form={form} layout="vertical" requiredMark={false} className="panel-form" onFinish={submit}>
        <Form.Item name="version" label="版本号" rules={[{ required: true, message: '请填版本号' }]}>
          <Input placeholder="1.2.0" maxLength={40} />
        </Form.Item>
        <Form.Item name="url" label="下载地址" rules={[{ required: true, type: 'url', message: '请填 http(s) 地址' }]}>
          <Input placeholder="https://" maxLength={500} />
        </Form.Item>
        <Form.Item
          name="sha256"
          label="校验值（SHA-256）"
          rules={[{ required: true, pattern: /^[0-9a-f]{64}$/i, message: '六十四位十六进制' }]}
        >
          <Input maxLength={64} />
        </Form.Item>
        <Form.Item name="notes" label="改了什么（可以不填）">
          <Input.TextArea rows={2} maxLength={500} />
        </Form.Item>
        <p className="field-fault" role="alert">
          {publish.error?.message}
        </p>
        <Button type="primary" htmlType="submit" loading={publish.isPending}>
          发布
        </Button>
      </Form>
    </section>
  );
}

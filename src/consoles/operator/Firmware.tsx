import { App, Button, Form, Input } from 'antd';
import { dayOf, dayWords, timeOf } from '../rest/days.ts';
import { useChange } from '../rest/session.ts';
import { Panel } from '../staff/Panel.tsx';
import { ListStates } from '../staff/states.tsx';
import { t } from '../words/operator.ts';
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
  const asked = useAsked<{ items: Release[] }>('firmware', '/api/firmware', 30_000);
  const { data } = asked;
  return (
    <div className="two-columns">
      <Panel title={t.versionsPublished}>
        <ListStates
          of={asked}
          empty={data?.items.length === 0}
          words={t.noFirmwarePublishedYet}
          hint={t.fillFormRightPublish}
        />
        <ul className="releases">
          {data?.items.map((one, _, all) => (
            <li key={one.id}>
              <ReleaseRow one={one} current={one === all.find(({ withdrawnAt }) => !withdrawnAt)} />
            </li>
          ))}
        </ul>
      </Panel>
      <Publish />
    </div>
  );
}

function ReleaseRow({ one, current }: { one: Release; current: boolean }) {
  const { modal, message } = App.useApp();
  const withdraw = useChange<void, void>(() => ({ path: `/api/firmware/${one.id}`, method: 'DELETE' }), ['firmware']);
  const ask = () =>
    modal.confirm({
      title: t.withdrawShort(one.version),
      content: t.speakersNotYetUpdated,
      okText: t.withdraw,
      cancelText: t.notNow,
      onOk: () => withdraw.mutate(undefined, { onError: (error) => message.error(error.message) }),
    });
  const state = one.withdrawnAt ? t.withdrawn : current ? t.currentVersion : t.olderVersion;
  return (
    <>
      <p className="release-head">
        <strong className="figures">{one.version}</strong>
        <span className="chip" data-tone={current ? 'good' : 'plain'}>
          {state}
        </span>
        <span className="row-quiet">
          {t.running(dayWords(dayOf(one.createdAt)), timeOf(one.createdAt), one.running)}
        </span>
        {one.withdrawnAt ? null : (
          <Button size="small" onClick={ask}>
            {t.withdraw}
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
        message.success(t.publishedSpeakersOnlineHave);
      },
    });
  return (
    <Panel title={t.publishVersion}>
      <Form<NewRelease> form={form} layout="vertical" requiredMark={false} className="panel-form" onFinish={submit}>
        <Form.Item name="version" label={t.version} rules={[{ required: true, message: t.pleaseGiveVersion }]}>
          <Input placeholder="1.2.0" maxLength={40} />
        </Form.Item>
        <Form.Item
          name="url"
          label={t.downloadAddress}
          rules={[{ required: true, type: 'url', message: t.pleaseGiveHttpS }]}
        >
          <Input placeholder="https://" maxLength={500} />
        </Form.Item>
        <Form.Item
          name="sha256"
          label={t.checksumSha256}
          rules={[{ required: true, pattern: /^[0-9a-f]{64}$/i, message: t.sixtyFourHexadecimalDigits }]}
        >
          <Input maxLength={64} />
        </Form.Item>
        <Form.Item name="notes" label={t.whatChangedOptional}>
          <Input.TextArea rows={2} maxLength={500} />
        </Form.Item>
        <p className="field-fault" role="alert">
          {publish.error?.message}
        </p>
        <Button type="primary" htmlType="submit" loading={publish.isPending}>
          {t.publish}
        </Button>
      </Form>
    </Panel>
  );
}

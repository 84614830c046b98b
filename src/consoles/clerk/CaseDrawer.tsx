import { App, Button, Form, Input, Select } from 'antd';
import { dayOf, dayWords, timeOf } from '../rest/days.ts';
import { useBusinessNow } from '../rest/readiness.ts';
import type { Case, CaseStep } from '../rest/records.ts';
import { useChange } from '../rest/session.ts';
import { RowDrawer } from '../staff/RowDrawer.tsx';
import { promiseOf } from './desk.ts';
import { Reveal } from './Reveal.tsx';
import { CLOSED_CASES, caseStates, deliveryWords } from './words.ts';

/** One case with its whole road, and the next step to be written. */
export function CaseDrawer({ id, onClose }: { id: string | undefined; onClose: () => void }) {
  return (
    <RowDrawer<Case> noun="cases" id={id} title={(one) => one?.matter ?? '办件'} width={520} onClose={onClose}>
      {(one) => <CaseDetail one={one} />}
    </RowDrawer>
  );
}

function CaseDetail({ one }: { one: Case }) {
  const now = useBusinessNow();
  const promise = promiseOf(one, now);
  const facts: [string, React.ReactNode][] = [
    ['申请人', one.resident ? <Person key="who" resident={one.resident} /> : '—'],
    [
      '办件编号',
      <span key="number" className="figures">
        {one.number}
      </span>,
    ],
    ['现在', one.statusText ?? caseStates[one.status]?.words ?? one.status],
    ['答应的日子', one.promisedOn ? `${dayWords(one.promisedOn)}${promise ? `，${promise.words}` : ''}` : '没有'],
    ['谁在办', one.handler?.name ?? one.firstOwner?.name ?? '还没有人'],
    ['取证', one.deliveryText || deliveryWords[one.delivery] || '还没有'],
  ];
  return (
    <div className="case-detail">
      <dl className="facts">
        {facts.map(([name, words]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      {one.missing?.length ? (
        <p className="case-missing">
          还差：{one.missing.join('、')}
          {one.askedTwice ? '（上次的单子里没有，已记为二次要材料）' : ''}
        </p>
      ) : null}
      {one.reason ? <p className="case-missing">{[one.reason, one.remedy].filter(Boolean).join('。')}</p> : null}
      {one.told?.map(({ at, guideVersion, materials }) => (
        <p key={at} className="case-told">
          {dayWords(dayOf(at))}一次告知（单子第 {guideVersion} 版）：{materials.join('、')}
        </p>
      ))}
      <h3>走到哪了</h3>
      <Road steps={one.steps ?? []} />
      {CLOSED_CASES.includes(one.status) ? null : <NextStep one={one} />}
    </div>
  );
}

function Person({ resident }: { resident: { id: string; name: string } }) {
  return (
    <span className="row-who">
      {resident.name}
      <Reveal residentId={resident.id} name={resident.name} />
    </span>
  );
}

function Road({ steps }: { steps: CaseStep[] }) {
  if (steps.length === 0) return <p className="row-quiet">还没有记录。</p>;
  return (
    <ol className="road">
      {steps.map((step) => (
        <li key={`${step.at}${step.status}`}>
          <p>
            <strong>{step.statusText ?? caseStates[step.status]?.words ?? step.status}</strong>
            <span className="row-quiet">
              {dayWords(dayOf(step.at))} {timeOf(step.at)}
              {step.by ? ` · ${step.by.name}` : ''}
            </span>
          </p>
          {step.note ? <p className="row-words">{step.note}</p> : null}
        </li>
      ))}
    </ol>
  );
}

const NEXT = Object.entries(caseStates).map(([value, { words }]) => ({ value, label: words }));

function NextStep({ one }: { one: Case }) {
  const { message } = App.useApp();
  const [form] = Form.useForm<{ status: string; note?: string }>();
  const step = useChange<unknown, { status: string; note?: string }>(
    (body) => ({ path: `/api/cases/${one.id}/steps`, body }),
    ['cases'],
  );
  const submit = (values: { status: string; note?: string }) =>
    step.mutate(values, {
      onSuccess: () => {
        form.resetFields();
        message.success('记下了，居民问起来就能听到');
      },
      onError: (error) => message.error(error.message),
    });
  return (
    <Form form={form} layout="vertical" onFinish={submit} requiredMark={false} className="next-step">
      <h3>写下一步</h3>
      <Form.Item name="status" label="到了哪一步" rules={[{ required: true, message: '请选一步' }]}>
        <Select options={NEXT.filter(({ value }) => value !== one.status)} placeholder="选一步" />
      </Form.Item>
      <Form.Item name="note" label="说明（会念给居民听的写清楚）">
        <Input.TextArea rows={2} maxLength={300} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={step.isPending}>
        记下
      </Button>
    </Form>
  );
}

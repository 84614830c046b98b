import { App, Button, Form, Input, Select } from 'antd';
import { dayOf, dayWords, timeOf } from '../rest/days.ts';
import { useBusinessNow } from '../rest/readiness.ts';
import type { Case, CaseStep } from '../rest/records.ts';
import { useChange } from '../rest/session.ts';
import { RowDrawer } from '../staff/RowDrawer.tsx';
import { t } from '../words/clerk.ts';
import { listed, stop } from '../words/marks.ts';
import { promiseOf } from './desk.ts';
import { Reveal } from './Reveal.tsx';
import { CLOSED_CASES, caseStates, deliveryWords } from './words.ts';

/** One case with its whole road, and the next step to be written. */
export function CaseDrawer({ id, onClose }: { id: string | undefined; onClose: () => void }) {
  return (
    <RowDrawer<Case> noun="cases" id={id} title={(one) => one?.matter ?? t.cases} width={520} onClose={onClose}>
      {(one) => <CaseDetail one={one} />}
    </RowDrawer>
  );
}

function CaseDetail({ one }: { one: Case }) {
  const now = useBusinessNow();
  const promise = promiseOf(one, now);
  const facts: [string, React.ReactNode][] = [
    [t.applicant, one.resident ? <Person key="who" resident={one.resident} /> : '—'],
    [
      t.caseNumber,
      <span key="number" className="figures">
        {one.number}
      </span>,
    ],
    [t.now, one.statusText ?? caseStates[one.status]?.words ?? one.status],
    [t.promisedDay, one.promisedOn ? `${dayWords(one.promisedOn)}${promise ? t.also(promise.words) : ''}` : t.none],
    [t.inCharge, one.handler?.name ?? one.firstOwner?.name ?? t.nobodyYet],
    [t.collection, one.deliveryText || deliveryWords[one.delivery] || t.notYet],
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
        <p className="case-missing">{t.missing(listed(one.missing), one.askedTwice ? t.notOnListWasTold : '')}</p>
      ) : null}
      {one.reason ? <p className="case-missing">{[one.reason, one.remedy].filter(Boolean).join(stop)}</p> : null}
      {one.told?.map(({ at, guideVersion, materials }) => (
        <p key={at} className="case-told">
          {t.toldOnceWhatBringList(dayWords(dayOf(at)), guideVersion, listed(materials))}
        </p>
      ))}
      <h3>{t.howFar}</h3>
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
  if (steps.length === 0) return <p className="row-quiet">{t.noEntriesYet}</p>;
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
        message.success(t.notedResidentHearsWhenAsks);
      },
      onError: (error) => message.error(error.message),
    });
  return (
    <Form form={form} layout="vertical" onFinish={submit} requiredMark={false} className="next-step">
      <h3>{t.writeNextStep}</h3>
      <Form.Item name="status" label={t.whichStepHasReached} rules={[{ required: true, message: t.pleaseChooseStep }]}>
        <Select options={NEXT.filter(({ value }) => value !== one.status)} placeholder={t.chooseStep} />
      </Form.Item>
      <Form.Item name="note" label={t.wordsReadResidentWriteThem}>
        <Input.TextArea rows={2} maxLength={300} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={step.isPending}>
        {t.noteIt}
      </Button>
    </Form>
  );
}

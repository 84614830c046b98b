import { App, Button, Form, Radio, Select } from 'antd';
import { useState } from 'react';
import { dayOf, dayWords } from '../../rest/days.ts';
import { useList, useRow } from '../../rest/lists.ts';
import type { Application, ApplicationAnswers, Draft } from '../../rest/records.ts';
import { useChange } from '../../rest/session.ts';
import { t } from '../../words/clerk.ts';
import { slotValue } from '../call/words.ts';

const KINDS = [
  { value: 'first', label: t.firstTime },
  { value: 'renewal', label: t.renewalByAge },
  { value: 'lost', label: t.lostBeReplaced },
  { value: 'damaged', label: t.damagedBeReplaced },
];
const MATERIALS = [
  { value: 'file', label: t.onRecord },
  { value: 'pickup', label: t.broughtAtCollection },
  { value: 'home', label: t.collectedAtHome },
];
const PROMISES = [
  { value: 'yes', label: t.promisesProofFollows },
  { value: 'no', label: t.bringsProofInstead },
];

/** The application that the dialogue was filling, the same row: gone on with here, handed in once. */
export function Apply({ residentId }: { residentId: string }) {
  const { data } = useList<Application>('applications', { resident: residentId, pageSize: 20 });
  const live = (data?.items ?? []).filter(({ state }) => state === 'draft' || state === 'submitted');
  return (
    <div className="work-apply">
      {live.length === 0 ? <p className="row-quiet">{t.noApplicationHalfDone}</p> : null}
      {live.map((one) =>
        one.state === 'draft' ? <DraftForm key={one.id} one={one} /> : <Submitted key={one.id} one={one} />,
      )}
      <Begin residentId={residentId} taken={live.map(({ matter }) => matter)} />
    </div>
  );
}

function Submitted({ one }: { one: Application }) {
  return (
    <p className="work-line">
      <strong>{one.matter}</strong>
      <span className="chip" data-tone="info">
        {one.stateText}
      </span>
      <span className="row-quiet">{t.seeCasesHowStands(one.kindText ?? '')}</span>
    </p>
  );
}

/** A draft with what she has answered so far. */
export function DraftForm({ one }: { one: Application }) {
  const row = useRow<Draft>('applications', `${one.id}/draft`, `/api/applications/${one.id}/draft`);
  if (row.error) return <p className="case-missing">{row.error.message}</p>;
  if (!row.data) return null;
  return <DraftFields key={one.updatedAt} one={one} draft={row.data} />;
}

function DraftFields({ one, draft }: { one: Application; draft: Draft }) {
  const { message } = App.useApp();
  const [form] = Form.useForm<ApplicationAnswers>();
  const stale = ['applications', 'cases'];
  const keep = useChange<unknown, ApplicationAnswers>(
    (body) => ({ path: `/api/applications/${one.id}/keep`, body }),
    stale,
  );
  const submit = useChange<unknown, void>(() => ({ path: `/api/applications/${one.id}/submit` }), stale);
  const failed = (error: Error) => void message.error(error.message);
  const handIn = async () => {
    await keep.mutateAsync(await form.validateFields());
    await submit.mutateAsync();
    message.success(t.handedInNotYetAccepted);
  };
  return (
    <Form form={form} layout="vertical" requiredMark={false} initialValues={draft} className="work-draft">
      <p className="work-line">
        <strong>{one.matter}</strong>
        <span className="chip" data-tone="warn">
          {t.draft}
        </span>
        {one.expiresAt ? <span className="row-quiet">{t.keptUntil(dayWords(dayOf(one.expiresAt)))}</span> : null}
      </p>
      <Form.Item name="kind" label={t.whichKind} rules={[{ required: true, message: t.pleaseChooseWhichKind }]}>
        <Radio.Group options={KINDS} />
      </Form.Item>
      <Form.Item name="materials" label={t.photoPapers}>
        <Radio.Group options={MATERIALS} />
      </Form.Item>
      <Form.Item name="promise" label={t.promiseReadChooseOnlyWhat}>
        <Radio.Group options={PROMISES} />
      </Form.Item>
      {draft.phone ? (
        <p className="row-quiet">
          {t.telephoneNumber} <span className="figures">{slotValue('phone', draft.phone)}</span>
        </p>
      ) : null}
      <div className="row-actions">
        <Button
          loading={keep.isPending && !submit.isPending}
          onClick={() =>
            keep.mutate(form.getFieldsValue(), { onSuccess: () => message.success(t.draftSaved), onError: failed })
          }
        >
          {t.saveNow}
        </Button>
        <Button type="primary" loading={submit.isPending} onClick={() => void handIn().catch(failedUnlessForm(failed))}>
          {t.handIn}
        </Button>
      </div>
    </Form>
  );
}

/** What the form itself says is shown beside its fields already. */
const failedUnlessForm = (failed: (error: Error) => void) => (thrown: unknown) => {
  if (thrown instanceof Error) failed(thrown);
};

/** A draft of her own begins here too; it goes on at the speaker if the call breaks off. */
function Begin({ residentId, taken }: { residentId: string; taken: string[] }) {
  const { message } = App.useApp();
  const [matter, setMatter] = useState<string>();
  const matters = useRow<{ items: string[] }>('applications', 'matters', '/api/applications/matters');
  const begin = useChange<unknown, string>(
    (wanted) => ({ path: '/api/applications', body: { residentId, matter: wanted } }),
    ['applications'],
  );
  const free = (matters.data?.items ?? []).filter((one) => !taken.includes(one));
  if (free.length === 0) return null;
  return (
    <div className="work-row work-begin">
      <Select
        aria-label={t.beginAnotherApplication}
        placeholder={t.beginAnotherApplication}
        options={free.map((value) => ({ value, label: value }))}
        value={matter}
        onChange={setMatter}
      />
      <Button
        disabled={!matter}
        loading={begin.isPending}
        onClick={() =>
          matter &&
          begin.mutate(matter, {
            onSuccess: () => setMatter(undefined),
            onError: (error) => message.error(error.message),
          })
        }
      >
        {t.begin}
      </Button>
    </div>
  );
}

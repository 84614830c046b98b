import { App, Button, Tabs } from 'antd';
import { type ReactNode, useState } from 'react';
import { Reveal } from '../clerk/Reveal.tsx';
import { useFacts } from '../rest/asked.ts';
import { dayOf, timeOf } from '../rest/days.ts';
import { useChange } from '../rest/session.ts';
import { saveText } from '../staff/download.ts';
import { RowDrawer } from '../staff/RowDrawer.tsx';
import { ListTroubled } from '../staff/states.tsx';
import { listed, together } from '../words/marks.ts';
import { t } from '../words/office.ts';
import { NearPeople } from './NearPeople.tsx';
import { Facts } from './parts.tsx';
import { ReasonDialog } from './ReasonDialog.tsx';
import { CorrectOne, StateChange } from './ResidentAsk.tsx';
import type { Resident } from './Residents.tsx';

interface Whole extends Resident {
  phone: string | null;
  idNumber: string | null;
  hukouText: string;
  channelText: string;
  quietFrom: string;
  quietUntil: string;
  hasPin: boolean;
  consents: { purpose: string; purposeText: string; given: boolean; at: string }[];
}

/** One resident, masked: what she agreed to, where she is, her rights. */
export function ResidentDrawer({ id, onClose }: { id: string | undefined; onClose: () => void }) {
  return (
    <RowDrawer<Whole> noun="residents" id={id} title={(one) => one?.name ?? t.residents} width={680} onClose={onClose}>
      {(one) => (
        <>
          <Doing resident={one} />
          <Tabs
            items={[
              { key: 'facts', label: t.record, children: <Facts of={factsOf(one)} /> },
              { key: 'consents', label: t.consents, children: <Consents of={one.consents} /> },
              { key: 'near', label: t.nearHer, children: <NearPeople id={one.id} /> },
              { key: 'lookers', label: t.whoLooked, children: <Lookers id={one.id} /> },
            ]}
            destroyOnHidden
          />
        </>
      )}
    </RowDrawer>
  );
}

function factsOf(one: Whole): [string, ReactNode][] {
  return [
    [t.called, one.called],
    [t.ageShort, t.sexAndAge(one.sexText, one.age)],
    [t.home, one.household?.name ?? '—'],
    [t.telephone, <Reveal key="phone" residentId={one.id} name={one.name} />],
    [t.hukou, one.hukouText],
    [t.howSheTold, one.channelText],
    [t.quietHours, t.hours(one.quietFrom, one.quietUntil)],
    [t.spokenCode, one.hasPin ? t.agreed : t.notAgreedYet],
    [t.state, one.stateText],
  ];
}

function Consents({ of }: { of: Whole['consents'] }) {
  if (of.length === 0) return <p className="row-quiet">{t.notAskedYet}</p>;
  return (
    <Facts
      of={of.map((one): [string, ReactNode] => [
        one.purposeText,
        <span key={one.purpose} className="chip" data-tone={one.given ? 'good' : 'late'}>
          {one.given ? t.agrees : t.doesNotAgree} · {dayOf(one.at)}
        </span>,
      ])}
    />
  );
}

interface Looker {
  at: string;
  who: string;
  role: string;
  what: string;
  fields: string[];
  reason: string | null;
}

function Lookers({ id }: { id: string }) {
  const { data, error, refetch } = useFacts<{ items: Looker[] }>(`/api/residents/${id}/lookers`);
  if (error) return <ListTroubled error={error} onRetry={() => refetch()} />;
  return (
    <ul className="road">
      {(data?.items ?? []).map((one, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two looks may be alike to the second
        <li key={n}>
          <p>
            {one.who} · {one.role} {one.what}
          </p>
          <p className="row-quiet figures">
            {dayOf(one.at)} {timeOf(one.at)} {one.reason ? `· ${one.reason}` : ''}
          </p>
        </li>
      ))}
    </ul>
  );
}

type Asking = 'state' | 'pin' | 'export' | 'correct' | 'forget';

function Doing({ resident }: { resident: Whole }) {
  const { message, modal } = App.useApp();
  const [asking, setAsking] = useState<Asking>();
  const act = useChange<Record<string, unknown>, { verb: string; body: object }>(
    ({ verb, body }) => ({ path: `/api/residents/${resident.id}/${verb}`, body }),
    ['residents', 'facts'],
  );
  const run = async (verb: string, body: object): Promise<Record<string, unknown>> => {
    const answer = await act.mutateAsync({ verb, body });
    setAsking(undefined);
    return answer;
  };
  const told = (work: Promise<unknown>) => void work.catch((error: Error) => message.error(error.message));
  const close = () => setAsking(undefined);
  return (
    <div className="policy-actions">
      <Button onClick={() => setAsking('state')}>{t.whereShe}</Button>
      <Button onClick={() => setAsking('pin')}>{t.resetCode}</Button>
      <Button onClick={() => setAsking('correct')}>{t.correctSomething}</Button>
      <Button onClick={() => setAsking('export')}>{t.copyForHer}</Button>
      <Button danger onClick={() => setAsking('forget')}>
        {t.forgetHer}
      </Button>
      <StateChange
        open={asking === 'state'}
        state={resident.state}
        onClose={close}
        onSend={(body) => told(run('state', body).then((stopped) => message.success(stoppedWords(stopped))))}
      />
      <ReasonDialog
        open={asking === 'pin'}
        title={t.resetCode}
        before={<p className="recall-note">{t.oldOneStopsWorking}</p>}
        verb={t.reset}
        onClose={close}
        onSend={(reason) => told(run('pin/reset', { reason }).then(() => message.success(t.oldCodeDoesNot)))}
      />
      <ReasonDialog
        open={asking === 'export'}
        title={t.copyForHer}
        before={<p className="recall-note">{t.everythingKeptHerWith}</p>}
        verb={t.export}
        onClose={close}
        onSend={(reason) =>
          told(run('export', { reason }).then((copy) => saveText(t.personalRecordJson, JSON.stringify(copy, null, 2))))
        }
      />
      <ReasonDialog
        open={asking === 'forget'}
        title={t.forgetHer}
        before={<p className="recall-note">{t.nameNumbersCircumstancesCode}</p>}
        verb={t.delete}
        danger
        onClose={close}
        onSend={(reason) =>
          told(
            run('forget', { reason }).then(({ kept }) => {
              modal.info({ title: t.deleted, content: keptWords(kept as { whatText: string; until: string }[]) });
            }),
          )
        }
      />
      <CorrectOne
        open={asking === 'correct'}
        onClose={close}
        onSend={(body) => told(run('correct', body).then(() => message.success(t.corrected)))}
      />
    </div>
  );
}

const STOPPED: [string, string][] = [
  ['bookings', t.bookings],
  ['visits', t.visits],
  ['notices', t.notices],
  ['applications', t.drafts],
  ['proxies', t.agents],
];

function stoppedWords(stopped: Record<string, unknown>): string {
  const words = STOPPED.flatMap(([key, unit]) => (Number(stopped[key]) > 0 ? [`${stopped[key]} ${unit}`] : []));
  return words.length > 0 ? t.notedStopped(listed(words)) : t.noted;
}

const keptWords = (kept: { whatText: string; until: string }[]) =>
  t.keptByLaw(together(kept.map(({ whatText, until }) => t.until(whatText, until))));

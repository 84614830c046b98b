import { App, Button, Tabs } from 'antd';
import { type ReactNode, useState } from 'react';
import { Reveal } from '../clerk/Reveal.tsx';
import { useFacts } from '../rest/asked.ts';
import { dayOf, timeOf } from '../rest/days.ts';
import { useChange } from '../rest/session.ts';
import { RowDrawer } from '../staff/RowDrawer.tsx';
import { ListTroubled } from '../staff/states.tsx';
import { Facts } from './parts.tsx';
import { Ask, CorrectOne, StateChange } from './ResidentAsk.tsx';
import type { Resident } from './Residents.tsx';
import { saveText } from './save.ts';

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
    <RowDrawer<Whole> noun="residents" id={id} title={(one) => one?.name ?? '居民'} width={680} onClose={onClose}>
      {(one) => (
        <>
          <Doing resident={one} />
          <Tabs
            items={[
              { key: 'facts', label: '资料', children: <Facts of={factsOf(one)} /> },
              { key: 'consents', label: '同意了什么', children: <Consents of={one.consents} /> },
              { key: 'lookers', label: '谁看过', children: <Lookers id={one.id} /> },
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
    ['称呼', one.called],
    ['年龄', `${one.sexText} ${one.age} 岁`],
    ['住哪儿', one.household?.name ?? '—'],
    ['电话', <Reveal key="phone" residentId={one.id} name={one.name} />],
    ['户口', one.hukouText],
    ['怎么告诉她', one.channelText],
    ['安静的时候', `${one.quietFrom} 到 ${one.quietUntil}`],
    ['口令', one.hasPin ? '约好了' : '还没约'],
    ['状态', one.stateText],
  ];
}

function Consents({ of }: { of: Whole['consents'] }) {
  if (of.length === 0) return <p className="row-quiet">还没问过。</p>;
  return (
    <Facts
      of={of.map((one): [string, ReactNode] => [
        one.purposeText,
        <span key={one.purpose} className="chip" data-tone={one.given ? 'good' : 'late'}>
          {one.given ? '同意' : '不同意'} · {dayOf(one.at)}
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
      <Button onClick={() => setAsking('state')}>她现在</Button>
      <Button onClick={() => setAsking('pin')}>重设口令</Button>
      <Button onClick={() => setAsking('correct')}>改一项</Button>
      <Button onClick={() => setAsking('export')}>给她一份</Button>
      <Button danger onClick={() => setAsking('forget')}>
        忘掉她
      </Button>
      <StateChange
        open={asking === 'state'}
        state={resident.state}
        onClose={close}
        onSend={(body) => told(run('state', body).then((stopped) => message.success(stoppedWords(stopped))))}
      />
      <Ask
        open={asking === 'pin'}
        title="重设口令"
        note="旧的马上不能用了。新的要在家里、旁边没人的时候约。"
        verb="重设"
        onClose={close}
        onSend={(reason) => told(run('pin/reset', { reason }).then(() => message.success('旧口令已经不能用了')))}
      />
      <Ask
        open={asking === 'export'}
        title="给她一份"
        note="她的所有记录，号码是全的，只能交给她本人。"
        verb="导出"
        onClose={close}
        onSend={(reason) =>
          told(run('export', { reason }).then((copy) => saveText('本人信息.json', JSON.stringify(copy, null, 2))))
        }
      />
      <Ask
        open={asking === 'forget'}
        title="忘掉她"
        note="名字、号码、情况、口令都删掉，收不回来。还有办件或预约时不能删；法律要留的，没有名字地留着。"
        verb="删掉"
        danger
        onClose={close}
        onSend={(reason) =>
          told(
            run('forget', { reason }).then(({ kept }) => {
              modal.info({ title: '删掉了', content: keptWords(kept as { whatText: string; until: string }[]) });
            }),
          )
        }
      />
      <CorrectOne
        open={asking === 'correct'}
        onClose={close}
        onSend={(body) => told(run('correct', body).then(() => message.success('改好了')))}
      />
    </div>
  );
}

const STOPPED: [string, string][] = [
  ['bookings', '个预约'],
  ['visits', '次上门'],
  ['notices', '条消息'],
  ['applications', '份草稿'],
  ['proxies', '个代办'],
];

function stoppedWords(stopped: Record<string, unknown>): string {
  const words = STOPPED.flatMap(([key, unit]) => (Number(stopped[key]) > 0 ? [`${stopped[key]} ${unit}`] : []));
  return words.length > 0 ? `记下了，停了 ${words.join('、')}` : '记下了';
}

const keptWords = (kept: { whatText: string; until: string }[]) =>
  `法律要留的：${kept.map(({ whatText, until }) => `${whatText}，到 ${until}`).join('；')}。`;

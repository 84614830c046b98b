import { Progress } from 'antd';
import { useFacts } from '../rest/asked.ts';
import { ListTroubled } from '../staff/states.tsx';
import { t } from '../words/office.ts';
import { Bars, Timeline } from './Bars.tsx';

interface Counted {
  code: string;
  text: string;
  count: number;
}

interface PolicyState {
  run: { state: string; stateText: string; expected: number; reached: number; share: number } | null;
  states: Counted[];
  channels: Counted[];
  heard: { hour: string; count: number }[];
  onlyWhenAsked: number;
}

const ORDER = ['planned', 'sent', 'announced', 'partly', 'heard', 'refused', 'expired'];
const TONES: Record<string, string> = { heard: 'good', partly: 'info', refused: 'warn', expired: 'plain' };

/** How far it has come, read anew every two seconds while one looks. */
export function PolicyProgress({ id }: { id: string }) {
  const { data, error, refetch } = useFacts<PolicyState>(`/api/policies/${id}/progress`, 2000);
  if (error) return <ListTroubled error={error} onRetry={() => refetch()} />;
  if (!data || (!data.run && data.states.length === 0)) return null;
  const states = ORDER.flatMap((code) => data.states.find((one) => one.code === code) ?? []);
  return (
    <section className="policy-progress" aria-label={t.howFarHasCome}>
      {data.run ? <Running run={data.run} /> : null}
      <Bars
        name={t.byState}
        unit={t.people}
        of={states.map(({ code, text, count }) => ({ key: code, name: text, value: count, tone: TONES[code] }))}
      />
      <Bars
        name={t.byChannel}
        unit={t.people}
        of={data.channels.map(({ code, text, count }) => ({ key: code, name: text, value: count, tone: 'info' }))}
      />
      <Timeline name={t.heardByHour} of={data.heard.map(({ hour, count }) => ({ at: hourWords(hour), count }))} />
      {data.onlyWhenAsked > 0 ? <p className="row-quiet">{t.themWantNoChime(data.onlyWhenAsked)}</p> : null}
    </section>
  );
}

function Running({ run: { state, stateText, expected, reached } }: { run: NonNullable<PolicyState['run']> }) {
  const percent = state === 'done' ? 100 : Math.min(99, Math.floor((reached / Math.max(1, expected)) * 100));
  return (
    <div className="policy-run">
      <p>
        {stateText} <span className="figures">{reached.toLocaleString('zh-CN')}</span> /{' '}
        <span className="figures">{expected.toLocaleString('zh-CN')}</span>
        {t.people}
      </p>
      <Progress percent={percent} aria-label={t.howFarSent} status={state === 'stopped' ? 'exception' : undefined} />
    </div>
  );
}

const hourWords = (hour: string) => t.atHour(hour.slice(5, 10), hour.slice(11, 13));

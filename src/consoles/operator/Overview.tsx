import { Segmented } from 'antd';
import { lazy, Suspense, useMemo, useState } from 'react';
import { dayOf, timeOf } from '../rest/days.ts';
import { useBusinessNow } from '../rest/readiness.ts';
import { Panel } from '../staff/Panel.tsx';
import { ListEmpty, ListTroubled, ListWaiting } from '../staff/states.tsx';
import { t } from '../words/operator.ts';
import { Alarms } from './Alarms.tsx';
import { useAsked } from './asked.ts';
import { Buildings } from './Buildings.tsx';
import type { FleetHistory, FleetNow } from './fleet.ts';

const Chart = lazy(() => import('./Chart.tsx'));

/** How the fleet is: what somebody should look at, the online rate, the buildings, what failed. */
export default function Overview({ onGo }: { onGo: (to: string) => void }) {
  const now = useBusinessNow(30_000);
  const fleet = useAsked<FleetNow>('fleet', '/api/fleet', 20_000);
  if (fleet.error && !fleet.data) return <ListTroubled error={fleet.error} onRetry={() => fleet.refetch()} />;
  if (!fleet.data) return <ListWaiting rows={6} />;
  return (
    <div className="overview">
      <Alarms now={now} onGo={onGo} />
      <OnlineRate />
      <Buildings fleet={fleet.data} onGo={onGo} />
      <Failures />
      <Versions fleet={fleet.data} onGo={onGo} />
    </div>
  );
}

const JADE = '#1d6b5a';
const LAMP = '#b97b13';
const BRICK = '#a6341f';
const axis = { axisLine: { lineStyle: { color: '#8a938d' } }, axisLabel: { color: '#45534d' } };
const grid = { left: 44, right: 18, top: 34, bottom: 28 };

function OnlineRate() {
  const [days, setDays] = useState(1);
  const { data, error, refetch } = useAsked<FleetHistory>('fleet', `/api/fleet/history?days=${days}`, 60_000);
  const pulses = data?.pulses;
  const option = useMemo(() => rateOption(pulses ?? [], days), [pulses, days]);
  return (
    <Panel
      title={t.onlineShort}
      side={
        <Segmented
          aria-label={t.howFarBack}
          value={days}
          options={[
            { value: 1, label: t.day },
            { value: 7, label: t.week },
            { value: 30, label: t.month },
          ]}
          onChange={setDays}
        />
      }
    >
      {error ? <ListTroubled error={error} onRetry={() => refetch()} /> : null}
      {pulses?.length === 0 ? (
        <ListEmpty hint={t.notedEveryQuarterHour}>{t.nothingNotedYet}</ListEmpty>
      ) : (
        <Suspense fallback={<ListWaiting rows={2} />}>
          <Chart words={rateWords(pulses ?? [])} option={option} />
        </Suspense>
      )}
    </Panel>
  );
}

const rateOf = ({ bound, online }: { bound: number; online: number }) =>
  bound === 0 ? 0 : Math.round((online / bound) * 1000) / 10;

function rateWords(pulses: FleetHistory['pulses']): string {
  const rates = pulses.map(rateOf);
  if (rates.length === 0) return t.onlineShort;
  return t.onlineNowLowestHighest(rates.at(-1), Math.min(...rates), Math.max(...rates));
}

function rateOption(pulses: FleetHistory['pulses'], days: number) {
  const label = (at: string) => (days === 1 ? timeOf(at) : dayOf(at).slice(5));
  return {
    grid,
    tooltip: { trigger: 'axis', valueFormatter: (value: unknown) => `${value}%` },
    xAxis: { type: 'category', data: pulses.map(({ at }) => label(at)), ...axis },
    yAxis: { type: 'value', min: 0, max: 100, axisLabel: { formatter: '{value}%', color: '#45534d' } },
    series: [
      {
        name: t.onlineShort,
        type: 'line',
        data: pulses.map(rateOf),
        showSymbol: pulses.length < 3,
        lineStyle: { color: JADE, width: 2.5 },
        itemStyle: { color: JADE },
        areaStyle: { color: JADE, opacity: 0.1 },
      },
    ],
  };
}

function Failures() {
  const { data, error, refetch } = useAsked<FleetHistory>('fleet', '/api/fleet/history?days=30', 60_000);
  const days = data?.failures;
  const option = useMemo(() => failureOption(days ?? []), [days]);
  const failed = (days ?? []).reduce((sum, one) => sum + one.failures, 0);
  return (
    <Panel title={t.usageAndFaults}>
      {error ? <ListTroubled error={error} onRetry={() => refetch()} /> : null}
      {days?.length === 0 ? (
        <ListEmpty hint={t.countedByDayOnce}>{t.nobodyHasSpokenYet}</ListEmpty>
      ) : (
        <Suspense fallback={<ListWaiting rows={2} />}>
          <Chart words={t.faultsLastDays(days?.length ?? 0, failed)} option={option} />
        </Suspense>
      )}
    </Panel>
  );
}

function failureOption(days: FleetHistory['failures']) {
  const bars = { type: 'bar', barMaxWidth: 26 };
  return {
    grid,
    legend: { top: 0, right: 12, itemGap: 22, itemWidth: 14, itemHeight: 10, textStyle: { color: '#45534d' } },
    tooltip: { trigger: 'axis' },
    xAxis: { type: 'category', data: days.map(({ day }) => day.slice(5)), ...axis },
    yAxis: { type: 'value', minInterval: 1, axisLabel: { color: '#45534d' } },
    series: [
      { ...bars, name: t.spoken, data: days.map(({ turns }) => turns), itemStyle: { color: JADE } },
      { ...bars, name: t.unanswered, data: days.map(({ failures }) => failures), itemStyle: { color: BRICK } },
      { ...bars, name: t.reconnected, data: days.map(({ connects }) => connects), itemStyle: { color: LAMP } },
    ],
  };
}

function Versions({ fleet: { firmware, own }, onGo }: { fleet: FleetNow; onGo: (to: string) => void }) {
  if (own === 0) return null;
  return (
    <Panel title={t.firmwareShort}>
      <ul className="versions">
        {firmware.map(({ version, count }) => (
          <li key={version ?? ''}>
            <button
              type="button"
              disabled={version === null}
              onClick={() => onGo(`/operator?firmware=${encodeURIComponent(version ?? '')}`)}
            >
              <span className="figures">{version ?? t.neverReported}</span>
              <progress aria-label={t.firmware(version ?? t.neverReported)} max={own} value={count} />
              <span className="figures">{t.speakersPlain(count)}</span>
            </button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

import { Button, Input } from 'antd';
import type { ReactNode } from 'react';
import { useFacts } from '../rest/asked.ts';
import { dayOf } from '../rest/days.ts';
import { useBusinessNow } from '../rest/readiness.ts';
import { DownloadButton } from '../staff/DownloadButton.tsx';
import { saveText } from '../staff/download.ts';
import { ListEmpty, ListTroubled, ListWaiting } from '../staff/states.tsx';
import { useQueryState } from '../staff/useQueryState.ts';
import { t } from '../words/office.ts';
import { Bars } from './Bars.tsx';
import { Blockages } from './Blockages.tsx';
import { Field } from './PolicyEditor.tsx';
import { Unreached } from './Unreached.tsx';

export interface Figures {
  month: string;
  errands: { errand: string; text: string; begun: number; finished: number; left: number }[];
  turns: { all: number; missed: number; retried: number; mended: number };
  handOvers: { code: string; text: string; count: number }[];
  waits: { calls: number; answered: number; median: number | null; longest: number | null };
  levels: { level: number; text: string; service: string; serviceText: string; count: number }[];
  places: { place: string; count: number; good: number; bad: number }[];
  tickets: { kind: string; text: string; count: number; open: number; overdue: number }[];
  lights: { late: number; soon: number; good: number; askedTwice: number };
  finished: { matter: string; count: number; inTime: number }[];
  special: number;
  unreached: number;
}

/** The service as a whole in one month: lights first, then how the errands went, then what people said of it. */
export function Oversight() {
  const [query, setQuery] = useQueryState(['part', 'month'] as const);
  const thisMonth = dayOf(useBusinessNow(60_000)).slice(0, 7);
  const month = query.month ?? thisMonth;
  const { data, error, refetch } = useFacts<Figures>(`/api/oversight?month=${month}`, 30_000);
  if (error && !data) return <ListTroubled error={error} onRetry={() => refetch()} />;
  if (!data) return <ListWaiting rows={6} />;
  return (
    <>
      <div className="oversight-head">
        <div className="oversight-month">
          <Field label={t.month}>
            <Input
              type="month"
              value={month}
              max={thisMonth}
              onChange={({ target }) => target.value && setQuery({ month: target.value })}
            />
          </Field>
        </div>
        <Button onClick={() => saveText(t.ratingsCsv(month), ratingsCsv(data), 'text/csv;charset=utf-8')}>
          {t.ratingsAsTable}
        </Button>
        <DownloadButton type="primary" path={`/api/oversight/report?month=${month}`}>
          {t.printMonth}
        </DownloadButton>
      </div>
      <Lights of={data} />
      <div className="oversight-grid">
        <Errands of={data} />
        <Calls of={data} />
        <Ratings of={data} />
        <Tickets of={data} />
      </div>
      <Unreached month={month} total={data.special} />
      <Blockages month={month} />
    </>
  );
}

function Lights({ of: { lights, tickets, unreached, special } }: { of: Figures }) {
  const overdue = tickets.reduce((sum, one) => sum + one.overdue, 0);
  const items: [string, number, string][] = [
    [t.casesOverdue, lights.late, lights.late > 0 ? 'late' : 'good'],
    [t.dueWithinTwoDays, lights.soon, lights.soon > 0 ? 'warn' : 'good'],
    [t.timeShort, lights.good, 'good'],
    [t.askedTwiceForMaterials, lights.askedTwice, lights.askedTwice > 0 ? 'warn' : 'good'],
    [t.ticketsOverdue, overdue, overdue > 0 ? 'late' : 'good'],
    [t.specialResidentsNotReached(special), unreached, unreached > 0 ? 'warn' : 'good'],
  ];
  return (
    <ul className="lights" aria-label={t.lights}>
      {items.map(([name, count, tone]) => (
        <li key={name} data-tone={tone}>
          <span className="lights-count figures">{count}</span>
          <span>{name}</span>
        </li>
      ))}
    </ul>
  );
}

/** One part of the month with its heading; where there is nothing to count a sentence stands instead of an empty chart. */
function Card({ title, empty, children }: { title: string; empty?: boolean; children: ReactNode }) {
  return (
    <section className="panel oversight-card" aria-label={title}>
      <h2 className="told-title">{title}</h2>
      {empty ? <ListEmpty>{t.nothingThisMonthYet}</ListEmpty> : children}
    </section>
  );
}

const percent = (part: number, whole: number) => (whole > 0 ? `${Math.round((part / whole) * 100)}%` : '—');

function Errands({ of: { errands, turns, finished } }: { of: Figures }) {
  return (
    <Card title={t.errandsSpeaker} empty={errands.length === 0 && finished.length === 0}>
      <Bars
        name={t.howManyWereBegun}
        of={errands.map(({ errand, text, begun, finished: done }) => ({
          key: errand,
          name: t.finished(text, percent(done, begun)),
          value: begun,
        }))}
      />
      <p className="row-quiet">{sentenceWords(turns)}</p>
      <Bars
        name={t.casesConcluded}
        unit={t.cases}
        of={finished.map(({ matter, count }) => ({ key: matter, name: matter, value: count, tone: 'info' }))}
      />
    </Card>
  );
}

const sentenceWords = ({ all, missed, mended, retried }: Figures['turns']) =>
  all === 0
    ? t.nobodyHasSpokenYet
    : t.sentencesNotUnderstoodUnderstood(all, missed, percent(mended, retried), mended, retried);

const secondsWords = (seconds: number | null) => (seconds === null ? '—' : t.seconds(Math.round(seconds)));

function Calls({ of: { handOvers, waits } }: { of: Figures }) {
  return (
    <Card title={t.reachingPersonWaiting} empty={handOvers.length === 0}>
      <p className="row-quiet">
        {t.callsAskedForAnswered(
          waits.calls,
          percent(waits.answered, waits.calls),
          secondsWords(waits.median),
          secondsWords(waits.longest),
        )}
      </p>
      <Bars
        name={t.whyPersonWasAsked}
        unit={t.timesShort}
        of={handOvers.map(({ code, text, count }) => ({ key: code, name: text, value: count, tone: 'info' }))}
      />
    </Card>
  );
}

const LEVEL_TONES = ['', 'good', 'good', 'info', 'warn', 'late'];

function Ratings({ of: { levels, places } }: { of: Figures }) {
  const byLevel = [1, 2, 3, 4, 5].flatMap((level) => {
    const mine = levels.filter((one) => one.level === level);
    const [first] = mine;
    const value = mine.reduce((sum, one) => sum + one.count, 0);
    return first ? [{ key: String(level), name: first.text, value, tone: LEVEL_TONES[level] }] : [];
  });
  return (
    <Card title={t.ratingsShort} empty={levels.length === 0}>
      <Bars name={t.ratingsByLevel} unit={t.ratings} of={byLevel} />
      <table className="plain-table">
        <caption className="row-quiet">{t.byStation}</caption>
        <thead>
          <tr>
            <th scope="col">{t.station}</th>
            <th scope="col">{t.number}</th>
            <th scope="col">{t.satisfied}</th>
            <th scope="col">{t.notSatisfied}</th>
          </tr>
        </thead>
        <tbody>
          {places.map(({ place, count, good, bad }) => (
            <tr key={place}>
              <th scope="row">{place}</th>
              <td className="figures">{count}</td>
              <td className="figures">{good}</td>
              <td className="figures">{bad}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

function Tickets({ of: { tickets } }: { of: Figures }) {
  return (
    <Card title={t.complaintsErrandsNotDone} empty={tickets.length === 0}>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t.kindTicket}</th>
            <th scope="col">{t.number}</th>
            <th scope="col">{t.notAnsweredYet}</th>
            <th scope="col">{t.overdue}</th>
          </tr>
        </thead>
        <tbody>
          {tickets.map(({ kind, text, count, open, overdue }) => (
            <tr key={kind}>
              <th scope="row">{text}</th>
              <td className="figures">{count}</td>
              <td className="figures">{open}</td>
              <td>
                <span className="chip figures" data-tone={overdue > 0 ? 'late' : 'good'}>
                  {overdue}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

/** With a mark at the beginning, so that a spreadsheet reads it as UTF-8. */
function ratingsCsv({ levels, places }: Figures): string {
  const lines = [
    [t.service, t.rating, t.number],
    ...levels.map(({ serviceText, text, count }) => [serviceText, text, String(count)]),
    [],
    [t.station, t.number, t.satisfied, t.notSatisfied],
    ...places.map(({ place, count, good, bad }) => [place, String(count), String(good), String(bad)]),
  ];
  return `\ufeff${lines.map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`;
}

/** Quoted, and never the beginning of a formula. */
const cell = (text: string) => `"${(/^[=+\-@\t]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

import { App, Button, Input, Segmented } from 'antd';
import { Fragment, useState } from 'react';
import { dayAfter, dayOf, nearDayWords, timeOf } from '../rest/days.ts';
import { useBusinessNow } from '../rest/readiness.ts';
import type { Booking } from '../rest/records.ts';
import { useChange } from '../rest/session.ts';
import { t } from '../words/clerk.ts';
import { byDay, byTime } from './desk.ts';
import { Panel } from './Panel.tsx';
import { StationChoice } from './StationChoice.tsx';
import { useDeskList } from './useDeskList.ts';
import { bookingStates, directionWords, modeWords } from './words.ts';

/** Who comes today, by the clock; any other day on request. */
export function Bookings({ ownPlace }: { ownPlace: string | undefined }) {
  const now = useBusinessNow();
  const today = dayOf(now);
  const [chosen, setChosen] = useState<string>();
  const day = chosen ?? today;
  const list = useDeskList<Booking>('bookings', { day, pageSize: 200 });
  const [station, setStation] = useState<string>();
  const ofDay = (list.data?.items ?? []).filter(({ start }) => dayOf(start) === day);
  const hours = byTime(ofDay.filter(({ place }) => station === undefined || place?.id === station));
  const count = hours.reduce((sum, { bookings }) => sum + bookings.length, 0);
  return (
    <Panel
      id="bookings"
      title={t.coming(nearDayWords(day, today))}
      count={count}
      side={<DayChoice day={day} today={today} onDay={setChosen} />}
      list={list}
      empty={count === 0}
      emptyWords={t.nobodyHasBooked(nearDayWords(day, today))}
      emptyHint={t.whoeverComesWithoutBookingServed}
    >
      <Coming today={today} chosen={day} onDay={setChosen} />
      <StationChoice of={ofDay.map(({ place }) => place)} chosen={station} onChoose={setStation} />
      <ol className="timeline">
        {hours.map(({ start, bookings }, index) => (
          <Fragment key={start}>
            {day === today && isNext(hours, index, now) ? <NowLine now={now} /> : null}
            <li className="timeline-hour">
              <span className="timeline-time figures">{timeOf(start)}</span>
              <ul className="timeline-people">
                {bookings.map((one) => (
                  <BookingRow key={one.id} booking={one} ownPlace={ownPlace} />
                ))}
              </ul>
            </li>
          </Fragment>
        ))}
      </ol>
    </Panel>
  );
}

/** Whether the present stands right before this hour. */
function isNext(hours: { start: string }[], index: number, now: Date): boolean {
  const starts = (at: number) => Date.parse(hours[at]?.start ?? '');
  return starts(index) > now.getTime() && (index === 0 || starts(index - 1) <= now.getTime());
}

function NowLine({ now }: { now: Date }) {
  return (
    <li className="timeline-now">
      <span className="figures">{timeOf(now)}</span>
      <span className="timeline-now-words">{t.now}</span>
    </li>
  );
}

const DAYS_AHEAD = 5;

/** The next days on which somebody comes, so that an empty today does not hide a full Wednesday. */
function Coming({ today, chosen, onDay }: { today: string; chosen: string; onDay: (day: string) => void }) {
  const { data } = useDeskList<Booking>('bookings', { from: dayAfter(today, 1), state: 'booked', pageSize: 200 });
  const days = byDay(data?.items ?? []);
  const coming = [...days].filter(([day]) => day !== chosen).sort(([a], [b]) => a.localeCompare(b));
  if (coming.length === 0) return null;
  return (
    <p className="coming">
      {t.afterwards}
      {coming.slice(0, DAYS_AHEAD).map(([day, bookings]) => (
        <button key={day} type="button" onClick={() => onDay(day)}>
          {t.people(nearDayWords(day, today), bookings.length)}
        </button>
      ))}
    </p>
  );
}

function DayChoice({ day, today, onDay }: { day: string; today: string; onDay: (day: string | undefined) => void }) {
  const tomorrow = dayAfter(today, 1);
  const near = [
    { label: t.today, value: today },
    { label: t.tomorrow, value: tomorrow },
  ];
  return (
    <div className="day-choice">
      <Segmented
        aria-label={t.whichDay}
        options={near}
        value={day}
        onChange={(value) => onDay(value === today ? undefined : value)}
      />
      <Input
        type="date"
        aria-label={t.anotherDay}
        className="day-choice-date"
        value={day}
        onChange={(event) => onDay(event.target.value && event.target.value !== today ? event.target.value : undefined)}
      />
    </div>
  );
}

function BookingRow({ booking, ownPlace }: { booking: Booking; ownPlace: string | undefined }) {
  const { resident, matter, direction, directionText, mode, modeText, place, state, collector } = booking;
  const standing = bookingStates[state] ?? { words: booking.stateText ?? state, tone: 'plain' as const };
  const how = mode === 'window' ? undefined : (modeText ?? modeWords[mode]);
  return (
    <li className="row booking" data-row tabIndex={-1} data-state={state}>
      <div className="booking-what">
        <p className="row-who">
          {resident?.name ?? t.noName}
          {state === 'booked' ? null : (
            <span className="chip" data-tone={standing.tone}>
              {standing.words}
            </span>
          )}
        </p>
        <p className="row-words">
          {directionWords[direction] ?? directionText ?? direction} <strong>{matter}</strong>
        </p>
        <p className="row-quiet">
          {[place?.id === ownPlace ? undefined : place?.name, how, collector ? t.collectedBy(collector) : undefined]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      {state === 'booked' ? <BookingActions booking={booking} /> : null}
    </li>
  );
}

function BookingActions({ booking }: { booking: Booking }) {
  const { message } = App.useApp();
  const close = useChange<unknown, 'attended' | 'missed'>(
    (how) => ({ path: `/api/bookings/${booking.id}/${how}` }),
    ['bookings', 'cases'],
  );
  const mark = (how: 'attended' | 'missed') => close.mutate(how, { onError: (error) => message.error(error.message) });
  return (
    <div className="row-actions">
      <Button data-key="m" disabled={close.isPending} onClick={() => mark('missed')}>
        {t.didNotCome}
      </Button>
      <Button className="do" data-key="a" disabled={close.isPending} onClick={() => mark('attended')}>
        {t.here}
      </Button>
    </div>
  );
}

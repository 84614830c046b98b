import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, shanghaiDay, shanghaiInstant, shanghaiTime } from '../../src/clock.ts';
import { createCalendar } from '../../src/services/calendar.ts';
import { dueTime } from '../../src/services/callbacks/times.ts';
import { loadCatalogue } from '../../src/services/catalogue/catalogue.ts';

const { holidays, places } = loadCatalogue();
const calendar = createCalendar(holidays);
const named = (code: string) => {
  const place = places.find((one) => one.code === code);
  if (!place) throw new Error(code);
  return { hours: place.hours as Record<string, [string, string][]>, status: place.status };
};
const station = named('station-01');
const at = (text: string) => shanghaiInstant(text.slice(0, 10), text.slice(11));
const said = (instant: Date | undefined) => instant && `${shanghaiDay(instant)}T${shanghaiTime(instant)}`;

describe('opening hours', () => {
  it.each([
    ['2026-11-23T09:00', true],
    ['2026-11-23T08:59', false],
    ['2026-11-23T12:00', false], // lunch
    ['2026-11-23T13:30', true],
    ['2026-11-23T17:30', false],
    ['2026-11-22T10:00', false], // Sunday
    ['2026-10-01T10:00', false], // National Day, a Thursday
    ['2026-10-10T10:00', true], // a Saturday worked instead
    ['2026-02-16T10:00', false], // a Monday off for the Spring Festival
    ['2027-01-01T10:00', false], // off by law, though 2027 is not announced
  ])('at %s: %s', (time, open) => expect(calendar.isOpen(station, at(time))).toBe(open));

  it('do not hold for a station that is being prepared', () => {
    expect(calendar.isOpen(named('station-07'), at('2026-11-23T10:00'))).toBe(false);
  });

  it('of a locker are day and night, holidays included', () => {
    expect(calendar.isOpen(named('locker-east'), at('2026-10-01T03:00'))).toBe(true);
  });

  it('of a make-up Sunday are those of a Monday', () => {
    expect(calendar.hoursOn(station, '2026-09-20')).toEqual(station.hours['1']);
  });
});

describe('the next opening', () => {
  it.each([
    ['2026-11-23T10:00', '2026-11-23T10:00'], // open already
    ['2026-11-23T12:10', '2026-11-23T13:30'], // over lunch
    ['2026-11-27T18:00', '2026-11-30T09:00'], // over the weekend
    ['2026-09-30T17:30', '2026-10-08T09:00'], // over the National Day holidays
    ['2026-02-14T17:45', '2026-02-24T09:00'], // from a make-up Saturday over the Spring Festival
  ])('after %s is %s', (from, next) => expect(said(calendar.nextOpen(station, at(from)))).toBe(next));

  it('is unknown for a place that never opens', () => {
    expect(calendar.nextOpen(named('station-18'), at('2026-11-23T10:00'))).toBeUndefined();
  });
});

describe('counting workdays', () => {
  it('leaves out holidays and counts make-up days', () => {
    expect(calendar.addWorkdays('2026-09-30', 3)).toEqual({ day: '2026-10-10', certain: true }); // 8, 9, 10 October
    expect(calendar.workdaysBetween('2026-02-13', '2026-02-25')).toBe(3); // 14, 24, 25
  });

  it('is only roughly known across a year that is not announced', () => {
    expect(calendar.addWorkdays('2026-12-30', 5).certain).toBe(false);
    expect([calendar.announced(2026), calendar.announced(2027)]).toEqual([true, false]);
  });

  it('forward and backward agree', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 330 }), fc.integer({ min: 1, max: 30 }), (offset, count) => {
        const from = addDays('2026-01-01', offset);
        const { day } = calendar.addWorkdays(from, count);
        expect(calendar.workdaysBetween(from, day)).toBe(count);
      }),
    );
  });
});

describe('a callback is promised', () => {
  it.each([
    ['in the morning: over lunch', '2026-11-23T11:00', undefined, '2026-11-23T14:30'],
    ['late on Friday: on Monday', '2026-11-27T17:00', undefined, '2026-11-30T10:30'],
    ['for this afternoon', '2026-11-23T09:30', 'PM', '2026-11-23T17:30'],
    ['for a morning that is over: tomorrow', '2026-11-23T14:00', 'AM', '2026-11-24T12:00'],
    ['for a time: within half an hour of it', '2026-11-23T09:30', '15:00', '2026-11-23T15:30'],
    ['for a time at night: as if none was named', '2026-11-23T09:30', '22:00', '2026-11-23T11:30'],
  ])('%s', (_, now, wanted, due) => expect(said(dueTime(calendar, station, at(now), wanted))).toBe(due));

  it('never outside opening hours, whenever it is asked for', () => {
    const wishes = fc.constantFrom(undefined, 'AM', 'PM', '09:10', '11:55', '13:00', '23:30', 'nonsense');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 * 24 * 60 }), wishes, (minutes, wanted) => {
        const now = new Date(at('2026-01-05T00:00').getTime() + minutes * 60_000);
        const due = dueTime(calendar, station, now, wanted);
        expect(due > now).toBe(true);
        expect(calendar.isOpen(station, new Date(due.getTime() - 1))).toBe(true);
      }),
    );
  });
});

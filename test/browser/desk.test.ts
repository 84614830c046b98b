import { describe, expect, it } from 'vitest';
import { bySoonest, byTime, byUrgency, dueOf, promiseOf } from '../../src/consoles/clerk/desk.ts';
import { dayOf, timeOf } from '../../src/consoles/rest/days.ts';
import type { Booking, Callback, Case } from '../../src/consoles/rest/records.ts';
import { sentenceAt, sentencesOf } from '../../src/consoles/speaker/sentences.ts';

const now = new Date('2026-11-23T09:30:00+08:00');
const aCase = (over: Partial<Case>) => ({ status: 'reviewing', delivery: 'none', promisedOn: null, ...over }) as Case;
const aBooking = (start: string, state: Booking['state'] = 'booked') =>
  ({ id: start + state, start, state }) as Booking;

describe('the order of a clerk’s day', () => {
  it('puts the callback promised soonest first, so that those overdue stand on top', () => {
    const due = ['2026-11-23T14:00:00+08:00', '2026-11-23T09:05:00+08:00', '2026-11-24T09:00:00+08:00'];
    const callbacks = due.map((dueAt) => ({ dueAt }) as Callback);
    expect(bySoonest(callbacks).map(({ dueAt }) => timeOf(dueAt))).toEqual(['09:05', '14:00', '09:00']);
  });

  it('says by how much a callback is late, and warns in the last half hour', () => {
    expect(dueOf({ dueAt: '2026-11-23T09:05:00+08:00' }, now)).toEqual({
      words: '超了 25 分钟',
      tone: 'late',
      late: true,
    });
    expect(dueOf({ dueAt: '2026-11-23T09:45:00+08:00' }, now).tone).toBe('warn');
    expect(dueOf({ dueAt: '2026-11-23T14:30:00+08:00' }, now)).toMatchObject({ words: '还有 5 小时', late: false });
  });

  it('lights an overdue case, and never one that is closed', () => {
    expect(promiseOf(aCase({ promisedOn: '2026-11-20' }), now)).toMatchObject({ words: '超了 3 天', late: true });
    expect(promiseOf(aCase({ promisedOn: '2026-11-23' }), now)).toMatchObject({ words: '今天到期', late: false });
    expect(promiseOf(aCase({ promisedOn: '2026-11-20', status: 'concluded' }), now)).toBeUndefined();
  });

  it('puts overdue cases first, then those that wait for the resident, closed ones last', () => {
    const cases = [
      aCase({ status: 'concluded' }),
      aCase({ promisedOn: '2026-12-01' }),
      aCase({ status: 'correction', promisedOn: '2026-12-09' }),
      aCase({ promisedOn: '2026-11-20' }),
    ];
    expect(byUrgency(cases, now)).toEqual([cases[3], cases[2], cases[1], cases[0]]);
  });

  it('lays the bookings along the hours and leaves out what was cancelled', () => {
    const ten = '2026-11-23T10:00:00+08:00';
    const nine = '2026-11-23T09:00:00+08:00';
    const hours = byTime([aBooking(ten), aBooking(nine), aBooking(ten, 'cancelled'), aBooking(ten, 'attended')]);
    expect(hours.map(({ start, bookings }) => [timeOf(start), bookings.length])).toEqual([
      ['09:00', 1],
      ['10:00', 2],
    ]);
  });

  it('counts days in Shanghai wherever the computer believes it stands', () => {
    expect(dayOf('2026-11-22T23:30:00Z')).toBe('2026-11-23');
  });
});

describe('the sentence that is being spoken', () => {
  const answer = '十一月二十七号，星期五，有两个时间。第一，上午九点。您要第几个？';

  it('is cut after stops and questions, with nothing lost', () => {
    const sentences = sentencesOf(answer);
    expect(sentences).toEqual(['十一月二十七号，星期五，有两个时间。', '第一，上午九点。', '您要第几个？']);
    expect(sentencesOf('没有句号')).toEqual(['没有句号']);
    expect(sentencesOf('他说：“好。”走了。').join('')).toBe('他说：“好。”走了。');
  });

  it('moves on from the first to the last', () => {
    const sentences = sentencesOf(answer);
    const seen = Array.from({ length: 50 }, (_, n) => sentenceAt(sentences, n / 49));
    expect(seen[0]).toBe(0);
    expect(seen.at(-1)).toBe(2);
    expect(seen).toEqual([...seen].sort());
    expect(new Set(seen).size).toBe(3);
  });
});

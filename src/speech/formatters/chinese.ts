import type { SpeechNode } from '../speech.ts';
import { SENTENCE_PAUSE } from '../template.ts';
import type { ChineseWords } from '../words.ts';
import { chineseDigits, chineseInteger, chineseNumber, chineseRound } from './chinese-numerals.ts';
import {
  dayOf,
  daysFrom,
  type Formatters,
  type Given,
  listOf,
  numberOf,
  timeOf,
  ValueFault,
  words,
} from './formatter.ts';
import { createSharedFormatters } from './shared.ts';

/** The Chinese formatters. `today` is asked for the day only by nearDate. */
export function createChineseFormatters(language: ChineseWords, today: () => string): Formatters {
  const say = (format: (given: Given, language: ChineseWords) => string) => (given: Given) =>
    words(format(given, language));
  return new Map([
    ...createSharedFormatters(language),
    ['spokenDate', say(spokenDate)],
    ['nearDate', say((given) => nearDate({ ...given, today: given.today ?? today() }, language))],
    ['farDate', say((given) => farDate({ ...given, today: given.today ?? today() }, language))],
    ['fullDate', say(fullDate)],
    ['weekday', say(({ value }) => weekday(value, language))],
    ['spokenTime', say(({ value }) => `${band(value, language)}${clockTime(value, language)}`)],
    ['clockTime', say(({ value }) => clockTime(value, language))],
    ['number', say(number)],
    ['count', say(count)],
    ['ordinal', say(({ value }) => `${language.ordinal}${chineseInteger(numberOf(value), language.numbers)}`)],
    ['ordinalList', ({ value }) => choices(listOf(value), language)],
    ['address', ({ value }) => address(String(value), language)],
    ['money', say(money)],
    ['percent', say(({ value }) => `${language.numbers.percent}${chineseNumber(numberOf(value), language.numbers)}`)],
    ['duration', say(duration)],
  ]);
}

/** 12号楼 is said as a number, room 1203 figure by figure. */
const address = (value: string, { numbers }: ChineseWords): SpeechNode[] =>
  (value.match(/\d+|\D+/gu) ?? []).map(
    (run): SpeechNode =>
      /^\d{3,}$/u.test(run)
        ? { kind: 'digits', digits: run }
        : { kind: 'text', text: /^\d/u.test(run) ? chineseInteger(Number(run), numbers) : run },
  );

function monthAndDay(value: Given['value'], { date, numbers }: ChineseWords): string {
  const { month, day } = dayOf(value);
  return `${chineseInteger(month, numbers)}${date.month}${chineseInteger(day, numbers)}${date.day}`;
}

const weekday = (value: Given['value'], { date }: ChineseWords): string => date.weekdays[dayOf(value).weekday] ?? '';

/** Where a time follows at once, a comma parts it from the day. */
function spokenDate({ value, today, after }: Given, language: ChineseWords): string {
  const { near, between } = language.date;
  const soon = today ? near[String(daysFrom(today, value))] : undefined;
  const said = [soon, monthAndDay(value, language), weekday(value, language)].filter(Boolean).join(between);
  return after === '{spokenTime}' ? said + between : said;
}

function nearDate(given: Given, language: ChineseWords): string {
  const away = daysFrom(given.today ?? '', given.value);
  const near = language.date.near[String(away)];
  if (!near) return spokenDate({ ...given, today: undefined }, language);
  const said = away === 0 ? near : `${near}${language.date.between}${weekday(given.value, language)}`;
  return away !== 0 && given.after === '{spokenTime}' ? said + language.date.between : said;
}

/** From here on a day without its year would be taken for the next one of that name. */
const YEAR_NEEDED = 300;
function farDate(given: Given, language: ChineseWords): string {
  const far = Math.abs(daysFrom(given.today ?? '', given.value)) >= YEAR_NEEDED;
  return far ? fullDate(given, language) : spokenDate({ ...given, today: undefined }, language);
}

function fullDate({ value }: Given, language: ChineseWords): string {
  const year = chineseDigits(String(dayOf(value).year), language.numbers);
  return `${year}${language.date.year}${monthAndDay(value, language)}`;
}

function band(value: Given['value'], { time }: ChineseWords): string {
  const { hour } = timeOf(value);
  return time.bands.findLast(({ from }) => from <= hour)?.word ?? '';
}

function clockTime(value: Given['value'], { time, numbers }: ChineseWords): string {
  const { hour, minute } = timeOf(value);
  const said = `${chineseInteger(hour % 12 || 12, numbers, true)}${time.hour}`;
  if (minute === 0) return said;
  const part = { 15: time.quarter, 30: time.half, 45: time.threeQuarters }[minute];
  const nought = minute < 10 ? numbers.digits[0] : '';
  return said + (part ?? `${nought}${chineseInteger(minute, numbers)}${time.minute}`);
}

/** Before a measure word with its 两 (after 第 with 二), before another word in full, else without its last unit. */
function number({ value, before, after }: Given, { numbers, measures, ordinal }: ChineseWords): string {
  const n = numberOf(value);
  const measured = measures.some((measure) => after.startsWith(measure)) && !before.endsWith(ordinal);
  return measured || /^\p{L}/u.test(after) ? chineseNumber(n, numbers, measured) : chineseRound(n, numbers);
}

/** `{n, count 样}`: with its measure word; a list is counted. */
function count({ value, argument }: Given, { numbers }: ChineseWords): string {
  const n = Array.isArray(value) ? value.length : numberOf(value);
  return `${chineseNumber(n, numbers, true)}${argument ?? ''}`;
}

function choices(items: string[], { ordinal, numbers, choice }: ChineseWords): SpeechNode[] {
  return items.flatMap((item, n): SpeechNode[] => {
    const end = n < items.length - 1 ? choice.end : '';
    const text = `${ordinal}${chineseInteger(n + 1, numbers)}${choice.after}${item}${end}`;
    return n === 0 ? words(text) : [{ kind: 'pause', ms: SENTENCE_PAUSE }, ...words(text)];
  });
}

/** Yuan; two decimals at most. */
function money({ value }: Given, { money: names, numbers }: ChineseWords): string {
  const fen = Math.round(Math.abs(numberOf(value)) * 100);
  const [yuan, jiao, rest] = [Math.floor(fen / 100), Math.floor(fen / 10) % 10, fen % 10];
  const said = [
    yuan > 0 || fen === 0 ? `${chineseInteger(yuan, numbers, true)}${names.yuan}` : '',
    jiao > 0 ? `${chineseInteger(jiao, numbers, true)}${names.jiao}` : '',
    rest > 0
      ? `${yuan > 0 && jiao === 0 ? numbers.digits[0] : ''}${chineseInteger(rest, numbers, !yuan)}${names.fen}`
      : '',
  ];
  return `${numberOf(value) < 0 ? numbers.minus : ''}${said.join('')}`;
}

type Unit = Exclude<keyof ChineseWords['duration'], 'halfHour'>;

/** `{n, duration minutes}`: minutes, hours, days, workdays, weeks, months or years; from an hour on minutes are hours too. */
function duration({ value, argument }: Given, { duration: names, numbers }: ChineseWords): string {
  const n = numberOf(value);
  const unit = argument as Unit;
  if (unit === 'minutes' && n >= 60) return hours(n, { names, numbers });
  if (unit === 'hours' && !Number.isInteger(n)) return hours(Math.round(n * 60), { names, numbers });
  if (unit === undefined || !Object.hasOwn(names, unit))
    throw new ValueFault(`duration of "${argument ?? ''}" is unknown`);
  return `${chineseNumber(n, numbers, true)}${names[unit]}`;
}

function hours(
  minutes: number,
  { names, numbers }: { names: ChineseWords['duration']; numbers: ChineseWords['numbers'] },
): string {
  const [whole, rest] = [Math.floor(minutes / 60), Math.round(minutes % 60)];
  const [measure = '', ...hour] = names.hours;
  if (whole === 0)
    return rest === 30 ? `${names.halfHour}${names.hours}` : `${chineseInteger(rest, numbers, true)}${names.minutes}`;
  const said = chineseInteger(whole, numbers, true);
  if (rest === 30) return `${said}${measure}${names.halfHour}${hour.join('')}`;
  return `${said}${names.hours}${rest > 0 ? `${chineseInteger(rest, numbers, true)}${names.minutes}` : ''}`;
}

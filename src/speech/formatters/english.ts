import type { SpeechNode } from '../speech.ts';
import { SENTENCE_PAUSE } from '../template.ts';
import type { EnglishWords } from '../words.ts';
import { englishInteger, englishNumber, englishOrdinal, englishYear } from './english-numerals.ts';
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
import { createSharedFormatters, joined } from './shared.ts';

/** The English formatters, of the same names as the Chinese. */
export function createEnglishFormatters(language: EnglishWords, today: () => string): Formatters {
  const say = (format: (given: Given, language: EnglishWords) => string) => (given: Given) =>
    words(format(given, language));
  return new Map([
    ...createSharedFormatters(language),
    ['spokenDate', say(spokenDate)],
    ['nearDate', say((given) => nearDate({ ...given, today: given.today ?? today() }, language))],
    ['farDate', say((given) => farDate({ ...given, today: given.today ?? today() }, language))],
    ['fullDate', say(fullDate)],
    ['weekday', say(({ value }) => weekday(value, language))],
    ['spokenTime', say(spokenTime)],
    ['clockTime', say(({ value }) => clockTime(value, language))],
    ['number', say(({ value }) => englishNumber(numberOf(value), language))],
    ['count', say(count)],
    ['ordinal', say(({ value }) => englishOrdinal(numberOf(value), language))],
    ['list', ({ value, argument }) => words(listed(listOf(value), argument, language))],
    ['ordinalList', ({ value }) => choices(listOf(value), language)],
    ['address', ({ value }) => address(String(value), language)],
    ['money', say(money)],
    ['percent', say(({ value }) => `${englishNumber(numberOf(value), language)} ${language.numbers.percent}`)],
    ['duration', say(duration)],
  ]);
}

/** Building 12 is said as a number, room 1203 figure by figure. */
const address = (value: string, language: EnglishWords): SpeechNode[] =>
  (value.match(/\d+|\D+/gu) ?? []).map(
    (run): SpeechNode =>
      /^\d{3,}$/u.test(run)
        ? { kind: 'digits', digits: run }
        : { kind: 'text', text: /^\d/u.test(run) ? englishInteger(Number(run), language) : run },
  );

const weekday = (value: Given['value'], { date }: EnglishWords): string => date.weekdays[dayOf(value).weekday] ?? '';

function monthAndDay(value: Given['value'], language: EnglishWords): string {
  const { month, day } = dayOf(value);
  return `${language.date.months[month - 1]} ${englishOrdinal(day, language)}`;
}

function spokenDate({ value, today }: Given, language: EnglishWords): string {
  const near = today ? language.date.near[String(daysFrom(today, value))] : undefined;
  return [near, weekday(value, language), monthAndDay(value, language)].filter(Boolean).join(language.date.between);
}

function nearDate(given: Given, language: EnglishWords): string {
  const away = daysFrom(given.today ?? '', given.value);
  const near = language.date.near[String(away)];
  if (!near) return spokenDate({ ...given, today: undefined }, language);
  return away === 0 ? near : `${near}${language.date.between}${weekday(given.value, language)}`;
}

/** From here on a day without its year would be taken for the next one of that name. */
const YEAR_NEEDED = 300;
function farDate(given: Given, language: EnglishWords): string {
  const far = Math.abs(daysFrom(given.today ?? '', given.value)) >= YEAR_NEEDED;
  return far ? fullDate(given, language) : spokenDate({ ...given, today: undefined }, language);
}

function fullDate({ value }: Given, language: EnglishWords): string {
  return `${monthAndDay(value, language)}${language.date.between}${englishYear(dayOf(value).year, language)}`;
}

function clockTime(value: Given['value'], language: EnglishWords): string {
  const { hour, minute } = timeOf(value);
  const { time, numbers } = language;
  const said = englishInteger(hour % 12 || 12, language);
  if (minute === 0) return said;
  if (minute === 15) return `${time.quarter} ${said}`;
  if (minute === 30) return `${time.half} ${said}`;
  return `${said} ${minute < 10 ? `${numbers.oh} ` : ''}${englishInteger(minute, language)}`;
}

function spokenTime({ value }: Given, language: EnglishWords): string {
  const { hour, minute } = timeOf(value);
  if (minute === 0 && hour % 12 === 0) return hour === 0 ? language.time.midnight : language.time.noon;
  const band = language.time.bands.findLast(({ from }) => from <= hour)?.word ?? '';
  return `${clockTime(value, language)} ${band}`;
}

/** `{n, count document|documents}`; a list is counted. */
function count({ value, argument = '' }: Given, language: EnglishWords): string {
  const n = Array.isArray(value) ? value.length : numberOf(value);
  const [one = '', many = one] = argument.split('|').map((word) => word.trim());
  return `${englishNumber(n, language)} ${n === 1 ? one : many}`.trimEnd();
}

/** `{options, list or}`: one of these is wanted. */
const listed = (items: string[], argument: string | undefined, { list }: EnglishWords): string =>
  argument === 'or' ? joined(items.map(amid), { ...list, last: list.or }) : joined(items, list);

/** A choice is written like a sentence of its own; amid another it begins small. `Senior Citizen Card` is a name. */
const amid = (item: string): string =>
  /^(?!I\b)[A-Z][a-z]* [a-z]/.test(item) ? item.charAt(0).toLowerCase() + item.slice(1) : item;

function choices(items: string[], language: EnglishWords): SpeechNode[] {
  return items.flatMap((item, n): SpeechNode[] => {
    const end = n < items.length - 1 ? language.choice.end.trimEnd() : '';
    const text = `${englishOrdinal(n + 1, language)}${language.choice.after}${amid(item)}${end}`;
    return n === 0 ? words(text) : [{ kind: 'pause', ms: SENTENCE_PAUSE }, ...words(text)];
  });
}

/** Yuan; two decimals at most. */
function money({ value }: Given, language: EnglishWords): string {
  const fen = Math.round(Math.abs(numberOf(value)) * 100);
  const [yuan, jiao, rest] = [Math.floor(fen / 100), Math.floor(fen / 10) % 10, fen % 10];
  const named = (n: number, names: string[]) => `${englishInteger(n, language)} ${n === 1 ? names[0] : names[1]}`;
  const said = [
    yuan > 0 || fen === 0 ? named(yuan, language.money.yuan) : '',
    jiao > 0 ? named(jiao, language.money.jiao) : '',
    rest > 0 ? named(rest, language.money.fen) : '',
  ];
  return `${numberOf(value) < 0 ? `${language.numbers.minus} ` : ''}${said.filter(Boolean).join(' ')}`;
}

type Unit = Exclude<keyof EnglishWords['duration'], 'halfHour'>;

/** `{n, duration minutes}`: minutes, hours, days, workdays, weeks, months or years. */
function duration({ value, argument }: Given, language: EnglishWords): string {
  const n = numberOf(value);
  if (argument === 'minutes' && n >= 60) return hours(n, language);
  if (argument === 'hours' && !Number.isInteger(n)) return hours(Math.round(n * 60), language);
  const names =
    argument && Object.hasOwn(language.duration, argument) ? language.duration[argument as Unit] : undefined;
  if (!names) throw new ValueFault(`duration of "${argument ?? ''}" is unknown`);
  return `${englishNumber(n, language)} ${n === 1 ? names[0] : names[1]}`;
}

function hours(minutes: number, language: EnglishWords): string {
  const { duration: names } = language;
  const [whole, rest] = [Math.floor(minutes / 60), Math.round(minutes % 60)];
  const named = (n: number, unit: string[]) => `${englishInteger(n, language)} ${n === 1 ? unit[0] : unit[1]}`;
  if (whole === 0) return named(rest, names.minutes);
  if (rest === 30) return `${englishInteger(whole, language)} ${names.halfHour} ${names.hours[1]}`;
  return rest > 0 ? `${named(whole, names.hours)} ${named(rest, names.minutes)}` : named(whole, names.hours);
}

/** What no schema can say of the catalogue: how its files must agree with one another. */
import type { Static } from 'typebox';
import type {
  GuideFact,
  HolidayFacts,
  PlaceFact,
  PlacesFile,
  PolicyFact,
  WindowsFile,
} from '../../store/seed/facts.ts';
import type { Read } from './file.ts';

interface Files {
  guides: Read<GuideFact>[];
  policies: Read<PolicyFact>[];
  places: Read<Static<typeof PlacesFile>>;
  windows: Read<Static<typeof WindowsFile>>;
  holidays: Read<HolidayFacts>;
}

const LEAST_MINUTES_A_DAY = 7 * 60; // at least seven hours of service a day, or a stated reason
const WELL_FOUNDED = ['H', 'M'];

/** Every contradiction as `file:line what`. */
export function contradictions(files: Files): string[] {
  return [
    ...repeated(files.guides, 'matter', ({ matter, version }) => `${matter} version ${version}`),
    ...repeated(files.policies, 'code', ({ code }) => code),
    ...files.guides.flatMap(guideProblems),
    ...files.policies.flatMap((policy) => policyProblems(policy, files.guides)),
    ...placeProblems(files.places),
    ...windowProblems(files.windows, files.places.content.places),
    ...holidayProblems(files.holidays),
  ];
}

function repeated<T>(reads: Read<T>[], key: string, nameOf: (content: T) => string): string[] {
  const seen = new Set<string>();
  return reads.flatMap((read) => {
    const name = nameOf(read.content);
    const twice = seen.has(name);
    seen.add(name);
    return twice ? [`${read.file}:${read.lineOf([key])} ${name} is there twice`] : [];
  });
}

/** Facts nobody has read in an official text, or in a copy of one, may only be shown as a sample. */
function guideProblems({ file, content, lineOf }: Read<GuideFact>): string[] {
  const weak = content.sources.findIndex((source) => !WELL_FOUNDED.includes(source.confidence));
  const problems: string[] = [];
  if (weak >= 0 && !content.sample)
    problems.push(`${file}:${lineOf(['sources', weak])} a weak source needs sample: true`);
  for (const [n, source] of content.sources.entries()) {
    for (const element of source.covers) {
      if (!(element in content.elements))
        problems.push(`${file}:${lineOf(['sources', n, 'covers'])} no element ${element}`);
    }
  }
  return problems;
}

function policyProblems({ file, content, lineOf }: Read<PolicyFact>, guides: Read<GuideFact>[]): string[] {
  const { matter, confidence, sample } = content;
  const problems: string[] = [];
  if (matter && !guides.some((guide) => guide.content.matter === matter)) {
    problems.push(`${file}:${lineOf(['matter'])} no guide for ${matter}`);
  }
  if (!WELL_FOUNDED.includes(confidence) && !sample)
    problems.push(`${file}:${lineOf(['confidence'])} a weak source needs sample: true`);
  return problems;
}

function placeProblems({ file, content, lineOf }: Files['places']): string[] {
  const kinds = new Map(content.places.map((place) => [place.code, place.kind]));
  return content.places.flatMap((place, n) => {
    const at = (key: string) => `${file}:${lineOf(['places', n, key])} ${place.code}`;
    const problems: string[] = [];
    if (place.kind === 'station' && kinds.get(place.parent ?? '') !== 'centre')
      problems.push(`${at('parent')} needs a centre`);
    if (place.parent && !kinds.has(place.parent)) problems.push(`${at('parent')} no place ${place.parent}`);
    if (opensTooShort(place))
      problems.push(`${at('hours')} is open for less than seven hours a day: give shortHours a reason`);
    return problems;
  });
}

function opensTooShort({ hours, shortHours }: PlaceFact): boolean {
  const weekdays = Object.entries(hours).filter(([day]) => Number(day) <= 5);
  const minutes = weekdays.map(([, intervals]) =>
    intervals.reduce((sum, [from, until]) => sum + minutesOf(until) - minutesOf(from), 0),
  );
  return !shortHours && (minutes.length < 5 || minutes.some((total) => total < LEAST_MINUTES_A_DAY));
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

function windowProblems({ file, content, lineOf }: Files['windows'], places: PlaceFact[]): string[] {
  const codes = new Set(places.map((place) => place.code));
  const unknown = content.windows.flatMap((window, n) =>
    codes.has(window.place) ? [] : [`${file}:${lineOf(['windows', n, 'place'])} no place ${window.place}`],
  );
  const withWindow = new Set(content.windows.map((window) => window.place));
  const bare = places.filter((place) => place.bookable && !withWindow.has(place.code));
  return [...unknown, ...bare.map((place) => `${file}:1 ${place.code} can be booked and has no window`)];
}

function holidayProblems({ file, content, lineOf }: Files['holidays']): string[] {
  return Object.entries(content.years).flatMap(([year, { off, work }]) => {
    const at = `${file}:${lineOf(['years', year])} ${year}`;
    const backwards = off.filter(({ from, to }) => from > to).map(({ name }) => `${at}: ${name} ends before it begins`);
    const both = work.filter((day) => off.some(({ from, to }) => from <= day && day <= to));
    return [...backwards, ...both.map((day) => `${at}: ${day} is off and a workday`)];
  });
}

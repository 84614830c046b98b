/** What has happened in the sample community, so that the consoles have something to show and testers something to rate. */
import { addDays } from '../../clock.ts';
import type { Fields } from '../fields.ts';
import type { call, callback, consent, proxy, rating, ticket, unmatched, visit } from '../schema.ts';
import type { BuiltCase } from './case-files.ts';
import type { Person } from './people.ts';
import type { Random } from './random.ts';
import type { SampleFacts } from './sample-facts.ts';

/** Somebody with all that hangs on her. */
export interface Neighbour {
  person: Person;
  speakerId: string;
  stationId: string;
  /** A clerk of her station, where there is one. */
  clerkId?: string;
  cases: BuiltCase[];
}

export interface HistoryParts {
  facts: SampleFacts;
  random: Random;
  fields: Fields;
  today: string;
  now: Date;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const hoursAgo = ({ now }: HistoryParts, hours: number) => new Date(now.getTime() - hours * HOUR_MS);

/** Consents as they were read out at installation; a refusal is a row too. */
export function consentsOf(parts: HistoryParts, { person }: Neighbour): (typeof consent.$inferInsert)[] {
  const given = !person.recipe.noConsent;
  const purposes = ['data', 'push'];
  const createdAt = new Date(parts.now.getTime() - 60 * DAY_MS);
  return purposes.map((purpose) => ({ residentId: person.row.id, purpose, textVersion: '1', given, createdAt }));
}

/** Finished calls and visits that nobody has rated yet. */
export function callsOf(parts: HistoryParts, { person, speakerId, clerkId }: Neighbour): (typeof call.$inferInsert)[] {
  if (!person.recipe.finished?.includes('call')) return [];
  const id = parts.random.id(`call ${person.row.id}`);
  const talkingAt = hoursAgo(parts, 21);
  const times = { createdAt: hoursAgo(parts, 21.1), talkingAt, endedAt: hoursAgo(parts, 20.9) };
  const { callNote: notes } = parts.facts.texts;
  const parties = { residentId: person.row.id, speakerId, clerkId };
  return [{ id, ...parties, reason: 'agent.call', state: 'ended', outcome: 'solved', notes, ...times, sample: true }];
}

/** Done ones to be rated, and for every second person of the special list one to come; planned where her station has a clerk. */
export function visitsOf(
  parts: HistoryParts,
  { person, clerkId }: Neighbour,
  n: number,
): (typeof visit.$inferInsert)[] {
  const { today, facts } = parts;
  const residentId = person.row.id;
  const matter = facts.byVoice[0] as string;
  const common = { residentId, matter, half: 'AM' as const, sample: true };
  const id = parts.random.id(`visit ${residentId}`);
  if (person.recipe.finished?.includes('visit')) {
    const day = addDays(today, -2 - n);
    return [{ ...common, id, day, workerId: clerkId, state: 'done', notes: facts.texts.visitNote }];
  }
  if (!person.recipe.flags?.special || n % 2 === 1) return [];
  return [{ ...common, id, day: addDays(today, 3 + n), state: clerkId ? 'planned' : 'requested', workerId: clerkId }];
}

/** Two that are owed, one of them late, and one that was made. */
export function callbacksOf(parts: HistoryParts, neighbours: Neighbour[]): (typeof callback.$inferInsert)[] {
  const common = { reason: 'agent.call', sample: true };
  const rows = [
    { ...common, dueAt: new Date(parts.now.getTime() + 2 * HOUR_MS), createdAt: hoursAgo(parts, 1) },
    { ...common, dueAt: hoursAgo(parts, 1), createdAt: hoursAgo(parts, 5), tries: 1 },
    {
      ...common,
      dueAt: hoursAgo(parts, 24),
      createdAt: hoursAgo(parts, 26),
      state: 'closed' as const,
      outcome: 'solved',
      notes: parts.facts.texts.callbackNote,
      closedAt: hoursAgo(parts, 25),
    },
  ];
  return neighbours.slice(0, rows.length).map(({ person, speakerId, stationId, clerkId }, n) => ({
    ...(rows[n] as (typeof rows)[number]),
    residentId: person.row.id,
    speakerId,
    stationId,
    clerkId: n === 0 ? undefined : clerkId,
  }));
}

/** One open and late, one answered, one closed. */
export function ticketsOf(
  parts: HistoryParts,
  neighbours: Neighbour[],
  ownerId: string | undefined,
): (typeof ticket.$inferInsert)[] {
  const { random, facts, fields, now } = parts;
  const kinds = ['complaint', 'cannot_get_done', 'suggestion'] as const;
  const states = ['open', 'answered', 'closed'] as const;
  return neighbours.slice(0, kinds.length).map(({ person }, n) => {
    const id = random.id(`ticket ${n}`);
    const number = `T${parts.today.replaceAll('-', '')}${String(n + 1).padStart(4, '0')}`;
    const textSealed = fields.seal(facts.texts.ticketText, `ticket.textSealed:${id}`);
    const answer = n === 0 ? undefined : facts.texts.ticketAnswer;
    const dueAt = new Date(now.getTime() + (n === 0 ? -1 : 2) * DAY_MS);
    const state = states[n] as (typeof states)[number];
    return {
      id,
      number,
      kind: kinds[n] as (typeof kinds)[number],
      residentId: person.row.id,
      textSealed,
      ownerId,
      dueAt,
      answer,
      state,
      sample: true,
    };
  });
}

/** What was collected long ago has been rated, from very good to poor. */
export function ratingsOf(parts: HistoryParts, neighbours: Neighbour[]): (typeof rating.$inferInsert)[] {
  const levels = [1, 2, 2, 3, 4];
  const done = neighbours.flatMap(({ person, cases }) =>
    cases
      .filter((one) => one.row.delivery === 'collected' && !person.recipe.finished?.includes('case'))
      .map(({ row }) => row),
  );
  return done.map(({ id, residentId }, n) => {
    const level = levels[n % levels.length] as number;
    const reason = level >= 4 ? parts.facts.texts.ratingReason : undefined;
    const createdAt = hoursAgo(parts, 30 + n);
    return { residentId, service: 'case' as const, serviceId: id, level, reason, createdAt, sample: true };
  });
}

/** A daughter who may collect, for some of those who live alone. */
export function proxiesOf(parts: HistoryParts, neighbours: Neighbour[]): (typeof proxy.$inferInsert)[] {
  const alone = neighbours.filter(({ person }) => person.recipe.flags?.alone).slice(0, 3);
  return alone.map(({ person }, n) => {
    const id = parts.random.id(`proxy ${n}`);
    const phone = `12001${String(n + 1).padStart(6, '0')}`;
    const { proxy: name, relation } = parts.facts.texts;
    const contact = {
      phoneSealed: parts.fields.seal(phone, `proxy.phoneSealed:${id}`),
      phoneIndex: parts.fields.index(phone),
    };
    const validFrom = new Date(parts.now.getTime() - 30 * DAY_MS);
    return {
      id,
      residentId: person.row.id,
      name,
      relation,
      ...contact,
      kind: 'collect' as const,
      authority: 'clerk' as const,
      validFrom,
    };
  });
}

/** Sentences that no rule understood, waiting to be labelled. */
export function unmatchedOf({ facts }: HistoryParts): (typeof unmatched.$inferInsert)[] {
  return facts.texts.unmatched.map((redacted, n) => ({ redacted, locale: 'zh-CN', count: n + 1 }));
}

/** Everything behind the turn, made once: stores, services, understanding, speech, dialogue. The server, the tools and the tests build on it. */
import type { Clock } from './clock.ts';
import { createHands } from './dialogue/effects/index.ts';
import { errands } from './dialogue/errands/index.ts';
import { createDialogue } from './dialogue/index.ts';
import { TALK_MACHINES, type Talk, TalkSchema } from './dialogue/talk.ts';
import type { Log } from './log.ts';
import { createMetrics } from './metrics.ts';
import type { Reply, Turn } from './platforms/platform.ts';
import { withdraw } from './platforms/speaker/registry.ts';
import { recentTurnOf } from './recent.ts';
import { createCalendar } from './services/calendar.ts';
import { loadCatalogue } from './services/catalogue/catalogue.ts';
import type { UnmatchedSentences } from './services/feedback/unmatched.ts';
import type { SpeakerTally } from './services/fleet/speaker-tally.ts';
import { createServices, type Services } from './services/index.ts';
import { createSpeech } from './speech/index.ts';
import { createBus } from './store/bus.ts';
import type { Database } from './store/database.ts';
import { createFields } from './store/fields.ts';
import { parseKey, parseKeyRing, type Secrets } from './store/keys.ts';
import { outboxCounts } from './store/outbox.ts';
import { createPresence } from './store/presence.ts';
import { createRates } from './store/rates.ts';
import { createRecentTurns, type RecentTurns } from './store/recent-turns.ts';
import type { RedisClient } from './store/redis.ts';
import { createSessions } from './store/sessions.ts';
import { createSounds } from './store/sounds.ts';
import { createSpeechRates } from './store/speech-rates.ts';
import { createTickets } from './store/tickets.ts';
import { conversationOf, createTurn, type Seen } from './turn.ts';
import { figuresOf } from './turn-figures.ts';
import { createUnderstanding } from './understanding/index.ts';

/** A talk that nobody went on with for this long begins anew. */
const TALK_SECONDS = 3600;
/** A clerk whose page shows no sign of life for so long is not at her desk. */
const CLERK_SECONDS = 20;

export interface CoreParts {
  database: Database;
  redis: RedisClient;
  /** For the bus: a connection of its own. */
  subscriber: RedisClient;
  secrets: Secrets;
  clock: Clock;
  log: Log;
  /** This process among those that share the stores. */
  instance: string;
  mfa?: 'required' | 'optional';
  /** Days after which a password has to be changed; 0: never. */
  passwordDays?: number;
  fieldCipher?: 'aes' | 'sm4';
  /** Sees every finished turn; for tests. */
  watch?: (seen: Seen) => void;
}

/** Makes all of it on stores that stand already; whoever opened them closes them. */
export function createCore({
  database,
  redis,
  subscriber,
  secrets,
  clock,
  log,
  instance,
  mfa = 'optional',
  passwordDays = 0,
  fieldCipher = 'aes',
  watch,
}: CoreParts) {
  const metrics = createMetrics();
  metrics.outbox(() => outboxCounts(database.db));
  const catalogue = loadCatalogue();
  const calendar = createCalendar(catalogue.holidays);
  const fields = createFields({
    keys: parseKeyRing(secrets.fieldKeys),
    indexKey: parseKey(secrets.indexKey, 'INDEX_KEY'),
    cipher: fieldCipher,
  });
  const presence = createPresence({ redis, clerkSeconds: CLERK_SECONDS });
  const bus = createBus({ redis, subscriber, instance });
  const browserTickets = createTickets({ redis });
  const rates = createRates({ redis });
  const speechRates = createSpeechRates({ redis });
  const sounds = createSounds({ redis });
  const sessions = createSessions<Talk, Reply>({
    redis,
    keys: parseKeyRing(secrets.secretKeys),
    clock,
    ttlSeconds: TALK_SECONDS,
    stateSchema: TalkSchema,
    machine: TALK_MACHINES,
    count: metrics.session,
  });
  const recentTurns = createRecentTurns({ redis, keys: parseKeyRing(secrets.secretKeys) });
  /** What a speaker had open is gone on every instance; a turn under way cannot bring it back. */
  const cut = async ({ brand, device }: { brand: string; device: string }) => {
    await sessions.drop(conversationOf({ brand: brand as 'speaker', device }));
    await recentTurns.forget(conversationOf({ brand: brand as 'speaker', device }));
    await withdraw(bus, device);
  };
  const services = createServices({
    database,
    redis,
    fields,
    presence,
    browserTickets,
    bus,
    rates,
    calendar,
    clock,
    log,
    mfa,
    passwordDays,
    cut,
    tell: bus.toDevice,
  });
  const { read, persons, items: matters } = createUnderstanding();
  const speech = createSpeech({ clock, matters: matters().map(({ name }) => name) });
  const answered = createTurn({
    sessions,
    homes: services.homes,
    pairing: services.pairing,
    linking: services.linking,
    whatStands: services.whatStands,
    read,
    dialogue: createDialogue({ errands }),
    handsFor: createHands(services),
    speech,
    clock,
    log,
    watch: (seen) => {
      keepUnmatched(services.unmatched, persons, seen, log);
      remember(recentTurns, seen, log);
      meet(services.networks, seen, log);
      metrics.turn(seen);
      services.figures.note(figuresOf(seen));
      watch?.(seen);
    },
  });
  const turn = counted(answered, services.tally);
  const stores = {
    database,
    redis,
    fields,
    presence,
    bus,
    browserTickets,
    sessions,
    rates,
    speechRates,
    sounds,
    recentTurns,
  };
  return {
    ...stores,
    catalogue,
    calendar,
    services,
    speech,
    read,
    matters,
    turn,
    metrics,
    secrets,
    clock,
    log,
    instance,
  };
}

/** Answers that say that something is out of order. */
const TROUBLE = new Set(['conversation.failed', 'conversation.storeDown', 'conversation.busy']);

/** Each turn at a speaker is counted for the fleet's figures, in memory. */
function counted(turn: Turn, tally: SpeakerTally): Turn {
  return async (said) => {
    const reply = await turn(said);
    if (said.kind !== 'event' && said.kind !== 'end') tally.turn(said, TROUBLE.has(reply.phrase));
    return reply;
  };
}

/** What nobody understood goes to the authors' list, redacted; she does not wait for it. */
function keepUnmatched(
  { note }: UnmatchedSentences,
  persons: (text: string) => string[],
  { said, home, before, meaning }: Seen,
  log: Log,
): void {
  if (meaning?.decision !== 'ask' || !said.text) return;
  const names = [...home.residents.flatMap((one) => [one.name, one.called]), ...persons(said.text)];
  const { locale, text } = said;
  const sentence = { text, locale, names, errand: before.frames.at(-1)?.machine, asking: before.asked?.for };
  note(sentence).catch((thrown: unknown) => log.warn({ err: thrown }, 'an unmatched sentence was not kept'));
}

/** The last sentences are kept for the clerk who may be called next; she does not wait for it. */
function remember({ note }: RecentTurns, seen: Seen, log: Log): void {
  const turn = recentTurnOf(seen);
  if (!turn) return;
  note(conversationOf(seen.said), turn).catch((thrown: unknown) => log.warn({ err: thrown }, 'a turn was not kept'));
}

/** The first city that a brand tells of in a home is where its speaker stands; of our own speaker's network its connection tells. */
function meet({ learn }: Services['networks'], { said, home }: Seen, log: Log): void {
  if (!said.network || home.networks.length > 0) return;
  learn(home.speakerId, said.network).catch((thrown: unknown) => log.warn({ err: thrown }, 'a place was not kept'));
}

export type Core = ReturnType<typeof createCore>;

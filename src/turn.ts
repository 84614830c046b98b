/**
 * READ FIRST. One spoken turn: what was said at a speaker becomes what is answered there.
 *
 *   begin     the stored reply of a retry, or the state of the talk under a lease
 *   home      whose speaker this is
 *   begun     what stands in her name, where nothing is in hand
 *   read      words to an intent with slots
 *   step      the dialogue: machines, then their effects, each once by its key
 *   compose   phrases and values to words and markup
 *   finish    compare, set, keep the reply
 *
 * It never throws: every failure has a phrase, and the talk stands as it was.
 */
import { createHash } from 'node:crypto';
import type { Clock } from './clock.ts';
import type { createHands } from './dialogue/effects/index.ts';
import type { Dialogue, Heard, Next } from './dialogue/index.ts';
import type { Talk } from './dialogue/talk.ts';
import { type Stands, standsOf, topicOf } from './dialogue/what-stands.ts';
import { asRefusal } from './errors.ts';
import type { Log } from './log.ts';
import type { Reply, Turn, Utterance } from './platforms/platform.ts';
import { compose, paceFor, quietReply } from './reply.ts';
import type { Linking } from './services/fleet/linking.ts';
import type { Pairing } from './services/fleet/pairing.ts';
import type { Home, Homes } from './services/residents/homes.ts';
import type { WhatStandsOf } from './services/residents/what-stands.ts';
import type { Speech } from './speech/speech.ts';
import { marksOf } from './speech/wording.ts';
import type { Lease, Sessions } from './store/sessions.ts';
import { strangerReply } from './stranger.ts';
import { troubleReply } from './trouble.ts';
import type { Meaning, Read } from './understanding/meaning.ts';

export interface TurnParts {
  sessions: Sessions<Talk, Reply>;
  homes: Pick<Homes, 'at'>;
  /** Codes for speakers that belong to no home yet. */
  pairing: Pick<Pairing, 'codeFor'>;
  linking: Pick<Linking, 'bind'>;
  /** What she has going on. */
  whatStands: WhatStandsOf;
  read: Read;
  dialogue: Dialogue;
  handsFor: ReturnType<typeof createHands>;
  speech: Speech;
  clock: Clock;
  log: Log;
  /** Told of each finished turn, in this process only: counters, and what tests look at. Never logged. */
  watch?: (seen: Seen) => void;
}

export interface Seen {
  said: Utterance;
  home: Home;
  /** The talk as it was when she spoke. */
  before: Talk;
  meaning?: Meaning;
  next: Next;
  reply: Reply;
}

/** A conversation belongs to one device of one brand. */
export const conversationOf = ({ brand, device }: Pick<Utterance, 'brand' | 'device'>) => `${brand}:${device}`;

/** The turn over its parts. It keeps nothing between two calls: what lasts lies in the stores. */
export function createTurn(parts: TurnParts): Turn {
  const { sessions, log } = parts;

  return async function turn(said: Utterance): Promise<Reply> {
    if (said.kind === 'event' || said.kind === 'end') return quietReply(said);
    let lease: Lease | undefined;
    try {
      const opened = await sessions.begin(conversationOf(said), said.requestId, fingerprintOf(said));
      if (opened.reply) return opened.reply;
      lease = opened;
      const home = await homeOf(parts, said);
      const { talk, reply } = await answer(parts, said, home, opened.state);
      return await sessions.finish(opened, talk, reply);
    } catch (thrown) {
      const refusal = asRefusal(thrown);
      log[refusal.level]({ err: refusal.cause ?? refusal, code: refusal.code, brand: said.brand }, 'a turn failed');
      if (lease) await sessions.release(lease);
      return troubleReply(parts, said, refusal);
    }
  };
}

/** The home of the speaker; a new one in the hands of a linked account belongs to that household from here on. */
async function homeOf({ homes, linking }: TurnParts, said: Utterance): Promise<Home | undefined> {
  const home = await homes.at(said);
  if (home || !said.linkToken) return home;
  return (await linking.bind(said)) ? homes.at(said) : undefined;
}

/** The state of the talk and what is said, by what was said. */
async function answer(
  parts: TurnParts,
  said: Utterance,
  home: Home | undefined,
  state: Talk | undefined,
): Promise<{ talk: Talk; reply: Reply }> {
  const { dialogue, handsFor, speech } = parts;
  if (!home) return { talk: state ?? dialogue.fresh(), reply: await strangerReply(parts, said) };
  const residents = home.residents.filter((one) => one.state === 'living');
  const { before, stands } = await begun(parts, state ?? dialogue.fresh(), residents);
  const heard = listenTo(parts, said, before, residents, stands);
  const hands = handsFor({ said, home, conversation: conversationOf(said) });
  const input = { kind: said.kind, text: said.text, elsewhere: isElsewhere(said, home), ...heard };
  const away = home.residents.filter((one) => one.state !== 'living');
  const next = await dialogue.step(before, input, { residents, away }, hands);
  const speaking = residents.find((one) => one.id === next.talk.residentId) ?? residents[0];
  const pace = paceFor(speaking?.pace, said.rate);
  const wanted = { pace, voice: speaking?.voice, louder: speaking?.hearing };
  const reply = compose(speech, said, next.says, {
    ...next,
    ...wanted,
    before: next.onceMore ? undefined : before.told,
  });
  parts.watch?.({ said, home, before, meaning: next.unkept ? undefined : heard.meaning, next, reply });
  return {
    talk: {
      ...next.talk,
      told: marksOf(reply.text, said.locale),
      options: reply.choices?.map((choice) => choice.text),
    },
    reply,
  };
}

/** Where nothing is in hand and it is plain who speaks: what stands in her name, and what she talks of by that. */
async function begun(
  { whatStands, clock, log }: TurnParts,
  talk: Talk,
  residents: Home['residents'],
): Promise<{ before: Talk; stands?: Stands[] }> {
  const [only, another] = residents;
  const speaking = talk.residentId ?? (another ? undefined : only?.id);
  if (!speaking || talk.frames.length > 0) return { before: talk };
  try {
    const standing = await whatStands(speaking);
    const topic = talk.topic ?? topicOf(standing, clock.now());
    return { before: { ...talk, ...(topic ? { topic } : {}) }, stands: standsOf(standing) };
  } catch (err) {
    // It helps to hear her; where the store does not answer she is heard without.
    log.warn({ err }, 'what stands was not read');
    return { before: talk };
  }
}

/** On a network that this speaker was never at home on. */
const isElsewhere = ({ elsewhere, network }: Utterance, { networks }: Home): boolean =>
  elsewhere === true || (network !== undefined && networks.length > 0 && !networks.includes(network));

/** Her words are read; an intent that a brand resolved is taken as it is. */
function listenTo(
  { read, dialogue, clock }: TurnParts,
  said: Utterance,
  talk: Talk,
  residents: Home['residents'],
  stands: Stands[] | undefined,
): Partial<Heard> {
  const { text, locale } = said;
  if (said.kind === 'words' && text) {
    const now = clock.now();
    return dialogue.hear({
      text,
      locale,
      talk,
      stands,
      names: residents.filter(({ id }) => id !== talk.residentId).map(({ name }) => name),
      read: (part, expecting) => read({ text: part, now, locale, expecting }),
    });
  }
  if (said.kind !== 'intent' || !said.intent) return {};
  const { name, slots } = said.intent;
  const meaning: Meaning = {
    intent: name as Meaning['intent'],
    slots,
    decision: 'accept',
    confidence: 1,
    why: `${said.brand} resolved it`,
  };
  return { meaning };
}

/** Tells a retry from another sentence under the same request id. */
function fingerprintOf({ kind, text, intent }: Utterance): string {
  return createHash('sha256')
    .update(JSON.stringify([kind, text, intent]))
    .digest('base64');
}

/** The same conversations at a brand's speaker: signed requests through its own adapter to the real turn, and its envelopes back. */
import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { expect } from 'vitest';
import { CAPABILITIES, type Capabilities } from '../../src/platforms/capabilities.ts';
import { cityDigest } from '../../src/platforms/city.ts';
import type { Reply } from '../../src/platforms/platform.ts';
import type { Seen } from '../../src/turn.ts';
import { alexaBody, aligenieBody, duerosBody, NOW, xiaoaiBody } from '../platforms/support/brands.ts';
import { isEnvelope } from '../platforms/support/envelopes.ts';
import { type Sender, senders, type WebhookBrand } from '../platforms/support/senders.ts';
import { signedWebhooks, startVendors } from '../platforms/support/webhooks.ts';
import { atEnd } from '../support/releasing.ts';
import type { Conversation, Step } from './file.ts';
import { playedOf } from './home.ts';
import { check, happeningOf, verify } from './play.ts';
import type { Stage } from './stage.ts';

export interface Doors {
  app: FastifyInstance;
  senders: Record<WebhookBrand, Sender>;
  /** How often a brand was asked to keep the next words for a question. */
  asked: Map<WebhookBrand, number>;
}

/** All four brands before the stage's own turn. */
export async function openDoors(stage: Stage): Promise<Doors> {
  const vendors = await startVendors();
  const { app } = await signedWebhooks(vendors, stage.core.turn, {}, { ssml: true });
  atEnd(async () => {
    await app.close();
    await vendors.close();
  });
  return { app, senders: senders(vendors), asked: new Map() };
}

/** Steps that a brand cannot take, each with the line of the capability table that says so. */
export interface Skipped {
  steps: number;
  lacks: keyof Capabilities;
}

/** Plays a file at a brand's speaker, up to the first step that the brand cannot take. */
export async function playAt(
  brand: WebhookBrand,
  doors: Doors,
  stage: Stage,
  file: Conversation,
): Promise<Skipped | undefined> {
  const can = CAPABILITIES[brand];
  if (!can.locales.includes(file.locale ?? 'zh-CN')) return { steps: file.steps.length, lacks: 'locales' };
  const home = await stage.home(file.home, brand);
  let asked: Asked | undefined;
  if (file.steps.some((step) => step.elsewhere)) await settled(brand, home.device, stage);
  for (const [index, step] of file.steps.entries()) {
    const lacks = lackingFor(step, can);
    if (lacks) return { steps: file.steps.length - index, lacks };
    if (step.minutes) stage.clock.advance({ minutes: step.minutes });
    if (!happeningOf(step)) continue;
    const at = `${brand}, step ${index + 1}: ${step.say ?? 'opened'}`;
    const held = await speakAt(brand, doors, stage, { device: home.device, step, index, asked }, at);
    check(held, step, at);
    asked = held.kept;
    if (asked) doors.asked.set(brand, (doors.asked.get(brand) ?? 0) + 1);
  }
  await verify(stage, file, home);
  return undefined;
}

function lackingFor(step: Step, can: Capabilities): keyof Capabilities | undefined {
  if (step.silence && !can.silence) return 'silence';
  return step.elsewhere && !can.network ? 'network' : undefined;
}

/** The cities that brands tell of. */
const HOME = '天津';
const AWAY = '北京';

/** It has been heard of from home before. */
async function settled(brand: WebhookBrand, device: string, stage: Stage): Promise<void> {
  const { homes, networks } = stage.core.services;
  const home = await homes.at({ brand, device });
  if (home) await networks.learn(home.speakerId, cityDigest(HOME) ?? '');
}

interface Spoken {
  device: string;
  step: Step;
  index: number;
  /** By what the answer before it keeps these words for its question. */
  asked?: Asked;
}

/** The intent and the slot that a brand was asked to fill next. */
interface Asked {
  intent: Json;
  slot: string;
}

async function speakAt(brand: WebhookBrand, { app, senders }: Doors, stage: Stage, said: Spoken, at: string) {
  stage.seen.last = undefined;
  const sender = senders[brand];
  const bytes = JSON.stringify(bodyAt(brand, said));
  const response = await app.inject({
    method: 'POST',
    url: `/webhooks/${brand}`,
    payload: bytes,
    headers: sender.headers(bytes),
  });
  expect(response.statusCode, at).toBe(200);
  expect(Buffer.byteLength(response.body), at).toBeLessThanOrEqual(24 * 1024);
  const seen = (stage.seen as { last?: Seen }).last;
  const answer = response.json() as unknown;
  expect(isEnvelope(brand, answer), `${at}: ${response.body}`).toBe(true);
  const reply = seen?.reply ?? ({ text: sender.spoken(answer) ?? '', phrase: '' } as Reply);
  expect(heardIn(sender.spoken(answer)), at).toBe(heardIn(reply.text));
  if (seen) expect(openIn(brand, answer), at).toBe(reply.listen && !reply.end);
  const asked = askedIn(answer);
  if (seen && CAPABILITIES[brand].elicits === 'words') expect(asked !== undefined, at).toBe(questionIn(reply));
  return { ...playedOf(reply, seen), kept: asked };
}

const questionIn = ({ listen, end, asking }: Reply): boolean => listen && !end && asking !== 'nothing';

function askedIn(answer: unknown): Asked | undefined {
  const directives = (answer as { response?: { directives?: Json[] } }).response?.directives ?? [];
  const dialog = directives.find(({ type }) => /^Dialog\.(Elicit|Select)Slot$/.test(String(type)));
  if (!dialog) return undefined;
  return { intent: dialog.updatedIntent as Json, slot: String(dialog.slotToElicit ?? dialog.slotToSelect) };
}

const DIGITS: Record<string, [string, string]> = Object.fromEntries(
  ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'].map((word, n) => [
    String(n),
    [[...'零一二三四五六七八九'][n] ?? '', word],
  ]),
);

/** Words alone: markup, pauses, spacing and the letter a sentence begins with are the brand's, and digits are read out by its say-as. */
function heardIn(text = ''): string {
  const chinese = /[\u4e00-\u9fff]/.test(text) ? 0 : 1;
  const plain = text.replace(/<[^>]*>/g, ' ').replace(/&(amp|lt|gt|quot|apos);/g, ' ');
  const read = plain.replace(/[0-9]/g, (digit) => DIGITS[digit]?.[chinese] ?? '').replaceAll('幺', '一');
  return read.replace(/[^\p{L}]/gu, '').toLowerCase();
}

type Json = Record<string, unknown>;

/** Whether the brand keeps listening after this answer. */
function openIn(brand: WebhookBrand, answer: unknown): boolean {
  const { response = {}, returnValue = {}, is_session_end: over } = answer as Record<string, Json>;
  if (brand === 'aligenie') return ['ASK_INF', 'SELECT'].includes(String(returnValue.resultType));
  if (brand === 'xiaoai') return !over && response.open_mic === true;
  if (brand === 'dueros') return response.shouldEndSession === false && response.expectSpeech === true;
  return response.shouldEndSession === false;
}

/** What the brand sends for this step. */
function bodyAt(brand: WebhookBrand, { device, step, index, asked }: Spoken): Json {
  const first = index === 0;
  const city = step.elsewhere ? AWAY : HOME;
  const words = step.say;
  const id = randomUUID();
  const bodies: Record<WebhookBrand, () => Json> = {
    dueros: () => duerosAt(device, words, id, { first, asked, city }),
    alexa: () => alexaAt(device, words, id, { first, asked: index % 2 ? asked : undefined }),
    aligenie: () => aligenieAt(device, words, id, { first, city }),
    xiaoai: () => xiaoaiAt(device, step, id),
  };
  return bodies[brand]();
}

interface Around {
  first: boolean;
  asked?: Asked;
  city?: string;
}

/** An errand's first sentence fits an intent of the console, what answers a question belongs to the intent that was asked. */
function duerosAt(device: string, words: string | undefined, requestId: string, { first, asked, city }: Around): Json {
  const query = { type: 'TEXT', original: words };
  const intent = asked?.intent ?? { name: first ? 'pickup_book' : 'ai.dueros.common.default_intent', slots: [] };
  const dialogState = asked ? 'IN_PROGRESS' : 'STARTED';
  const body = duerosBody(
    words === undefined
      ? { type: 'LaunchRequest', requestId, query: undefined, intents: undefined }
      : { requestId, query, dialogState, intents: [intent] },
  );
  const { System } = body.context as { System: Json };
  return {
    ...body,
    session: { new: first, sessionId: 's', attributes: [] },
    context: {
      System: {
        ...System,
        user: { userId: `u-${device}`, userInfo: { location: { city } } },
        device: { deviceId: device },
      },
    },
  };
}

/** What Alexa resolves by itself; all else comes through the one slot that takes any words. */
const BUILT_IN: [RegExp, string][] = [
  [/^(yes|yes please|right|sure|ok|okay)[.!]?$/i, 'AMAZON.YesIntent'],
  [/^(no|no thanks|no thank you)[.!]?$/i, 'AMAZON.NoIntent'],
  [/^(stop)[.!]?$/i, 'AMAZON.StopIntent'],
  [/^(help)[.!]?$/i, 'AMAZON.HelpIntent'],
];

/** While a slot is asked for, a yes may come as an intent or as a word in the slot: both happen in turn. */
function alexaAt(device: string, words: string | undefined, requestId: string, { first, asked }: Around): Json {
  const builtIn = asked ? undefined : BUILT_IN.find(([said]) => said.test(words ?? ''))?.[1];
  const slots = builtIn ? {} : { query: { name: 'query', value: words, confirmationStatus: 'NONE' } };
  const intent = { name: builtIn ?? 'words', confirmationStatus: 'NONE', slots };
  const body = alexaBody(
    words === undefined ? { type: 'LaunchRequest', requestId, intent: undefined } : { requestId, intent },
  );
  const { System } = body.context as { System: Json };
  return {
    ...body,
    session: { ...(body.session as Json), new: first, user: { userId: `u-${device}` } },
    context: { System: { ...System, user: { userId: `u-${device}` }, device: { deviceId: device } } },
  };
}

function aligenieAt(device: string, utterance: string | undefined, requestId: string, { first, city }: Around): Json {
  const who = {
    requestData: { userOpenId: `u-${device}`, deviceOpenId: device, city },
    device: { deviceOpenId: device },
  };
  const skillSession = { skillSessionId: 's', newSession: first, attributes: {} };
  const said = utterance === undefined ? { utterance: '打开家里办', intentName: 'welcome' } : { utterance };
  return aligenieBody({ ...who, skillSession, requestId, ...said });
}

function xiaoaiAt(device: string, { say, silence }: Step, request_id: string): Json {
  const type = say === undefined && !silence ? 0 : 1;
  const slot_info = type === 0 || silence ? undefined : { intent_name: 'words', slots: [] };
  const body = xiaoaiBody({ type, request_id, slot_info, ...(silence ? { no_response: true } : {}) });
  return {
    ...body,
    query: silence ? '' : (say ?? '打开家里办'),
    context: { device_id: device },
    timestamp: NOW.getTime(),
  };
}

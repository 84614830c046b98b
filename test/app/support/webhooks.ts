/** The four brands over HTTP: what a resident does becomes a request as her brand would send it, signed at this moment. */
import { randomUUID } from 'node:crypto';
import { at } from '../../../src/platforms/foreign.ts';
import {
  ALEXA_SKILL,
  ALIGENIE_SKILL,
  alexaBody,
  alexaHeaders,
  aligenieBody,
  aligenieHeaders,
  DUEROS_SKILL,
  duerosBody,
  duerosHeaders,
  type Headers,
  XIAOAI_APP,
  xiaoaiBody,
  xiaoaiHeaders,
} from '../../platforms/support/brands.ts';
import type { Vendors } from './vendors.ts';

export type WebhookBrand = 'alexa' | 'dueros' | 'aligenie' | 'xiaoai';
export const WEBHOOK_BRANDS: WebhookBrand[] = ['dueros', 'alexa', 'aligenie', 'xiaoai'];

/** What happens at a speaker. An intent with slots is what Alexa makes of a sentence; the others hand over the words. */
export type Happening =
  | { words: string }
  | { intent: string; slots?: Record<string, string> }
  | { launch: true }
  | { end: true }
  | { unknown: string };

export interface Letter {
  body: string;
  headers: Headers;
}

/** How a request differs from an honest one of this moment. */
export interface Stamp {
  requestId?: string;
  skill?: string;
  when?: Date;
}

export interface Ids {
  deviceId: string;
  userId: string;
}

type Json = Record<string, unknown>;
interface Given extends Required<Stamp> {
  ids: Ids;
}

/** Request bodies by brand. */
const BODIES: Record<WebhookBrand, (happening: Happening, given: Given) => Json> = {
  dueros: (happening, { requestId, when, ids, skill }) => {
    const stamped = { requestId, timestamp: String(Math.floor(when.getTime() / 1000)) };
    const System = {
      user: { userId: ids.userId },
      application: { applicationId: skill },
      device: { deviceId: ids.deviceId, supportedInterfaces: { VoiceInput: [] } },
    };
    const query = 'words' in happening ? { query: { type: 'TEXT', original: happening.words } } : {};
    return duerosBody({ ...stamped, ...query, ...typeOf(happening) }, { context: { System } });
  },
  alexa: (happening, { requestId, when, ids, skill }) => {
    const application = { applicationId: skill };
    const user = { userId: ids.userId };
    const device = { deviceId: ids.deviceId, supportedInterfaces: {} };
    const stamped = { requestId, timestamp: when.toISOString() };
    return alexaBody(
      { ...stamped, intent: alexaIntent(happening), ...typeOf(happening) },
      {
        session: { new: false, sessionId: 'amzn1.echo-api.session.1', application, user },
        context: { System: { application, user, device } },
      },
    );
  },
  aligenie: (happening, { requestId, ids, skill }) =>
    aligenieBody({
      requestId,
      skillId: Number(skill),
      utterance: 'words' in happening ? happening.words : '',
      intentName: 'launch' in happening ? 'welcome' : 'talk',
      requestData: { userOpenId: ids.userId, deviceOpenId: ids.deviceId },
      device: { deviceOpenId: ids.deviceId },
      ...('end' in happening ? newerEnvelope('SessionEndedRequest') : {}),
      ...('unknown' in happening ? newerEnvelope(happening.unknown) : {}),
    }),
  xiaoai: (happening, { requestId, when, ids, skill }) =>
    xiaoaiBody(
      {
        request_id: requestId.replaceAll('-', ''),
        timestamp: when.getTime(),
        type: 'launch' in happening ? 0 : 'end' in happening ? 2 : 1,
        ...('launch' in happening ? { slot_info: undefined } : {}),
        ...('unknown' in happening ? { event_type: happening.unknown } : {}),
      },
      {
        query: 'words' in happening ? happening.words : '',
        session: { is_new: false, session_id: 's', application: { app_id: skill }, user: { user_id: ids.userId } },
        context: { device_id: ids.deviceId, device_category: 'soundbox' },
      },
    ),
};

const typeOf = (happening: Happening): Json => {
  if ('launch' in happening) return { type: 'LaunchRequest' };
  if ('end' in happening) return { type: 'SessionEndedRequest', reason: 'USER_INITIATED' };
  return 'unknown' in happening ? { type: happening.unknown } : {};
};

/** The protocol that only the vendor's model classes show, and that is switched off. */
const newerEnvelope = (type: string): Json => ({ request: { type }, context: { system: {} }, version: '2.0' });

function alexaIntent(happening: Happening): Json {
  const slots =
    'words' in happening ? { query: happening.words } : 'intent' in happening ? (happening.slots ?? {}) : {};
  const name = 'intent' in happening ? happening.intent : 'anything';
  return { name, confirmationStatus: 'NONE', slots: Object.fromEntries(Object.entries(slots).map(alexaSlot)) };
}

/** An item comes with the id of our own catalogue beside what was heard. */
function alexaSlot([name, value]: [string, string]): [string, Json] {
  if (name !== 'item') return [name, { name, value, confirmationStatus: 'NONE' }];
  const match = { status: { code: 'ER_SUCCESS_MATCH' }, values: [{ value: { name: 'senior card', id: value } }] };
  return [name, { name, value: 'senior card', resolutions: { resolutionsPerAuthority: [match] } }];
}

const SKILLS: Record<WebhookBrand, string> = {
  dueros: DUEROS_SKILL,
  alexa: ALEXA_SKILL,
  aligenie: ALIGENIE_SKILL,
  xiaoai: XIAOAI_APP,
};

/** What is said in an answer, without markup; undefined when nothing is. */
const SPOKEN: Record<WebhookBrand, (answer: unknown) => unknown> = {
  dueros: (answer) => at(answer, 'response', 'outputSpeech', 'ssml') ?? at(answer, 'response', 'outputSpeech', 'text'),
  alexa: (answer) => at(answer, 'response', 'outputSpeech', 'ssml'),
  aligenie: (answer) => at(answer, 'returnValue', 'reply'),
  xiaoai: (answer) => at(answer, 'response', 'to_speak', 'text'),
};

export interface Answer {
  status: number;
  /** As it came over the wire. */
  body: string;
  /** Without markup; empty when nothing is said. */
  spoken: string;
}

export function createWebhook(brand: WebhookBrand, { url, vendors, ids }: { url: string; vendors: Vendors; ids: Ids }) {
  const address = new URL(`/webhooks/${brand}`, url);

  /** Bytes as they are, with what proves that the brand sent them. */
  function sign<Body extends string | Buffer>(body: Body, when = new Date()): { body: Body; headers: Headers } {
    const headers = {
      dueros: () => duerosHeaders(vendors.dueros, body),
      alexa: () => alexaHeaders(vendors.alexa, body),
      aligenie: () => aligenieHeaders(),
      xiaoai: () => xiaoaiHeaders(body, { host: address.host, date: when.toUTCString() }),
    };
    return { body, headers: headers[brand]() };
  }

  /** A request of this moment, unless `stamp` says otherwise. */
  function letter(happening: Happening, stamp: Stamp = {}): Letter {
    const { requestId = randomUUID(), skill = SKILLS[brand], when = new Date() } = stamp;
    return sign(JSON.stringify(BODIES[brand](happening, { requestId, skill, when, ids })), when);
  }

  /** `patience`: milliseconds after which the brand has gone. */
  async function send({ body, headers }: Letter, patience = 30_000): Promise<Answer> {
    const { host: _, ...sent } = headers; // fetch writes it
    const signal = AbortSignal.timeout(patience);
    const response = await fetch(address, { method: 'POST', body, headers: sent, signal });
    const text = await response.text();
    const spoken = String(SPOKEN[brand](JSON.parse(text)) ?? '').replace(/<[^>]+>/g, '');
    return { status: response.status, body: text, spoken };
  }

  return { brand, address, letter, sign, send };
}

export type Webhook = ReturnType<typeof createWebhook>;

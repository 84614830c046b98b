/** Each brand as a sender: its keys, its headers, and small honest requests. */
import { createHash, createHmac, createPrivateKey, createSign, type KeyObject } from 'node:crypto';
import type { Issued } from './authority.ts';

/** The instant at which all these tests take place. */
export const NOW = new Date('2026-11-23T09:30:00+08:00');

export const DUEROS_SKILL = 'dueros-skill-0001';
export const ALEXA_SKILL = 'amzn1.ask.skill.0001';
export const DUEROS_CERT_URL = 'https://duer.bdstatic.com/saiya/flow/dueros-api.baidu.com.cer.txt';
export const ALEXA_CERT_URL = 'https://s3.amazonaws.com/echo.api/echo-api-cert-12.pem';

export type Headers = Record<string, string>;

/** Parsed once: a test signs hundreds of bodies. */
const parsed = new Map<string, KeyObject>();
function sign(algorithm: string, key: string, body: string | Buffer): string {
  const signer = parsed.get(key) ?? createPrivateKey(key);
  parsed.set(key, signer);
  return createSign(algorithm).update(body).sign(signer, 'base64');
}

export function duerosHeaders(leaf: Issued, body: string | Buffer, url = DUEROS_CERT_URL): Headers {
  return {
    'content-type': 'application/json',
    signature: sign('RSA-SHA1', leaf.privateKey, body),
    signaturecerturl: url,
  };
}

export function alexaHeaders(leaf: Issued, body: string | Buffer, url = ALEXA_CERT_URL): Headers {
  return {
    'content-type': 'application/json',
    signature: sign('RSA-SHA1', leaf.privateKey, body),
    'signature-256': sign('RSA-SHA256', leaf.privateKey, body),
    signaturecertchainurl: url,
  };
}

type Json = Record<string, unknown>;

export function duerosBody(request: Json = {}, envelope: Json = {}): Json {
  return {
    version: '2.0',
    session: { new: false, sessionId: 'session-1', attributes: {} },
    context: {
      System: {
        user: { userId: 'user-1' },
        application: { applicationId: DUEROS_SKILL },
        device: { deviceId: 'device-1', supportedInterfaces: { VoiceInput: [] } },
      },
    },
    request: {
      type: 'IntentRequest',
      requestId: 'request-1',
      timestamp: String(NOW.getTime() / 1000),
      query: { type: 'TEXT', original: '我想查老年证' },
      dialogState: 'STARTED',
      intents: [{ name: 'progress.query', score: 100, confirmationStatus: 'NONE', slots: {} }],
      ...request,
    },
    ...envelope,
  };
}

export function alexaBody(request: Json = {}, envelope: Json = {}): Json {
  return {
    version: '1.0',
    session: {
      new: false,
      sessionId: 'amzn1.echo-api.session.1',
      application: { applicationId: ALEXA_SKILL },
      attributes: {},
      user: { userId: 'amzn1.ask.account.1' },
    },
    context: {
      System: {
        application: { applicationId: ALEXA_SKILL },
        user: { userId: 'amzn1.ask.account.1' },
        device: { deviceId: 'device-1', supportedInterfaces: {} },
      },
    },
    request: {
      type: 'IntentRequest',
      requestId: 'amzn1.echo-api.request.1',
      timestamp: NOW.toISOString(),
      locale: 'en-US',
      intent: { name: 'progress_query', confirmationStatus: 'NONE', slots: {} },
      ...request,
    },
    ...envelope,
  };
}

export const ALIGENIE_SKILL = '110255';
export const ALIGENIE_HEADER = 'x-jialiban';
export const ALIGENIE_SECRET = 'a-long-random-secret';

export function aligenieHeaders(secret = ALIGENIE_SECRET): Headers {
  return { 'content-type': 'application/json', [ALIGENIE_HEADER]: secret };
}

export function aligenieBody(members: Json = {}): Json {
  return {
    sessionId: 'session-1',
    utterance: '我想查老年证',
    requestData: { userOpenId: 'user-1', deviceOpenId: 'device-1' },
    botId: 158095,
    skillId: 110255,
    intentId: 186450,
    intentName: 'progress.query',
    slotEntities: [],
    requestId: '20261123093000004-1277958919',
    device: { deviceOpenId: 'device-1' },
    skillSession: { skillSessionId: 's-1', newSession: false, attributes: {} },
    ...members,
  };
}

export const XIAOAI_APP = '553276583931288576';
export const XIAOAI_KEY_ID = 'key_id';
export const XIAOAI_SECRET = 'c2VjcmV0';

export function xiaoaiHeaders(
  body: string | Buffer,
  changed: { path?: string; date?: string; host?: string; md5?: string } = {},
): Headers {
  const md5 = changed.md5 ?? createHash('md5').update(body).digest('base64');
  const date = changed.date ?? NOW.toUTCString();
  const host = changed.host ?? 'localhost:80';
  const signed = ['POST', changed.path ?? '/webhooks/xiaoai', '', date, host, 'application/json', md5];
  const hmac = createHmac('sha256', Buffer.from(XIAOAI_SECRET, 'base64'))
    .update(`${signed.join('\n')}\n`)
    .digest('hex');
  return {
    host,
    'content-type': 'application/json',
    'content-md5': md5,
    'x-xiaomi-date': date,
    authorization: `MIAI-HmacSHA256-V1 ${XIAOAI_KEY_ID}::${hmac}`,
  };
}

export function xiaoaiBody(request: Json = {}, envelope: Json = {}): Json {
  return {
    version: '1.0',
    query: '我想查老年证',
    session: {
      is_new: false,
      session_id: 'session-1',
      application: { app_id: XIAOAI_APP },
      user: { user_id: 'user-1==' },
    },
    request: {
      type: 1,
      request_id: '0123456789abcdef0123456789abcdef',
      timestamp: NOW.getTime(),
      locale: 'zh-CN',
      slot_info: { intent_name: 'progress.query', slots: [] },
      ...request,
    },
    context: { device_id: 'device-1==', device_category: 'soundbox' },
    ...envelope,
  };
}

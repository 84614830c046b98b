/** Events to a property system, signed as Standard Webhooks 1.0.0 asks: HMAC-SHA256 over `id.timestamp.body`. */
import { createHmac } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { callOut, type Outcome, outcomeOf } from '../outward.ts';

export interface Posted {
  outcome: Outcome;
  why: string;
  /** The receiver says that this address is over (410): it is not asked again. */
  gone: boolean;
}

export interface WebhookTarget {
  url: string;
  /** `whsec_` and base64. */
  secret: string;
}

export interface WebhookOptions {
  /** Addresses of this very machine are for the sample community and tests. */
  allowLoopback: boolean;
  /** Real time: receivers refuse what is older than a few minutes. */
  clock: { now(): Date };
  deadlineMs?: number;
}

export type Webhook = ReturnType<typeof createWebhook>;

/** `webhook-signature` of a message. */
function signatureOf(secret: string, id: string, seconds: number, body: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`;
}

/** The name is resolved before each post: metadata services and, unless allowed, this very machine are never called. A private network is, since the receiver may stand there. */
export function createWebhook({ allowLoopback, clock, deadlineMs }: WebhookOptions) {
  /** Posts one event. Never throws: no answer is `later`, under the same id. */
  async function post(target: WebhookTarget, id: string, event: unknown): Promise<Posted> {
    const body = JSON.stringify(event);
    const seconds = Math.floor(clock.now().getTime() / 1000);
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'webhook-id': id,
      'webhook-timestamp': String(seconds),
      'webhook-signature': signatureOf(target.secret, id, seconds, body),
    };
    try {
      if (!(await mayGoTo(target.url, allowLoopback)))
        return { outcome: 'refused', why: 'forbidden address', gone: false };
      const { status } = await callOut(target.url, { method: 'POST', headers, body, deadlineMs });
      return { outcome: outcomeOf(status), why: `status ${status}`, gone: status === 410 };
    } catch (thrown) {
      return {
        outcome: 'later',
        why: `no answer: ${thrown instanceof Error ? thrown.name : typeof thrown}`,
        gone: false,
      };
    }
  }

  return { post };
}

/** Neighbours that clouds give every machine (metadata services), and nowhere. */
const NEVER = blocked(['169.254.0.0/16', '0.0.0.0/8', 'fe80::/10', '::/128']);
const LOOPBACK = blocked(['127.0.0.0/8', '::1/128']);

function blocked(ranges: string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [net = '', bits] = range.split('/');
    list.addSubnet(net, Number(bits), familyOf(net));
  }
  return list;
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}

async function mayGoTo(url: string, allowLoopback: boolean): Promise<boolean> {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
  const addresses = isIP(host) ? [host] : (await inTime(lookup(host, { all: true }))).map(({ address }) => address);
  return addresses.every((address) => {
    const family = familyOf(address);
    return !NEVER.check(address, family) && (allowLoopback || !LOOPBACK.check(address, family));
  });
}

const LOOKUP_MS = 3_000;

/** The resolver itself may wait for minutes. */
async function inTime<T>(work: Promise<T>): Promise<T> {
  const signal = AbortSignal.timeout(LOOKUP_MS);
  const late = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  return Promise.race([work, late]);
}

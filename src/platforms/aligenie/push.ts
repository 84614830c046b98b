import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import { callOut, type OutwardAnswer, outcomeOf } from '../../outward.ts';
import { at, textAt } from '../foreign.ts';
import { type Limits, limitsOf, type Push, type Pushed, type PushTarget, WAIT_SECONDS } from '../push.ts';
import { type AccessKey, sha256, signAcs3 } from './acs3.ts';

export interface AligeniePushOptions extends AccessKey {
  apiUrl: string;
  skillId: string;
  /** The console's approved template. Ours has no placeholders: it says that there is a message, and no more. */
  templateId: string;
  organizationId?: string;
  /** The real clock: the signature carries it. */
  clock: Clock;
  /** Of the contract. */
  limits?: Partial<Limits>;
  deadlineMs?: number;
}

const PATH = '/v1.0/iap/notifications';
/** Its ways to say that we ask too often. */
const THROTTLED = /throttl|flow/i;
const BUSY = /busy|unavailable/i;
/** Nothing is published for skills. */
const CAUTIOUS = 120;

/** PushNotifications of AliGenie's OpenAPI: one user or one device, by template. */
export function createAligeniePush(options: AligeniePushOptions): Push {
  const url = new URL(PATH, options.apiUrl);

  async function send(target: PushTarget): Promise<Pushed> {
    const body = JSON.stringify(bodyOf(target, options));
    const headers = signedHeaders(url, body, options);
    try {
      return outcomeIn(await callOut(url, { method: 'PUT', headers, body, deadlineMs: options.deadlineMs }));
    } catch {
      return 'later';
    }
  }

  return { brand: 'aligenie', limits: limitsOf(CAUTIOUS, options.limits), send };
}

function bodyOf(target: PushTarget, { skillId, templateId, organizationId }: AligeniePushOptions) {
  return {
    NotificationUnicastRequest: {
      PlaceHolder: {},
      MessageTemplateId: templateId,
      EncodeType: 'SKILL_ID',
      EncodeKey: skillId,
      SendTarget: audienceOf(target),
      ...(organizationId ? { OrganizationId: organizationId } : {}),
      IsDebug: false,
    },
    TenantInfo: {},
  };
}

/** Where the brand left the device out, its user stands in its place. */
function audienceOf({ device, user }: PushTarget) {
  return device === user
    ? { TargetType: 'USER_OPEN_ID', TargetIdentity: user }
    : { TargetType: 'DEVICE_OPEN_ID', TargetIdentity: device };
}

function signedHeaders(url: URL, body: string, { clock, ...key }: AligeniePushOptions): Record<string, string> {
  const headers = {
    'content-type': 'application/json',
    'x-acs-action': 'PushNotifications',
    'x-acs-version': 'iap_1.0',
    'x-acs-date': `${clock.now().toISOString().slice(0, 19)}Z`,
    'x-acs-signature-nonce': randomUUID(),
    'x-acs-content-sha256': sha256(body), // demanded by the gateway of this signature version
  };
  const signable = { method: 'PUT', path: url.pathname, query: '', headers: { ...headers, host: url.host }, body };
  return { ...headers, authorization: signAcs3(signable, key) };
}

/** Some answers carry their failure in a body with status 200. */
function outcomeIn({ status, body: answer, retryAfter = WAIT_SECONDS }: OutwardAnswer): Pushed {
  const code = textAt(answer, 'code') ?? textAt(answer, 'Code') ?? '';
  if (status === 429 || THROTTLED.test(code)) return { wait: retryAfter };
  if (BUSY.test(code)) return 'later';
  if (status === 200 && (at(answer, 'success') === false || at(answer, 'Success') === false)) return 'refused';
  return outcomeOf(status);
}

import type { Clock } from '../../clock.ts';
import { callOut, type OutwardAnswer, outcomeOf } from '../../outward.ts';
import { type Limits, limitsOf, type Notice, type Push, type Pushed, type PushTarget, WAIT_SECONDS } from '../push.ts';
import { createAlexaToken } from './token.ts';

export interface AlexaPushOptions {
  clientId: string;
  clientSecret: string;
  /** Of the region: https://api.amazonalexa.com, api.eu… or api.fe… */
  apiUrl: string;
  tokenUrl: string;
  /** A skill that is not published yet has its events at another address. */
  stage: 'live' | 'development';
  /** Who a message is from, as Alexa says it. */
  sender: string;
  /** The real clock: events carry it. */
  clock: Clock;
  /** Of the contract. */
  limits?: Partial<Limits>;
  deadlineMs?: number;
}

const PATHS = { live: '/v1/proactiveEvents', development: '/v1/proactiveEvents/stages/development' };
const SHORTEST_S = 5 * 60;
const LONGEST_S = 24 * 3600;
/** The user's share of notifications is used up. */
const NOTIFICATION_LIMIT = 432;
const DUPLICATE = 409;
const THROTTLED = 429;
/** Nothing is published but that there is a limit (429, 432). */
const CAUTIOUS = 300;

/** Proactive events: the fixed schema says that one new message waits, and from whom. The user must have opted in. */
export function createAlexaPush(options: AlexaPushOptions): Push {
  const url = new URL(PATHS[options.stage], options.apiUrl);
  const token = createAlexaToken(options);

  async function post(body: string): Promise<OutwardAnswer> {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${await token.get()}` };
    return callOut(url, { method: 'POST', headers, body, deadlineMs: options.deadlineMs });
  }

  async function send(target: PushTarget, notice: Notice): Promise<Pushed> {
    if (!target.user || notice.forSeconds < SHORTEST_S) return 'refused'; // the service takes nothing shorter
    const body = JSON.stringify(eventOf(target.user, notice, options));
    try {
      const answer = await post(body);
      if (answer.status !== 401) return outcomeIn(answer);
      token.drop();
      return outcomeIn(await post(body));
    } catch {
      return 'later';
    }
  }

  return { brand: 'alexa', limits: limitsOf(CAUTIOUS, options.limits), send };
}

function eventOf(user: string, { id, forSeconds }: Notice, { clock, sender }: AlexaPushOptions) {
  const now = clock.now();
  return {
    timestamp: now.toISOString(),
    referenceId: id,
    expiryTime: new Date(now.getTime() + Math.min(forSeconds, LONGEST_S) * 1000).toISOString(),
    event: {
      name: 'AMAZON.MessageAlert.Activated',
      payload: {
        state: { status: 'UNREAD', freshness: 'NEW' },
        messageGroup: { creator: { name: sender }, count: 1 },
      },
    },
    localizedAttributes: [],
    relevantAudience: { type: 'Unicast', payload: { user } },
  };
}

/** A duplicate was accepted before: the acknowledgement had been lost. Her own share may be used up, which is nobody else's matter. */
function outcomeIn({ status, retryAfter = WAIT_SECONDS }: OutwardAnswer): Pushed {
  if (status === THROTTLED) return { wait: retryAfter };
  if (status === DUPLICATE) return 'sent';
  return status === NOTIFICATION_LIMIT ? 'later' : outcomeOf(status);
}

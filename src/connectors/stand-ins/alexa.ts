/** Amazon's token service and proactive events on one address. A reference that was accepted before is a 409, as there. */
import { randomBytes } from 'node:crypto';
import { type Asked, type StandIn, standIn, type Told } from './server.ts';

export interface AlexaStandIn extends StandIn {
  tokenUrl: string;
  /** Accepted events, each once. */
  events(): Record<string, unknown>[];
  /** Reminders that were made, in order. */
  reminders(): Record<string, unknown>[];
  /** How many tokens were given out. */
  tokens(): number;
  /** Every token given out so far is of no use any more. */
  forget(): void;
}

interface Client {
  clientId: string;
  clientSecret: string;
  /** The token that a request in a session carries. */
  apiAccessToken?: string;
}

const TOKEN_PATH = '/auth/o2/token';
const REMINDERS_PATH = '/v1/alerts/reminders';
const EVENTS_PATHS = new Set(['/v1/proactiveEvents', '/v1/proactiveEvents/stages/development']);

/** Listens on a free port of this machine until `close()`. It knows one client; another secret is a 401. */
export async function startAlexa(client: Client): Promise<AlexaStandIn> {
  const valid = new Set<string>();
  const accepted = new Map<string, Record<string, unknown>>();
  const made: Record<string, unknown>[] = [];
  let given = 0;
  const token = (): Told => {
    const made = randomBytes(16).toString('hex');
    valid.add(made);
    given += 1;
    return { status: 200, body: { access_token: made, token_type: 'bearer', expires_in: 3600, scope: SCOPE } };
  };
  const server = await standIn((asked) => {
    if (asked.path === TOKEN_PATH) return asksRightly(asked, client) ? token() : { status: 401 };
    if (asked.path === REMINDERS_PATH) return keep(asked, client, made);
    return EVENTS_PATHS.has(asked.path) ? take(asked, valid, accepted) : { status: 404 };
  });
  const tokenUrl = `${server.url}${TOKEN_PATH}`;
  return {
    ...server,
    tokenUrl,
    events: () => [...accepted.values()],
    reminders: () => made,
    tokens: () => given,
    forget: () => valid.clear(),
  };
}

const SCOPE = 'alexa::proactive_events';

function asksRightly({ body }: Asked, { clientId, clientSecret }: Client): boolean {
  const form = new URLSearchParams(body);
  const given = ['grant_type', 'client_id', 'client_secret', 'scope'].map((name) => form.get(name));
  return given.join(' ') === `client_credentials ${clientId} ${clientSecret} ${SCOPE}`;
}

function take({ headers, body }: Asked, valid: Set<string>, accepted: Map<string, Record<string, unknown>>): Told {
  if (!valid.has(String(headers.authorization).replace('Bearer ', ''))) return { status: 401 };
  const event = JSON.parse(body) as Record<string, unknown>;
  const reference = String(event.referenceId ?? '');
  if (!reference || !event.relevantAudience || !event.event || !lasts(event)) return { status: 400 };
  if (accepted.has(reference)) return { status: 409 };
  accepted.set(reference, event);
  return { status: 202 };
}

/** As documented: a time to come in a zone, words in a locale, and the user's own token. */
function keep({ headers, body }: Asked, { apiAccessToken }: Client, made: Record<string, unknown>[]): Told {
  if (!apiAccessToken || headers.authorization !== `Bearer ${apiAccessToken}`) return { status: 401 };
  const asked = JSON.parse(body) as {
    trigger?: Record<string, string>;
    alertInfo?: { spokenInfo?: { content?: { text?: string }[] } };
  };
  const { type, scheduledTime = '', timeZoneId } = asked.trigger ?? {};
  const timed = type === 'SCHEDULED_ABSOLUTE' && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}$/.test(scheduledTime);
  if (!timed || !timeZoneId || !asked.alertInfo?.spokenInfo?.content?.[0]?.text) return { status: 400 };
  made.push(asked);
  return { status: 201, body: { alertToken: String(made.length), status: 'ON' } };
}

/** Five minutes to a day after its time stamp. */
function lasts({ timestamp, expiryTime }: Record<string, unknown>): boolean {
  const minutes = (Date.parse(String(expiryTime)) - Date.parse(String(timestamp))) / 60_000;
  return minutes >= 5 && minutes <= 24 * 60;
}

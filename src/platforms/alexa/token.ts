import type { Clock } from '../../clock.ts';
import { callOut } from '../../outward.ts';
import { at, textAt } from '../foreign.ts';

export interface AlexaTokenOptions {
  clientId: string;
  clientSecret: string;
  tokenUrl: string;
  clock: Clock;
  deadlineMs?: number;
}

/** Taken anew this long before it ends, so that none ends on its way. */
const MARGIN_MS = 60_000;
const LASTS_S = 3600;

/** The client's token for proactive events, asked for once and kept while it lasts; callers at once share one question. */
export function createAlexaToken({ clientId, clientSecret, tokenUrl, clock, deadlineMs }: AlexaTokenOptions) {
  let held: { token: Promise<string>; until: number } | undefined;

  async function ask(): Promise<string> {
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
      scope: 'alexa::proactive_events',
    });
    const headers = { 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8' };
    const { status, body } = await callOut(tokenUrl, { method: 'POST', headers, body: form.toString(), deadlineMs });
    const token = textAt(body, 'access_token');
    if (status !== 200 || !token) throw new Error(`no token: status ${status}`);
    const seconds = Number(at(body, 'expires_in') ?? LASTS_S);
    if (held) held.until = clock.now().getTime() + seconds * 1000 - MARGIN_MS;
    return token;
  }

  return {
    /** @throws Error when none is given out */
    async get(): Promise<string> {
      if (held && held.until > clock.now().getTime()) return held.token;
      const mine = { token: ask(), until: Number.POSITIVE_INFINITY };
      held = mine;
      mine.token.catch(() => {
        if (held === mine) held = undefined;
      });
      return mine.token;
    },
    /** It was refused: the next one is asked for. */
    drop(): void {
      held = undefined;
    },
  };
}

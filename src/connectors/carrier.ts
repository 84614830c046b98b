/** A carrier's two-way call (双向呼叫): it rings the clerk, then the resident, and joins them. Neither sees the other's number. */
import { callOut, outcomeOf } from '../outward.ts';

export interface TwoWayCall {
  /** Ours: the carrier rings once for it, however often it is asked. */
  key: string;
  /** Who is rung first. */
  from: string;
  to: string;
}

export interface Carrier {
  /** @returns the carrier's name for the call; undefined when it refused or could not be reached in time */
  connect(call: TwoWayCall): Promise<string | undefined>;
}

/**
 * `POST {url}/calls {key,from,to}` → 2xx `{call}`; the key of the account in `authorization`. What became of it the carrier
 * tells with the same key: `POST /webhooks/carrier {key,state: talked|no_answer|busy|failed}`.
 */
export function createCarrier({ url, key }: { url: string; key?: string }): Carrier {
  const headers = { 'content-type': 'application/json', ...(key ? { authorization: `Bearer ${key}` } : {}) };
  return {
    async connect(call) {
      const body = JSON.stringify(call);
      const answer = await callOut(`${url}/calls`, {
        method: 'POST',
        headers: { ...headers, 'idempotency-key': call.key },
        body,
      }).catch(() => undefined);
      if (!answer || outcomeOf(answer.status) !== 'sent') return undefined;
      const name = (answer.body as { call?: unknown } | undefined)?.call;
      return typeof name === 'string' ? name : undefined;
    },
  };
}

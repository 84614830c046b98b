/** Device events on their way to the property system: each endpoint hears each event at least once, and knows repeats by `webhook-id`. */
import type { Webhook } from '../connectors/webhook.ts';
import type { WebhookEndpoints } from '../services/fleet/webhook-endpoints.ts';
import type { DueMessage } from '../store/outbox.ts';
import type { Route, Verdict } from './deliveries.ts';

const HOUR = 3600_000;
/** Ten seconds, then longer and longer: about two days in all. */
const PATIENCE = { atOnce: 50, attempts: 18, firstMs: 10_000, longestMs: 6 * HOUR };

export interface WebhookParts {
  endpoints: Pick<WebhookEndpoints, 'at' | 'noted'>;
  webhook: Webhook;
}

/** For the outbox. The address is looked up at each try: one that was removed meanwhile is given up, one that answers 410 is shut. */
export function webhookRoute({ endpoints, webhook }: WebhookParts): Route {
  async function deliver({ id, payload }: DueMessage): Promise<Verdict> {
    const endpointId = String(payload.endpointId);
    const target = await endpoints.at(endpointId);
    if (!target) return { outcome: 'refused', why: 'endpoint removed' };
    const { outcome, why, gone } = await webhook.post(target, id, payload.event);
    await endpoints.noted(endpointId, why, gone);
    if (gone) return { outcome: 'refused', why };
    return outcome === 'sent' ? { outcome } : { outcome, why };
  }
  return { ...PATIENCE, deliver };
}

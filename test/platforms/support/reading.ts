/** What a brand makes of a request: the utterance that reached the turn, and the envelope that went back. */
import { afterAll } from 'vitest';
import type { AlexaOptions } from '../../../src/platforms/alexa/index.ts';
import type { AligenieOptions } from '../../../src/platforms/aligenie/index.ts';
import type { Reply } from '../../../src/platforms/platform.ts';
import { type Sender, senders, type WebhookBrand } from './senders.ts';
import { recordingTurn } from './turns.ts';
import { signedWebhooks, startVendors } from './webhooks.ts';

export async function readingOf(
  brand: WebhookBrand,
  options: Partial<AligenieOptions> = {},
  reminders?: AlexaOptions['reminders'],
) {
  const vendors = await startVendors();
  const next: { reply: Partial<Reply> } = { reply: {} };
  const { turn, heard } = recordingTurn(() => next.reply);
  const { app } = await signedWebhooks(vendors, turn, {}, options, reminders);
  const sender: Sender = senders(vendors)[brand];
  afterAll(async () => {
    await app.close();
    await vendors.close();
  });

  /** Sends bytes as the brand would, signed. */
  async function send(body: string | Buffer | Record<string, unknown>, reply: Partial<Reply> = {}) {
    next.reply = reply;
    heard.length = 0;
    const bytes = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
    const response = await app.inject({
      method: 'POST',
      url: `/webhooks/${brand}`,
      payload: bytes,
      headers: sender.headers(bytes),
    });
    return {
      status: response.statusCode,
      said: heard[0],
      answer: response.json() as Record<string, never>,
      text: response.body,
    };
  }

  let count = 0;
  /** A request id of its own: what was answered before is not asked again. */
  const fresh = () => `fresh-${++count}`;
  return { app, send, fresh };
}

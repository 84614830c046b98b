/** One face for our own socket and the four brands: a door through which she says something and hears something. */
import { randomUUID } from 'node:crypto';
import { connectSpeaker } from '../../../src/tools/speaker-client.ts';
import type { BuiltApp } from '../../support/app.ts';
import { atEnd } from '../../support/releasing.ts';
import type { Vendors } from './vendors.ts';
import { type Answer, createWebhook, type Happening, WEBHOOK_BRANDS, type WebhookBrand } from './webhooks.ts';

export type Door = 'speaker' | WebhookBrand;
export const DOORS: Door[] = ['speaker', ...WEBHOOK_BRANDS];

export interface Talker {
  /** Goes out under an id of its own; the returned function sends the very same again. */
  say(happening: Happening, patience?: number): Promise<Answer & { again: () => Promise<Answer> }>;
}

type Demo = BuiltApp['demo']['speakers'][number];

/** She speaks through one door of her home. */
export function talkerAt(door: Door, app: BuiltApp, vendors: Vendors, home: Demo): Talker {
  if (door === 'speaker') return ownSpeaker(app, home);
  const webhook = createWebhook(door, { url: app.url, vendors, ids: home.platformIds[door] });
  return {
    async say(happening, patience) {
      const letter = webhook.letter(happening);
      return { ...(await webhook.send(letter, patience)), again: () => webhook.send(letter) };
    },
  };
}

function ownSpeaker(app: BuiltApp, { deviceId, token }: Demo): Talker {
  const url = `${app.url.replace('http', 'ws')}/speaker`;
  const client = connectSpeaker({ url, credentials: { deviceId, token }, reconnectWithin: 0 });
  atEnd(() => client.close());
  const send = async (happening: Happening, id: string): Promise<Answer> => {
    await client.ready;
    if ('launch' in happening) return answered(await client.wake(id));
    return answered(await client.say('words' in happening ? happening.words : '', id));
  };
  return {
    async say(happening) {
      const id = randomUUID();
      return { ...(await send(happening, id)), again: () => send(happening, id) };
    },
  };
}

// The audio is made anew for each answer: its address is a secret that lives ten minutes.
function answered({ audioUrl: _, ...frame }: { type: string; text: string; audioUrl?: string }): Answer {
  return { status: frame.type === 'reply' ? 200 : 500, body: JSON.stringify(frame), spoken: frame.text };
}

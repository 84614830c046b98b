/** A lost or sold speaker: on both instances it says nothing of the household within a second, and its history stays. */
import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { createCore } from '../../src/core.ts';
import { createLog } from '../../src/log.ts';
import { createEmbeddedVoice } from '../../src/speech/synthesiser/index.ts';
import { speaker, speakerHistory } from '../../src/store/schema.ts';
import { connectSpeaker } from '../../src/tools/speaker-client.ts';
import { createVoices } from '../../src/voices.ts';
import { type BuiltApp, buildApp } from '../support/app.ts';
import { atEnd } from '../support/releasing.ts';
import { vendorsOfOurOwn } from './support/vendors.ts';
import { createWebhook } from './support/webhooks.ts';

const vendors = vendorsOfOurOwn();
let app: BuiltApp;
let other: { url: string };
beforeAll(async () => {
  app = await buildApp({ env: vendors.env });
  other = await anotherInstance(app);
});

/** Another process over the same stores, as far as one process can play it: its own core, bus and sockets. */
async function anotherInstance(first: BuiltApp): Promise<{ url: string }> {
  const { database, secrets, clock } = first.core;
  const log = createLog({ level: 'warn' });
  const redis = await first.redis.connect('commands');
  const subscriber = await first.redis.connect('subscriber');
  const core = createCore({ database, redis, subscriber, secrets, clock, log, instance: 'second' });
  const voices = createVoices(createEmbeddedVoice(), { clock });
  const config = readConfig({ SAMPLE_DATA: 'true', LOG_LEVEL: 'warn', ...vendors.env });
  const second = await createApp({ core, config, voices, started: () => true, longestDelayMs: 10_000 });
  atEnd(async () => {
    await second.close();
    await core.bus.close();
  });
  return { url: await second.listen({ port: 0, host: '127.0.0.1' }) };
}

const wipe = async (id: string) => {
  const by = { kind: 'system' as const, id: 'test', role: 'operator' };
  await app.core.services.fleet.wipe(randomUUID(), id, { reason: '丢了' }, by);
};
const idOf = async (device: string) => {
  const [row] = await app.core.database.db.select().from(speaker).where(eq(speaker.brandDevice, device));
  return row?.id ?? '';
};

describe('a wiped speaker', () => {
  it('of ours loses its line on the instance that it hangs on, and gets none on either', async () => {
    const home = app.demo.speakers[0];
    if (!home) throw new Error('no speaker');
    const { deviceId, token } = home;
    let gone: () => void = () => undefined;
    const closed = new Promise<void>((resolve) => {
      gone = resolve;
    });
    const at = (url: string) => {
      const address = `${url.replace('http', 'ws')}/speaker`;
      return connectSpeaker({
        url: address,
        credentials: { deviceId, token },
        reconnectWithin: 0,
        closed: () => gone(),
      });
    };
    const line = at(other.url);
    atEnd(() => line.close());
    await line.ready;
    expect((await line.wake(randomUUID())).type).toBe('reply');
    const begun = performance.now();
    await wipe(await idOf(deviceId)); // on the first instance; the line hangs on the second
    await closed;
    console.log(
      `wiped on one instance, the line on the other was gone after ${Math.round(performance.now() - begun)} ms`,
    );
    for (const url of [app.url, other.url]) {
      const again = at(url);
      await expect(again.ready).rejects.toThrow();
      again.close();
    }
  });

  it('of a brand says on both instances that nobody knows it, also when its last request is sent again', async () => {
    const home = app.demo.speakers[1];
    if (!home) throw new Error('no speaker');
    const ids = home.platformIds.dueros;
    const doors = [app.url, other.url].map((url) => createWebhook('dueros', { url, vendors, ids }));
    const [first, second] = doors;
    if (!first || !second) throw new Error('no door');
    const letter = first.letter({ launch: true });
    const before = await first.send(letter);
    const called = home.residents[0]?.name ?? 'nobody';
    const id = await idOf(ids.deviceId);
    const begun = performance.now();
    await wipe(id);
    const answers = await Promise.all(doors.map((door) => door.send(door.letter({ words: '我的证好了没有' }))));
    console.log(`wiped, both instances asked and answered after ${Math.round(performance.now() - begun)} ms`);
    const repeated = await second.send(letter);
    for (const { spoken, body } of [...answers, repeated]) {
      expect(spoken).toContain('还没登记');
      expect(spoken).not.toBe(before.spoken);
      expect(body).not.toContain(called);
    }
    const [row] = await app.core.database.db.select().from(speaker).where(eq(speaker.id, id));
    expect(row).toMatchObject({
      status: 'wiped',
      householdId: null,
      brandUser: null,
      tokenHash: null,
      settings: {},
      room: null,
    });
    const history = await app.core.database.db.select().from(speakerHistory).where(eq(speakerHistory.speakerId, id));
    expect(history.map(({ what }) => what).sort()).toEqual(['bound', 'wiped']);
  });
});

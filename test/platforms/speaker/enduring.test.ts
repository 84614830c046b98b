import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openedSocket, startSpeakers } from '../support/speakers.ts';
import { recordingTurn } from '../support/turns.ts';

const generous = { spokenBurst: 1e6, frameBurst: 1e6, spokenPerSecond: 1e6, framesPerSecond: 1e6 };

it('any frames whatever: the server answers or closes, and goes on with the next device', {
  timeout: 60_000,
}, async () => {
  const { url } = await startSpeakers(recordingTurn().turn, { limits: generous });
  const type = fc.constantFrom(
    'say',
    'wake',
    'hello',
    'audio.start',
    'audio.stop',
    'rtc',
    'status',
    'notice.ack',
    'ready',
    'reply',
    '__proto__',
    'constructor',
  );
  const frame = fc.oneof(
    fc
      .record(
        {
          type,
          id: fc.oneof(fc.string(), fc.jsonValue()),
          text: fc.oneof(fc.string(), fc.jsonValue()),
          call: fc.jsonValue(),
          state: fc.jsonValue(),
        },
        { requiredKeys: ['type'] },
      )
      .map((value) => JSON.stringify(value)),
    fc.string(),
    fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(frame, { minLength: 1, maxLength: 30 }), async (frames) => {
      const raw = await openedSocket(url, 'device-fuzz');
      for (const one of frames) raw.socket.send(one);
      raw.socket.close();
      await raw.closed;
    }),
    { numRuns: 60 },
  );
  const after = await openedSocket(url, 'device-after');
  after.send({ type: 'say', id: 'fine', text: '喂' });
  expect(await after.frame('reply')).toMatchObject({ id: 'fine' });
  expect(Object.keys(Object.prototype)).toEqual([]);
});

it('a device that does not read is let go before it costs memory', { timeout: 30_000 }, async () => {
  const { url, bus } = await startSpeakers(recordingTurn().turn, { limits: { heartbeat: 600 } });
  const raw = await openedSocket(url, 'device-slow');
  raw.socket.pause();
  const padding = 'x'.repeat(60_000);
  await expect
    .poll(
      async () => {
        for (let i = 0; i < 50; i++) await bus.toDevice('device-slow', { type: 'call.state', call: 'c', padding });
        return bus.toDevice('device-slow', { type: 'call.state', call: 'c' });
      },
      { timeout: 20_000 },
    )
    .toBe(false);
  raw.socket.resume();
  expect(await raw.closed).toBe(1006);
});

it('the reference client sends again what was not answered, and comes back after its line broke', {
  timeout: 20_000,
}, async () => {
  const { turn, heard } = recordingTurn();
  let refuse = 1;
  const flaky = await startSpeakers(async (said) => {
    if (refuse-- > 0) await new Promise((resolve) => setTimeout(resolve, 400));
    return turn(said);
  });
  const readies: unknown[] = [];
  const client = flaky.connect('device-a', {
    resendAfter: 100,
    reconnectWithin: 50,
    heard: (frame) => frame.type === 'ready' && readies.push(frame),
  });
  expect(await client.say('喂', 'one')).toMatchObject({ type: 'reply', id: 'one' });
  expect(heard.filter((said) => said.requestId === 'one')).toHaveLength(1);
  for (const socket of flaky.app.websocketServer.clients) socket.terminate();
  expect(await client.say('还在吗', 'two')).toMatchObject({ type: 'reply', id: 'two' });
  expect(readies.length).toBe(2);
});

import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectSpeaker, type SpeakerClient } from '../../src/tools/speaker-client.ts';
import { newProduct, type Product } from './product.ts';

const ROUNDS = process.env.FAULTS === 'long' ? 40 : 4;
const WAYS = ['server', 'group', 'launcher'] as const;

let product: Product;
beforeAll(async () => {
  product = await newProduct();
  await product.start();
});
afterAll(async () => {
  await product.stop();
  await product.remove();
});

function speakerOf(n: number): { client: SpeakerClient; name: string } {
  const ready = product.demo().speakers.slice(0, 6);
  const device = ready[n % ready.length];
  if (!device) throw new Error('no speaker in the sample community');
  const { deviceId, token } = device;
  const url = `${product.url().replace('http', 'ws')}/speaker`;
  return { client: connectSpeaker({ url, credentials: { deviceId, token }, reconnectWithin: 0 }), name: deviceId };
}

async function said(client: SpeakerClient, text: string, id = randomUUID()) {
  const answer = await client.say(text, id);
  if (answer.type !== 'reply') throw new Error(`${answer.code}`);
  return answer;
}

/** What the clerks' desk says of this speaker's bookings. */
async function bookingsOf(deviceId: string): Promise<{ state: string; createdAt: string }[]> {
  const account = product.demo().accounts.find((one) => one.role === 'supervisor');
  const url = product.url();
  const signIn = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: account?.username, password: account?.password }),
  });
  const cookie = signIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  const list = await fetch(`${url}/api/bookings?pageSize=200&state=booked`, { headers: { cookie } });
  const { items } = (await list.json()) as {
    items: { state: string; createdAt: string; speaker: { deviceId?: string; name?: string } | null }[];
  };
  return items.filter((one) => one.state === 'booked' && JSON.stringify(one.speaker).includes(deviceId));
}

for (let round = 0; round < ROUNDS; round++) {
  const way = WAYS[round % WAYS.length] ?? 'server';
  test(`round ${round + 1}: kill -9 of the ${way} while she confirms; after the restart there is one booking`, async () => {
    const before = speakerOf(round);
    await before.client.ready;
    await said(before.client, '我想约个时间去拿证');
    const offered = await said(before.client, round % 2 ? '大后天' : '后天');
    const first = offered.asking === 'choice' ? await said(before.client, '第一个') : offered;
    const confirmation = randomUUID();
    const answered = first.asking === 'yesno' ? before.client.say('对', confirmation) : undefined;
    await pause(round % 2 ? 0 : 15 * round);
    await product.kill(way);
    before.client.close();
    await Promise.race([answered, pause(50)]);

    await product.start();
    const after = speakerOf(round);
    await after.client.ready;
    const again = await after.client.say('对', confirmation);
    expect(again.type).toBe('reply');
    let now = again.type === 'reply' ? again : undefined;
    for (let n = 0; n < 6 && now?.phrase !== 'pickup.booked' && now?.phrase !== 'pickup.already'; n++)
      now = await said(after.client, nextWord(now));
    expect(['pickup.booked', 'pickup.already', 'pickup.alreadyOther']).toContain(now?.phrase);
    expect(await bookingsOf(after.name)).toHaveLength(1);
    after.client.close();
  }, 240_000);
}

/** What a patient resident says next, wherever the talk stands. */
function nextWord(answer: { asking: string; phrase: string } | undefined): string {
  if (answer?.asking === 'choice') return '第一个';
  if (answer?.asking === 'yesno') return '对';
  if (answer?.asking === 'date') return '后天';
  return '我想约个时间去拿证';
}

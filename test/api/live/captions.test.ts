import { desc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SOUND } from '../../../src/calls/wire.ts';
import { type AzureSpeech, startAzureSpeech } from '../../../src/connectors/stand-ins/azure-speech.ts';
import { audit, call, consent } from '../../../src/store/schema.ts';
import { type BuiltApp, buildApp } from '../../support/app.ts';
import { canSpeak, joined, pcm, said, silence } from '../../support/sounds.ts';
import { type DeskClient, deskOf, speakerOf } from './sockets.ts';

const WORDS = '我的老年证什么时候能拿';
const speaks = await canSpeak();

describe.runIf(speaks)('what is said in a call, in writing', () => {
  let service: AzureSpeech;
  let app: BuiltApp;
  let clerk: DeskClient;
  let home: Awaited<ReturnType<typeof speakerOf>>;
  let sentence: Buffer;
  let id: string;

  beforeAll(async () => {
    service = await startAzureSpeech();
    app = await buildApp({ env: { AZURE_SPEECH_HOST_STT: service.url, AZURE_SPEECH_KEY: service.key } });
    sentence = pcm(joined(silence(200), await said(WORDS), silence(1_500)));
    clerk = await deskOf(app, 'clerk', 'A');
    const [first] = app.demo.speakers;
    home = await speakerOf(app, first?.deviceId ?? '', first?.token ?? '');
    await home.say('我要找人');
    id = (await clerk.offer()).call;
    await clerk.ask({ type: 'accept', call: id });
    const { leg = '' } = await clerk.call('connecting');
    clerk.send({ type: 'leg', call: id, leg, state: 'checking' });
    clerk.send({ type: 'leg', call: id, leg, state: 'connected' });
  });
  afterAll(async () => {
    clerk?.close();
    await app?.close();
    await service?.close();
  });

  /** A tenth of a second each, twice as fast as it was said; all at once where nobody is to hear it. */
  async function speak(type: number, pauseMs = 50): Promise<void> {
    for (let at = 0; at < sentence.length; at += 3_200) {
      const header = Buffer.alloc(8);
      header.writeUInt8(type, 0);
      clerk.sound(Buffer.concat([header, sentence.subarray(at, at + 3_200)]));
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
  const caption = (leg: string) =>
    clerk.next((frame) => frame.type === 'caption' && frame.leg === leg && frame.final === true);
  /** After the answer to it: the call as it stands then. */
  async function agree(on: boolean) {
    const from = clerk.frames.length;
    expect(await clerk.ask({ type: 'captions', call: id, on })).toMatchObject({ type: 'done' });
    const wanted = on ? 'on' : 'no_consent';
    return clerk.next((frame) => frame.type === 'call' && frame.captions === wanted, from);
  }

  it('is not written before she has said yes: what the page sends is dropped', async () => {
    expect(await clerk.call('talking')).toMatchObject({ captions: 'no_consent' });
    await speak(SOUND.resident, 0);
    expect(service.heard()).toEqual([]);
  });

  it('is written as it is said once she agrees: her words at the desk, the clerk’s on her screen too', async () => {
    const from = home.frames.length;
    await agree(true);
    expect(await home.state('talking', from)).toMatchObject({ captions: true });
    service.next({ interim: ['我的老年证'], text: WORDS });
    await speak(SOUND.resident);
    expect(await caption('resident')).toMatchObject({ call: id, text: WORDS });
    const grew = clerk.frames.some((frame) => frame.type === 'caption' && !frame.final && frame.leg === 'resident');
    expect(grew).toBe(true);
    service.next({ text: '您下周三来' });
    await speak(SOUND.clerk);
    expect(await caption('clerk')).toMatchObject({ text: '您下周三来' });
    const shown = await home.next((frame) => frame.type === 'call.caption', from);
    expect(shown).toMatchObject({ call: id, who: 'clerk', text: '您下周三来', final: true });
    expect(home.frames.filter((frame) => frame.type === 'call.caption')).toHaveLength(1); // not her own words
  });

  it('is kept nowhere, and her yes is written down with who asked', async () => {
    const { db } = app.core.database;
    const [answer] = await db
      .select()
      .from(consent)
      .where(eq(consent.purpose, 'captions'))
      .orderBy(desc(consent.createdAt));
    expect(answer).toMatchObject({ given: true, turn: `calls/${id}` });
    const [asked] = await db.select().from(audit).where(eq(audit.action, 'call.captionsAgreed'));
    expect(asked).toMatchObject({ residentId: answer?.residentId, actorKind: 'staff' });
    expect(JSON.stringify(await db.select().from(call))).not.toContain(WORDS);
  });

  it('ends at once when she takes it back', async () => {
    await agree(false);
    const before = service.heard().length;
    await speak(SOUND.resident, 0);
    expect(service.heard()).toHaveLength(before);
  });
});

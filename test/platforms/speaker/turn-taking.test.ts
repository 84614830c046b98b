/** Who speaks when: the end of her speech, speaking into our words, our own voice in the microphone. Real SDK, real detector, real time. */
import { describe, expect, it } from 'vitest';
import { canSpeak, joined, said, scaled, silence } from '../../support/sounds.ts';
import { OWN_HINTS, speakerWithEars } from '../support/ears.ts';
import { recordingTurn } from '../support/turns.ts';

const live = await canSpeak();
/** Each talks to a server of its own in real time, and half of that is silence. */
const ALL_AT_ONCE = { concurrent: true };
const AEC = { audio: true, mic: true, aec: true, screen: true };
const HALF = { audio: true, mic: true, screen: true };
const ANSWER = '老年优待证在便民服务站办。带身份证原件和一寸照片。您要约个时间去吗？';

/** A turn that answers at length; `asking` as given. */
const answering = (asking = 'nothing') =>
  recordingTurn(({ kind }) => ({ text: kind === 'event' ? '' : ANSWER, asking, listen: true }));

describe.runIf(live)('without a key to hold', ALL_AT_ONCE, () => {
  it('the end of her speech is found, and she sees what is heard', async () => {
    const recording = answering();
    const { service, device } = await speakerWithEars(recording.turn);
    const { client, sound, frame, heard } = await device('device-a', { caps: HALF });
    service.next({ interim: ['我想', '我想约个时间'], text: '我想约个时间去拿证' });
    client.tell({ type: 'audio.start', id: 'u-1', format: 'pcm16', endpoint: true });
    await sound(joined(silence(400), await said('我想约个时间去拿证'), silence(1900)));
    expect(await frame('reply', 'u-1')).toMatchObject({ text: ANSWER });
    expect(await frame('audio.end', 'u-1')).toMatchObject({ why: 'pause' });
    expect(heard.filter(({ type }) => type === 'heard').map(({ text }) => text)).toContain('我想约个时间');
    expect(recording.heard.at(-1)).toMatchObject({ kind: 'words', text: '我想约个时间去拿证', requestId: 'u-1' });
    expect(recording.heard.at(-1)?.rate).toBeGreaterThan(120);
    expect(service.hints()).toEqual([...OWN_HINTS, '老年乘车卡', '东片邻里中心', '敬老卡']);
  });

  it('saying nothing is silence, said once', async () => {
    const recording = answering();
    const { service, device } = await speakerWithEars(recording.turn);
    const { client, sound, frame } = await device('device-b', { caps: HALF });
    client.tell({ type: 'audio.start', id: 'n-1', endpoint: true });
    await sound(silence(8300));
    expect(await frame('audio.end', 'n-1')).toMatchObject({ why: 'nothing' });
    await frame('reply', 'n-1');
    expect(recording.heard).toMatchObject([{ kind: 'silence', requestId: 'n-1' }]);
    expect(service.heard()).toEqual([]);
  }, 40_000);

  it('a sentence that stands by itself is answered sooner, and a stop that comes after all hears the same', async () => {
    const recording = answering();
    const { service, device } = await speakerWithEars(recording.turn);
    const { client, sound, frame } = await device('device-c', { caps: HALF });
    service.next({ text: '老年证怎么办', interim: ['老年证怎么办'] });
    client.tell({ type: 'audio.start', id: 'e-1', endpoint: true });
    await sound(joined(silence(300), await said('老年证怎么办'), silence(1300)));
    expect(await frame('reply', 'e-1')).toMatchObject({ text: ANSWER });
    expect(await client.ask({ type: 'audio.stop', id: 'e-1' })).toMatchObject({ type: 'reply', text: ANSWER });
    expect(recording.heard.map(({ kind }) => kind)).toEqual(['words']);
  });
});

describe.runIf(live)('while our own voice sounds', ALL_AT_ONCE, () => {
  it('a device without echo cancellation is not heard before it has played: we do not answer ourselves', async () => {
    const recording = answering();
    const { service, device } = await speakerWithEars(recording.turn);
    const { client, sound } = await device('device-d', { caps: HALF });
    await client.say('老年证怎么办', 'first');
    service.next({ text: '带身份证原件和一寸照片' });
    client.tell({ type: 'audio.start', id: 'self' });
    await sound(await said('带身份证原件'));
    expect(await client.ask({ type: 'audio.stop', id: 'self' })).toMatchObject({ type: 'reply', text: '' });
    expect(recording.heard.map(({ kind }) => kind)).toEqual(['words', 'event']);
    expect(service.heard()).toEqual([]);

    client.tell({ type: 'played', id: 'first' });
    client.tell({ type: 'audio.start', id: 'her' });
    await sound(await said('带身份证原件'));
    expect(await client.ask({ type: 'audio.stop', id: 'her' })).toMatchObject({ text: ANSWER });
    expect(recording.heard.at(-1)).toMatchObject({ kind: 'words', text: '带身份证原件和一寸照片' });
  });

  it('she may speak into it where echo is cancelled: it stops, and her words are answered', async () => {
    const recording = answering();
    const { service, device } = await speakerWithEars(recording.turn);
    const { client, sound, frame } = await device('device-e', { caps: AEC });
    await client.say('老年证怎么办', 'long');
    service.next({ text: '等一下我拿眼镜' });
    client.tell({ type: 'audio.start', id: 'into', endpoint: true });
    await sound(joined(silence(400), await said('等一下我拿眼镜')));
    await frame('hush', 'long');
    await sound(silence(1800));
    expect(await frame('reply', 'into')).toMatchObject({ text: ANSWER });
    expect(recording.heard.at(-1)).toMatchObject({ kind: 'words', text: '等一下我拿眼镜' });
  });

  it('a sign of listening does not stop it: a hum not at all, a short yes for a moment', async () => {
    const recording = answering();
    const { service, device } = await speakerWithEars(recording.turn);
    const { client, sound, frame, heard } = await device('device-f', { caps: AEC });
    await client.say('老年证怎么办', 'tale');
    client.tell({ type: 'audio.start', id: 'hum', endpoint: true });
    await sound(joined(silence(400), await said('嗯嗯'), silence(1800)));
    expect(heard.map(({ type }) => type)).not.toContain('hush');
    service.next({ text: '对对对' });
    await sound(joined(await said('对对对'), silence(1800)));
    await frame('hush', 'tale');
    await frame('resume', 'tale');
    expect(await frame('reply', 'hum')).toMatchObject({ text: '', listen: true });
    expect(recording.heard.map(({ kind }) => kind)).toEqual(['words', 'event']);
  });

  it('a yes into a question that wants one is an answer', async () => {
    const recording = answering('yesno');
    const { service, device } = await speakerWithEars(recording.turn);
    const { client, sound, frame } = await device('device-g', { caps: AEC });
    await client.say('老年证怎么办', 'ask');
    service.next({ text: '对对对' });
    client.tell({ type: 'audio.start', id: 'yes', endpoint: true });
    await sound(joined(silence(400), await said('对对对'), silence(1800)));
    expect(await frame('reply', 'yes')).toMatchObject({ text: ANSWER });
    expect(recording.heard.at(-1)).toMatchObject({ kind: 'words', text: '对对对' });
  });

  it('what is left of it after cancellation starts nothing, nor do our own words if they come through', async () => {
    const recording = answering();
    const { service, device } = await speakerWithEars(recording.turn);
    const { client, sound, frame, heard } = await device('device-h', { caps: AEC });
    await client.say('老年证怎么办', 'self');
    client.tell({ type: 'audio.start', id: 'echo', endpoint: true });
    await sound(scaled(await said('老年优待证在便民服务站办'), 0.02));
    expect(heard.map(({ type }) => type)).not.toContain('hush');
    service.next({ text: '老年优待证在便民服务站办' });
    await sound(joined(await said('老年优待证在便民服务站办'), silence(1800)));
    await frame('resume', 'self');
    expect(await frame('reply', 'echo')).toMatchObject({ text: '' });
    expect(recording.heard.map(({ kind }) => kind)).toEqual(['words', 'event']);
  });
});

describe.runIf(live)('a recogniser that fails', ALL_AT_ONCE, () => {
  it('is told in kind words at once, with a code for each kind, and typed words go on', async () => {
    const recording = answering();
    const { service, device } = await speakerWithEars(recording.turn, {
      refusalWords: ({ phrase }) => `说：${phrase}`,
      voice: async () => '/audio/kind',
    });
    const { client, sound } = await device('device-i', { caps: HALF });
    const speak = async (id: string) => {
      client.tell({ type: 'audio.start', id });
      await sound(await said('你好'));
      return client.ask({ type: 'audio.stop', id });
    };
    service.door('full');
    const full = { type: 'error', code: 'busy', text: '说：conversation.hearingBusy', audioUrl: '/audio/kind' };
    expect(await speak('q-1')).toMatchObject(full);
    client.tell({ type: 'played', id: 'q-1' });
    service.door('shut');
    expect(await speak('q-2')).toMatchObject({ code: 'unavailable', text: '说：conversation.hearingDown' });
    expect(await client.say('老年证怎么办')).toMatchObject({ type: 'reply' });
  });
});

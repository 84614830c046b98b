import { describe, expect, it } from 'vitest';
import { connectSpeaker } from '../../../src/tools/speaker-client.ts';
import { openedSocket, startSpeakers, TOKEN } from '../support/speakers.ts';
import { recordingTurn } from '../support/turns.ts';

const { turn, heard } = recordingTurn((said) => ({
  text: said.kind === 'event' ? '' : `您说的是${said.text ?? said.kind}`,
  listen: said.kind !== 'event',
  choices:
    said.text === '两个'
      ? [
          { n: 1, text: '上午' },
          { n: 2, text: '下午' },
        ]
      : undefined,
}));
const { url, connect, statuses } = await startSpeakers(turn);
const client = connect('device-a');
await client.ready;
const last = () => heard.at(-1);

describe('what is said', () => {
  it('becomes an utterance and its reply', async () => {
    expect(await client.say('我想查老年证', 'say-1')).toEqual({
      type: 'reply',
      id: 'say-1',
      text: '您说的是我想查老年证',
      listen: true,
      end: false,
      pace: 190,
      errand: 'progress',
      phrase: 'progress.ready',
      asking: 'yesno',
    });
    expect(last()).toEqual({
      brand: 'speaker',
      device: 'device-a',
      requestId: 'say-1',
      locale: 'zh-CN',
      medium: 'plain',
      newSession: false,
      kind: 'words',
      text: '我想查老年证',
    });
  });

  it('may be a wake word, silence, or a word into ours: then the microphone opens', async () => {
    await client.wake();
    expect(last()).toMatchObject({ kind: 'launch', newSession: true });
    await client.silence();
    expect(last()).toMatchObject({ kind: 'silence', newSession: false });
    await client.say('   ');
    expect(last()).toMatchObject({ kind: 'silence' });
    expect(await client.bargein()).toMatchObject({ type: 'reply', text: '', listen: true });
  });

  it('is answered with choices where there are some', async () => {
    expect(await client.say('两个')).toMatchObject({
      choices: [
        { n: 1, text: '上午' },
        { n: 2, text: '下午' },
      ],
    });
  });

  it('is answered once and told again: on the same connection and on the next one', async () => {
    const before = heard.length;
    const first = await client.say('订上了吗', 'again-1');
    expect(await client.say('订上了吗', 'again-1')).toEqual(first);
    const other = connectSpeaker({ url, credentials: { deviceId: 'device-a', token: TOKEN }, reconnectWithin: 0 });
    expect(await other.say('订上了吗', 'again-1')).toEqual(first);
    expect(heard.length).toBe(before + 1);
    other.close();
  });

  it('is answered in the order in which it was said', async () => {
    const raw = await openedSocket(url, 'device-order');
    const ids = Array.from({ length: 10 }, (_, i) => `order-${i}`);
    for (const id of ids) raw.send({ type: 'say', id, text: id });
    await expect.poll(() => raw.heard.filter((frame) => frame.type === 'reply').map((frame) => frame.id)).toEqual(ids);
  });
});

describe('a frame that is none', () => {
  it('is named, and the talk goes on', async () => {
    const raw = await openedSocket(url, 'device-b');
    const bad = [
      '{',
      '[]',
      'null',
      '1',
      '"say"',
      '{"type":"dance","id":"x"}',
      '{"type":"say","text":"no id"}',
      '{"type":"say","id":5,"text":"x"}',
      '{"type":"say","id":"x","text":7}',
      '{"type":"__proto__"}',
      '{"type":"hello"}',
    ];
    for (const text of bad) raw.socket.send(text);
    raw.send({ type: 'say', id: 'ok', text: '好', extra: { of: 'members' } });
    expect((await raw.frame('reply')).id).toBe('ok');
    const errors = raw.heard.filter((frame) => frame.type === 'error');
    expect(errors.map((frame) => frame.code)).toEqual(bad.map(() => 'bad_frame'));
    expect(errors.find((frame) => frame.id === 'x')).toBeDefined();
  });

  it('ends the connection when it comes again and again', async () => {
    const raw = await openedSocket(url, 'device-c');
    for (let i = 0; i < 60; i++) raw.socket.send('nonsense');
    expect(await raw.closed).toBe(1008);
  });

  it('is too large: the connection ends with 1009', async () => {
    for (const size of [64 * 1024 + 1, 10 * 1024 * 1024]) {
      const raw = await openedSocket(url, 'device-d');
      raw.send({ type: 'say', id: 'x', text: 'x'.repeat(size) });
      expect(await raw.closed).toBe(1009);
    }
    const raw = await openedSocket(url, 'device-d');
    raw.socket.send(Buffer.alloc(8 * 1024 + 9));
    expect(await raw.closed).toBe(1009);
    expect((await raw.frame('error')).code).toBe('too_large');
  });
});

describe('too much', () => {
  it('is answered with too_fast by id, for that device alone', async () => {
    const busy = await startSpeakers(recordingTurn().turn, { limits: { spokenBurst: 3, spokenPerSecond: 0.001 } });
    const fast = busy.connect('device-a');
    const answers = await Promise.all(['1', '2', '3', '4', '5'].map((id) => fast.say('快', id)));
    expect(answers.map((answer) => (answer.type === 'error' ? answer.code : answer.type))).toEqual([
      'reply',
      'reply',
      'reply',
      'too_fast',
      'too_fast',
    ]);
    expect(await busy.connect('device-b').say('慢')).toMatchObject({ type: 'reply' });
  });

  it('waits in line up to a point, then is busy', async () => {
    const gate: { open?: () => void } = {};
    const opened = new Promise<void>((resolve) => {
      gate.open = resolve;
    });
    const recording = recordingTurn();
    const slow = await startSpeakers(async (said) => opened.then(() => recording.turn(said)));
    const raw = await openedSocket(slow.url, 'device-a');
    for (let i = 0; i < 20; i++) raw.send({ type: 'say', id: `wait-${i}`, text: '等' });
    expect(await raw.frame('error')).toMatchObject({ code: 'busy', id: 'wait-16' });
    gate.open?.();
    await expect.poll(() => raw.heard.filter((frame) => frame.type === 'reply').length).toBe(16);
  });

  it('is told kindly where the rate of all instances says no', async () => {
    const limited = await startSpeakers(recordingTurn().turn, { allow: async () => false });
    expect(await limited.connect('device-a').say('喂')).toMatchObject({ type: 'reply', phrase: 'conversation.failed' });
  });
});

describe('a turn that fails after all', () => {
  it('is a kind reply', async () => {
    const broken = await startSpeakers(() => Promise.reject(new Error('broken')));
    expect(await broken.connect('device-a').say('喂', 'id-1')).toMatchObject({
      type: 'reply',
      id: 'id-1',
      phrase: 'conversation.failed',
    });
  });
});

describe('what a device tells beside', () => {
  it('reaches the hooks', async () => {
    const told: unknown[] = [];
    const note = async (...what: unknown[]) => void told.push(what);
    const hooked = await startSpeakers(recordingTurn().turn, {
      hooks: {
        played: note,
        acknowledged: note,
        call: note,
        connected: async () => [{ type: 'notice', id: 'n-1', kind: 'policy', expires: '2026-11-24T00:00:00+08:00' }],
      },
    });
    const frames: unknown[] = [];
    const device = hooked.connect('device-a', { heard: (frame) => frames.push(frame) });
    await device.ready;
    device.tell({ type: 'played', id: 'r-1' });
    device.tell({ type: 'notice.ack', id: 'n-1', state: 'announced' });
    device.tell({ type: 'call.answer', call: 'c-1' });
    device.tell({ type: 'rtc', call: 'c-1', leg: 'a', candidate: { candidate: '' } });
    device.tell({ type: 'status', firmware: '1.2', volume: 40, light: 'on' });
    await expect.poll(() => told.length).toBe(4);
    expect(told).toEqual([
      ['device-a', 'r-1'],
      ['device-a', 'n-1', 'announced'],
      ['device-a', { type: 'call.answer', call: 'c-1' }],
      ['device-a', { type: 'rtc', call: 'c-1', leg: 'a', candidate: { candidate: '' } }],
    ]);
    expect(hooked.statuses).toEqual([{ deviceId: 'device-a', firmware: '1.2', volume: 40, light: 'on' }]);
    expect(frames).toContainEqual({ type: 'notice', id: 'n-1', kind: 'policy', expires: '2026-11-24T00:00:00+08:00' });
    expect(statuses).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { openedSocket, rawSocket, startSpeakers, TOKEN } from '../support/speakers.ts';
import { recordingTurn } from '../support/turns.ts';

const { url, port, tickets, connect, seen, app } = await startSpeakers(recordingTurn().turn, {
  limits: { hello: 0.2 },
  publicUrl: 'https://jialiban.example',
});

const upgrade = (origin: string) =>
  new Promise<number>((resolve) => {
    const socket = new WebSocket(url, { origin });
    socket.on('unexpected-response', (_, response) => resolve(response.statusCode ?? 0));
    socket.on('open', () => {
      resolve(101);
      socket.terminate();
    });
    socket.on('error', () => undefined);
  });

describe('a device', () => {
  it('opens with its id and token and is told how things stand', async () => {
    const ready = await connect('device-a').ready;
    expect(ready).toEqual({
      type: 'ready',
      protocol: 'jialiban.v1',
      conversation: 'speaker:device-a',
      heartbeat: 5,
      settings: { pace: 190, volume: 60, quiet: '21:00-08:00' },
      resume: false,
    });
    expect(seen).toContain('device-a');
  });

  it.each([
    ['a wrong token', { type: 'hello', deviceId: 'device-a', token: 'wrong' }, 'bad_token'],
    ['an unknown device', { type: 'hello', deviceId: 'gone-1', token: TOKEN }, 'bad_token'],
    ['no token', { type: 'hello', deviceId: 'device-a' }, 'bad_frame'],
    ['nothing', { type: 'hello' }, 'bad_frame'],
    ['an invented ticket', { type: 'hello', ticket: 'invented' }, 'bad_ticket'],
    ['words before its opening frame', { type: 'say', id: '1', text: '你好' }, 'bad_frame'],
    ['a list', [], 'bad_frame'],
    ['a token that is no text', { type: 'hello', deviceId: 'device-a', token: { $ne: 1 } }, 'bad_frame'],
  ])('is turned away with %s', async (_, frame, code) => {
    const raw = await rawSocket(url);
    raw.send(frame);
    expect((await raw.frame('error')).code).toBe(code);
    expect(await raw.closed).toBe(1008);
  });

  it('is turned away when its opening frame does not come in time', async () => {
    const raw = await rawSocket(url);
    expect(await raw.closed).toBe(1008);
    expect(raw.heard.map((frame) => frame.type)).toEqual(['error']);
  });

  it('may send at once what it has to say: it waits for the opening frame to be checked', async () => {
    const raw = await rawSocket(url);
    raw.send({ type: 'hello', deviceId: 'device-b', token: TOKEN });
    raw.send({ type: 'say', id: 'early', text: '你好' });
    expect((await raw.frame('reply')).id).toBe('early');
    expect(raw.heard.map((frame) => frame.type)).toEqual(['ready', 'reply']);
  });

  it('may not name another device later', async () => {
    const raw = await openedSocket(url, 'device-c');
    raw.send({ type: 'say', id: '1', text: '你好', deviceId: 'device-a' });
    expect(await raw.closed).toBe(1008);
  });
});

describe('a page', () => {
  const ours = `http://127.0.0.1:${port}`;

  it('opens from our own origin with a ticket, once', async () => {
    const ticket = await tickets.issue('real-1');
    await expect(connect('', { credentials: { ticket }, origin: ours }).ready).resolves.toMatchObject({
      type: 'ready',
    });
    const again = await rawSocket(url, { origin: ours });
    again.send({ type: 'hello', ticket });
    expect((await again.frame('error')).code).toBe('bad_ticket');
    expect(await again.closed).toBe(1008);
  });

  it('may use the token of a device of the sample community, not that of a household', async () => {
    await expect(connect('device-d', { origin: ours }).ready).resolves.toMatchObject({ type: 'ready' });
    await expect(connect('real-2', { origin: ours }).ready).rejects.toThrow();
    await expect(connect('real-2').ready).resolves.toMatchObject({ type: 'ready' });
  });

  it('is refused with 403 from any other origin', async () => {
    for (const origin of [
      'https://evil.example',
      'null',
      'file://',
      `http://127.0.0.1:${port + 1}`,
      'http://jialiban.example',
      'https://jialiban.example.evil.example',
      'about:blank',
    ]) {
      expect(await upgrade(origin), origin).toBe(403);
    }
    for (const origin of [ours, 'https://jialiban.example']) expect(await upgrade(origin), origin).toBe(101);
  });
});

describe('the address', () => {
  it('has no page of its own unless it is given one', async () => {
    expect((await app.inject('/speaker')).statusCode).toBe(404);
    const paged = await startSpeakers(recordingTurn().turn, { page: (_request, reply) => reply.send('the page') });
    expect((await paged.app.inject('/speaker')).body).toBe('the page');
    await expect(paged.connect('device-e').ready).resolves.toBeDefined();
  });
});

import { describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { CLOSE } from '../../../src/platforms/speaker/protocol.ts';
import { connectSpeaker } from '../../../src/tools/speaker-client.ts';
import { pauseBefore } from '../../../src/tools/speaker-client-return.ts';
import { atEnd } from '../../support/stores.ts';

describe('the pause before a speaker connects again', () => {
  const most = (code: number, losses: number, longest?: number) =>
    pauseBefore(code, losses, { longest, random: () => 1 });

  it('grows with every loss, up to a minute', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 7, 1000].map((losses) => most(1006, losses))).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000,
    ]);
    expect(most(1006, 9, 50)).toBe(50);
  });

  it('lies anywhere in ten seconds after a server that went down on purpose, and grows from there', () => {
    expect(most(CLOSE.restart, 0)).toBe(10_000);
    expect(pauseBefore(CLOSE.restart, 0, { random: () => 0.25 })).toBe(2_500);
    expect(most(CLOSE.restart, 5)).toBe(32_000);
  });

  it('spreads a street evenly', () => {
    const pauses = Array.from({ length: 1000 }, () => pauseBefore(1006, 6) ?? 0);
    for (const third of [0, 20_000, 40_000]) {
      const within = pauses.filter((pause) => pause >= third && pause < third + 20_000).length;
      expect(within).toBeGreaterThan(230);
    }
  });

  it.each([CLOSE.policy, CLOSE.tooLarge, CLOSE.replaced])('is none after %i', (code) => {
    expect(most(code, 0)).toBeUndefined();
  });
});

describe('the reference client', () => {
  /** A server that only counts, and does with each connection what it is told. */
  async function serverThat(does: (connection: number, socket: import('ws').WebSocket) => void) {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await new Promise((resolve) => server.once('listening', resolve));
    let connections = 0;
    server.on('connection', (socket) => {
      connections += 1;
      does(connections, socket);
    });
    atEnd(() => void server.close());
    const { port } = server.address() as { port: number };
    const url = `ws://127.0.0.1:${port}`;
    return { url, credentials: { deviceId: 'd', token: 't' }, count: () => connections };
  }
  const ready = JSON.stringify({ type: 'ready', heartbeat: 5 });

  it('gives up a line on which nothing comes, and comes back', async () => {
    const server = await serverThat((n, socket) => n > 1 && socket.send(ready));
    const closed: number[] = [];
    const client = connectSpeaker({
      ...server,
      silentAfter: 50,
      reconnectWithin: 20,
      closed: (code) => void closed.push(code),
    });
    await expect.poll(() => server.count()).toBeGreaterThanOrEqual(2);
    client.close();
    expect(closed[0]).toBe(1006);
  });

  it('stays away when it is turned away, and when it was closed while it waited', async () => {
    const shut = await serverThat((_, socket) => socket.close(CLOSE.policy));
    const turnedAway = new Promise<number>((resolve) => {
      connectSpeaker({ ...shut, reconnectWithin: 1, closed: resolve });
    });
    expect(await turnedAway).toBe(CLOSE.policy);

    const broken = await serverThat((_, socket) => socket.terminate());
    const lost = new Promise<void>((resolve) => {
      const client = connectSpeaker({
        ...broken,
        reconnectWithin: 30,
        closed: () => {
          client.close();
          resolve();
        },
      });
    });
    await lost;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect([shut.count(), broken.count()]).toEqual([1, 1]);
  });
});

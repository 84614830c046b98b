import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import type { ServerFrame } from '../../src/consoles/speaker/frames.ts';
import { createLine, type Line, type LinkState, type Socket } from '../../src/consoles/speaker/line.ts';

/** What the far end has heard, over every connection in order. */
interface Heard {
  type: string;
  id?: string;
  ticket?: string;
  text?: string;
}

const READY = { type: 'ready', protocol: 'jialiban.v1', conversation: 'c', heartbeat: 5, settings: {}, resume: false };

let server: WebSocketServer;
let heard: Heard[];
let sockets: WebSocket[];
let lines: Line[];

beforeEach(async () => {
  heard = [];
  sockets = [];
  lines = [];
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  server.on('connection', (socket) => {
    sockets.push(socket);
    socket.on('message', (data) => {
      const frame = JSON.parse(String(data)) as Heard;
      heard.push(frame);
      if (frame.type === 'hello') socket.send(JSON.stringify(READY));
    });
  });
});

afterEach(async () => {
  for (const line of lines) line.close();
  for (const socket of sockets) socket.terminate();
  server.close();
  await once(server, 'close');
});

function dial() {
  const links: LinkState[] = [];
  const frames: ServerFrame[] = [];
  let tickets = 0;
  const line = createLine({
    connect: () => new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`) as unknown as Socket,
    ticket: async () => `ticket-${++tickets}`,
    caps: { audio: true },
    onFrame: (frame) => frames.push(frame),
    onLink: (link) => links.push(link),
    onGivenUp: () => undefined,
    random: () => 0,
  });
  lines.push(line);
  return { line, links, frames };
}

const until = <T>(check: () => T) => vi.waitFor(check, { timeout: 10_000, interval: 20 });
const isOpen = (links: LinkState[]) => until(() => expect(links.at(-1)).toBe('open'));
const answer = (id: string) =>
  sockets.at(-1)?.send(JSON.stringify({ type: 'reply', id, text: '好', listen: true, end: false }));

describe('the line of the speaker in the browser', () => {
  it('says hello with a ticket, and sends what was said before it was open', async () => {
    const { line, links } = dial();
    const id = line.ask({ type: 'say', text: '帮助' });
    await isOpen(links);
    await until(() => expect(heard).toContainEqual({ type: 'say', text: '帮助', id }));
    expect(heard[0]).toMatchObject({ type: 'hello', ticket: 'ticket-1' });
  });

  it('comes back with a fresh ticket and sends the unanswered again under its id', async () => {
    const { line, links } = dial();
    await isOpen(links);
    const id = line.ask({ type: 'say', text: '约个时间' });
    await until(() => expect(heard.filter((frame) => frame.id === id)).toHaveLength(1));
    sockets[0]?.terminate();
    await until(() => expect(heard.filter((frame) => frame.id === id)).toHaveLength(2));
    expect(heard.filter(({ type }) => type === 'hello').map(({ ticket }) => ticket)).toEqual(['ticket-1', 'ticket-2']);
  });

  it('does not repeat what was answered', async () => {
    const { line, links, frames } = dial();
    await isOpen(links);
    const id = line.ask({ type: 'wake' });
    await until(() => expect(heard).toContainEqual({ type: 'wake', id }));
    answer(id);
    await until(() => expect(frames.some(({ type }) => type === 'reply')).toBe(true));
    sockets[0]?.terminate();
    await until(() => expect(sockets).toHaveLength(2));
    await isOpen(links);
    const next = line.ask({ type: 'silence' });
    await until(() => expect(heard).toContainEqual({ type: 'silence', id: next }));
    expect(heard.filter((frame) => frame.id === id)).toHaveLength(1);
  });

  it('answers a ping and keeps it from the page', async () => {
    const { links, frames } = dial();
    await isOpen(links);
    sockets[0]?.send(JSON.stringify({ type: 'ping' }));
    await until(() => expect(heard).toContainEqual({ type: 'pong' }));
    expect(frames.map(({ type }) => type)).toEqual(['ready']);
  });

  it('gives way when the same device is opened elsewhere', async () => {
    const { links } = dial();
    await isOpen(links);
    sockets[0]?.close(4001);
    await until(() => expect(links.at(-1)).toBe('replaced'));
    expect(sockets).toHaveLength(1);
  });

  it('stops asking when it is refused again and again', async () => {
    server.on('connection', (socket) => socket.close(1008));
    const { links } = dial();
    await until(() => expect(links.at(-1)).toBe('refused'));
    expect(sockets).toHaveLength(3);
  });

  it('lets pass what is no frame of ours', async () => {
    const { line, links, frames } = dial();
    await isOpen(links);
    for (const odd of ['null', '[]', 'nonsense', '{"type":"from.the.future"}']) sockets[0]?.send(odd);
    const id = line.ask({ type: 'wake' });
    await until(() => expect(heard).toContainEqual({ type: 'wake', id }));
    answer(id);
    await until(() => expect(frames.at(-1)).toMatchObject({ type: 'reply', id }));
  });
});

import type { FastifyInstance } from 'fastify';
import { CLOSE, LARGEST_TEXT } from './protocol.ts';

/** Seconds over which devices are asked to spread their return: thousands at once take eight times as long as with this. */
const SPREAD = 10;
const GOODBYE_MS = 1_000;

/**
 * How `@fastify/websocket` is registered for the whole application: no compression (a small frame may hide a large one),
 * nothing larger than the largest frame, and 1012 to everybody when the server goes down.
 */
export const speakerSockets = {
  options: { maxPayload: LARGEST_TEXT, perMessageDeflate: false },
  // A frame too large, a bit gone wrong: ws closes with the right code by itself, which cutting the line would hide.
  errorHandler(this: FastifyInstance, error: Error): void {
    this.log.info({ name: error.name }, 'socket error');
  },
  async preClose(this: FastifyInstance): Promise<void> {
    const { clients } = this.websocketServer;
    for (const client of clients) client.close(CLOSE.restart, `retry within ${SPREAD} s`);
    const open = () => [...clients].some((client) => client.readyState !== client.CLOSED);
    for (let waited = 0; open() && waited < GOODBYE_MS; waited += 20) await new Promise((r) => setTimeout(r, 20));
    for (const client of clients) client.terminate();
  },
};

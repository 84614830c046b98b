import websocket from '@fastify/websocket';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { guardedTurn } from '../webhook.ts';
import { serveConnection } from './connection.ts';
import { originIsOurs } from './origin.ts';
import { LIMITS, type SpeakerOptions } from './parts.ts';
import { createRegistry } from './registry.ts';
import { speakerSockets } from './sockets.ts';
import { createTalking } from './talking.ts';

/**
 * GET /speaker: the socket of the community's own speaker, and, for a plain GET, the page at the same address.
 * Register `@fastify/websocket` before it with `speakerSockets`, once for the whole application; where nobody did, it does so itself.
 */
export async function speaker(app: FastifyInstance, options: SpeakerOptions): Promise<void> {
  if (!app.hasDecorator('websocketServer')) await app.register(websocket, speakerSockets);
  const limits = { ...LIMITS, ...options.limits };
  const registry = createRegistry({ ...options, limits });
  app.addHook('onClose', () => registry.close());

  const parts = {
    options,
    limits,
    registry,
    talking: createTalking(guardedTurn(options), options),
    failed: (what: string, thrown: unknown) =>
      app.log.warn({ what, name: thrown instanceof Error ? thrown.name : typeof thrown }, 'speaker connection failed'),
  };

  app.route({
    method: 'GET',
    url: '/speaker',
    onRequest: async (request, reply) => {
      if (request.ws && !ours(request, options)) return reply.code(403).send();
    },
    handler: (request, reply) => (options.page ? options.page(request, reply) : reply.callNotFound()),
    wsHandler: (socket, request) =>
      serveConnection(socket, { fromPage: request.headers.origin !== undefined, address: request.ip }, parts),
  });
}

function ours(request: FastifyRequest, options: SpeakerOptions): boolean {
  return originIsOurs(request.headers.origin, request.host, options.publicUrl);
}

/** A message that was given up is sent again. */
import type { FastifyInstance } from 'fastify';
import { Nothing, serveChange } from '../changing.ts';
import { messages } from '../nouns/messages.ts';
import type { ApiParts } from '../parts.ts';

export function messageRoutes(scope: FastifyInstance, parts: ApiParts): void {
  serveChange(scope, parts, messages, {
    verb: 'again',
    summary: 'Sends it again after it was given up',
    roles: ['operator'],
    body: Nothing,
    work: ({ id, key, by }) => parts.services.messages.again(key, id, by),
  });
}

/** A message that was given up is sent again. */
import type { FastifyInstance } from 'fastify';
import { changesOf } from '../changing.ts';
import { messages } from '../nouns/messages.ts';
import type { ApiParts } from '../parts.ts';

/** For operators. @throws Refusal NotInThisState for a message that waits, was sent or was taken back */
export function messageRoutes(scope: FastifyInstance, parts: ApiParts): void {
  const change = changesOf(scope, parts, messages, ['operator']);
  change('again', 'Sends it again after it was given up', parts.services.messages.again);
}

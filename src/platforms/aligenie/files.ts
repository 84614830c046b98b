import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';

/** 32 hexadecimal digits and nothing else: the name can lead nowhere. */
const NAME = /^[0-9a-fA-F]{32}\.txt$/;

/** GET /aligenie/:file: the texts by which the platform's console sees that the host is ours, byte for byte. */
export function serveOwnership(app: FastifyInstance, directory: string): void {
  app.get<{ Params: { file: string } }>('/aligenie/:file', async (request, reply) => {
    const { file } = request.params;
    const text = NAME.test(file) ? await readFile(join(directory, file)).catch(() => undefined) : undefined;
    return text ? reply.type('text/plain').send(text) : reply.callNotFound();
  });
}

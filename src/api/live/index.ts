/** GET /api/live: the socket of the desks. Signed in, of our own origin, one life sign each five seconds. */
import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { WebSocket } from 'ws';
import { type DeskParts, openDesk } from '../../calls/desk-line.ts';
import { HEARTBEAT_SECONDS } from '../../calls/wire.ts';
import type { Log } from '../../log.ts';
import type { Person } from '../../services/staff/sessions.ts';
import type { Scope } from '../../store/queries/page.ts';
import { only, personOf, scopeOf } from '../access.ts';
import type { ApiServices } from '../parts.ts';
import type { Words } from '../words.ts';
import { readFrame } from './frames.ts';
import { createPulse } from './pulse.ts';

export interface LiveOptions extends Omit<DeskParts, 'reassign'> {
  database: import('../../store/database.ts').Database;
  services: Pick<ApiServices, 'staff' | 'callbacks'>;
  words: Pick<Words, 'problem'>;
  /** Whether a page of this origin may open it. */
  ours: (request: FastifyRequest) => boolean;
  log: Log;
}

/** As a page may name itself, to find its legs again after a lost connection. */
const SEAT = /^[\w-]{8,64}$/;
const CLOSE_POLICY = 1008;

/** Clerks and supervisors. Another origin, or none, is 403 before anything is opened; a sign-in that ends closes the socket at the next life sign. */
export async function live(scope: FastifyInstance, options: LiveOptions): Promise<void> {
  scope.route({
    method: 'GET',
    url: '/live',
    config: { access: only('live', ['clerk', 'supervisor']) },
    schema: { hide: true },
    onRequest: async (request, reply) => {
      if (request.headers.origin === undefined || !options.ours(request)) return reply.code(403).send();
    },
    handler: (_request, reply) => reply.callNotFound(),
    wsHandler: (socket, request) => serve(socket, request, options),
  });
}

function serve(socket: WebSocket, request: FastifyRequest, options: LiveOptions): void {
  const person = personOf(request);
  const { seat } = request.query as { seat?: string };
  const early: Buffer[] = [];
  const hold = (data: Buffer, binary: boolean) => void (binary || early.push(data));
  socket.on('message', hold);
  scopeOf(options, person).then(
    (scope) => {
      socket.off('message', hold);
      attach(socket, person, { scope, seat: seat && SEAT.test(seat) ? seat : randomUUID() }, options, early);
    },
    () => socket.close(1011),
  );
}

/** Frames are worked off one after the other, in the order in which they came. */
function attach(
  socket: WebSocket,
  person: Person,
  at: { scope: Scope; seat: string },
  options: LiveOptions,
  early: Buffer[],
): void {
  const { log, words, services } = options;
  const failed = (thrown: unknown) => log.warn({ err: thrown }, 'a frame of the live desk failed');
  const line = openDesk(
    {
      ...options,
      reassign: (id, to, by) => services.callbacks.reassign(id, to, { kind: 'staff', id: by.id, role: by.role }),
    },
    {
      person,
      ...at,
      send: (frame) => socket.readyState === socket.OPEN && socket.send(JSON.stringify(frame)),
      explain: (refusal) => words.problem(refusal.refusal),
      failed,
    },
  );
  // A desk that was not greeted shows nothing: the page had better come again.
  let last: Promise<unknown> = line.greet().catch((thrown: unknown) => {
    failed(thrown);
    socket.close(1011);
  });
  const receive = (data: Buffer, binary = false) => {
    if (binary) return line.hear(data);
    const frame = readFrame(data.toString('utf8'));
    if (!frame) return socket.close(CLOSE_POLICY, 'bad_frame');
    last = last.then(() => line.receive(frame)).catch(failed);
  };
  const pulse = createPulse(
    socket,
    HEARTBEAT_SECONDS * 1000,
    async () => {
      if (await services.staff.resume(person.sessionId)) return line.beat();
      socket.close(CLOSE_POLICY, 'signed out');
    },
    failed,
  );
  socket.on('message', receive);
  socket.on('close', () => {
    pulse.stop();
    line.close().catch(failed);
  });
  for (const data of early) receive(data);
}

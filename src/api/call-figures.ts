/** How the telephone was served, for the supervisor's charts. Sums only: nobody is named. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { addDays, shanghaiDay, shanghaiInstant } from '../clock.ts';
import { only } from './access.ts';
import type { ApiParts } from './parts.ts';
import { Day, Nullable, problems, Text } from './schemas.ts';

const counts = {
  asked: Type.Integer(),
  answered: Type.Integer(),
  abandoned: Type.Integer({ description: 'she hung up before anybody came' }),
  callbacks: Type.Integer({ description: 'nobody came: called back' }),
  waitMedian: Nullable(Type.Integer({ description: 'seconds until somebody spoke' })),
  waitMost: Nullable(Type.Integer({ description: 'nine of ten waited less, seconds' })),
  talkMedian: Nullable(Type.Integer({ description: 'seconds of talk' })),
};
const Figures = Type.Object({
  parts: Type.Array(Type.Object({ at: Text, ...counts })),
  total: Type.Object({ ...counts, firstContact: Nullable(Type.Number({ description: 'share, 0 to 1' })) }),
});
const Asked = Type.Object({ from: Type.Optional(Day), until: Type.Optional(Day) });

/** For supervisors. Days are Shanghai's, both included; today where none is named. */
export function callFigureRoutes(scope: FastifyInstance, parts: ApiParts): void {
  scope.get('/calls/figures', {
    config: { access: only('calls', ['supervisor'], ['clerk']) },
    schema: {
      tags: ['calls'],
      summary: 'Load, waiting, abandonment and length of calls, by hour for one day, else by day',
      querystring: Asked,
      response: { 200: Figures, ...problems },
    },
    handler: async (request): Promise<Static<typeof Figures>> => {
      const today = shanghaiDay(parts.clock.now());
      const { from = today, until = from } = request.query as Static<typeof Asked>;
      return parts.services.callFigures({
        from: shanghaiInstant(from, '00:00'),
        until: shanghaiInstant(addDays(until, 1), '00:00'),
        by: from === until ? 'hour' : 'day',
      });
    },
  });
}

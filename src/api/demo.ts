/** The sample community's speakers, for anybody who opens the page. Elsewhere there is nothing here. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { ageOn } from '../ages.ts';
import { shanghaiDay } from '../clock.ts';
import { Refusal } from '../errors.ts';
import { demoSpeakers } from '../store/queries/demo.ts';
import { anybody } from './access.ts';
import { notTooOften } from './limits.ts';
import { addressOf } from './nouns/speakers.ts';
import type { ApiParts } from './parts.ts';
import { problems, Text } from './schemas.ts';

const LIMIT = { limit: 60, windowSeconds: 60 };
const TICKET_SECONDS = 60;

const Speakers = Type.Array(
  Type.Object({
    deviceId: Text,
    household: Text,
    residents: Type.Array(Type.Object({ called: Text, age: Type.Integer() })),
  }),
);
const DeviceParams = Type.Object({ deviceId: Type.String({ maxLength: 200, pattern: '^[^\\u0000]*$' }) });
const Ticket = Type.Object({ ticket: Text, seconds: Type.Integer() });

/** Without sign-in, so kept to one address's sixty a minute. @throws Refusal NotFound outside the sample community, for every route */
export function demoRoutes(scope: FastifyInstance, parts: ApiParts): void {
  const config = { access: anybody };
  const tags = ['demo'];

  scope.get('/demo/speakers', {
    config,
    schema: { tags, summary: 'Households of the sample community to try', response: { 200: Speakers, ...problems } },
    handler: async (request): Promise<Static<typeof Speakers>> => {
      await onlyInTheSample(parts, request.ip);
      const today = shanghaiDay(parts.clock.now());
      const rows = await demoSpeakers(parts.database.db);
      return rows.map(({ device, home, residents }) => ({
        deviceId: device,
        household: addressOf(home),
        residents: residents.map(({ called, birthDate }) => ({ called, age: ageOn(birthDate, today) })),
      }));
    },
  });

  scope.post('/demo/speakers/:deviceId/ticket', {
    config,
    schema: {
      tags,
      summary: 'A ticket for one of them: one use, 60 s',
      params: DeviceParams,
      response: { 200: Ticket, ...problems },
    },
    handler: async (request): Promise<Static<typeof Ticket>> => {
      await onlyInTheSample(parts, request.ip);
      const { deviceId } = request.params as Static<typeof DeviceParams>;
      const known = (await demoSpeakers(parts.database.db)).some((speaker) => speaker.device === deviceId);
      if (!known) throw new Refusal('NotFound');
      return { ticket: await parts.tickets.issue(deviceId, TICKET_SECONDS), seconds: TICKET_SECONDS };
    },
  });
}

async function onlyInTheSample({ sampleData, rates }: ApiParts, address: string): Promise<void> {
  if (!sampleData) throw new Refusal('NotFound');
  await notTooOften(rates, `demo:${address}`, LIMIT);
}

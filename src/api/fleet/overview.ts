/** The fleet at a glance, its history, its alarms, its firmware, and the addresses that speakers stand at. */
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { instant, maybeInstant } from '../iso.ts';
import type { ApiParts } from '../parts.ts';
import { Id, Instant, Nullable, Person, Text, Written } from '../schemas.ts';
import { DONE, Done, operatorRoutes } from './done.ts';

const closed = { additionalProperties: false };
const Count = Type.Integer();

const Overview = Type.Object({
  statuses: Type.Record(Type.String(), Count),
  own: Type.Integer({ description: 'our own speakers that stand in a home' }),
  online: Type.Integer({ description: 'of these, connected now' }),
  silent: Type.Integer({ description: 'not heard of for days' }),
  alarms: Count,
  firmware: Type.Array(Type.Object({ version: Nullable(Text), count: Count })),
  buildings: Type.Array(
    Type.Object({ community: Text, building: Text, bound: Count, own: Count, online: Count, silent: Count }),
  ),
});
const Span = Type.Object({
  days: Type.Optional(Type.Integer({ minimum: 1, maximum: 30, default: 1 })),
  community: Type.Optional(Written(80)),
  building: Type.Optional(Written(80)),
});
const History = Type.Object({
  pulses: Type.Array(Type.Object({ at: Instant, bound: Count, online: Count })),
  failures: Type.Array(Type.Object({ day: Text, turns: Count, failures: Count, connects: Count })),
});
const Release = Type.Object({
  id: Id,
  createdAt: Instant,
  version: Text,
  url: Text,
  sha256: Text,
  notes: Nullable(Text),
  notBefore: Instant,
  withdrawnAt: Nullable(Instant),
  running: Type.Integer({ description: 'our speakers that report it' }),
});
const NewRelease = Type.Object(
  {
    version: Type.String({ minLength: 1, maxLength: 40, pattern: '^[0-9A-Za-z][0-9A-Za-z.+_-]*$' }),
    url: Type.String({ maxLength: 500, pattern: '^https?://[^\\s\\u0000]+$' }),
    sha256: Type.String({ pattern: '^[0-9a-fA-F]{64}$' }),
    notes: Type.Optional(Written(500)),
    notBefore: Type.Optional(Type.String({ format: 'date-time' })),
  },
  closed,
);
const NewHousehold = Type.Object(
  { community: Written(80, 1), building: Written(40, 1), unit: Written(40, 1), stationId: Type.Optional(Id) },
  closed,
);

/** For operators and, within its scopes, the property system. Counts only: no resident is named here. */
export function fleetOverview(scope: FastifyInstance, parts: ApiParts): void {
  const { fleetHealth, householdRegister } = parts.services;
  const fleet = operatorRoutes(scope, 'fleet');
  const alarms = operatorRoutes(scope, 'alarms');
  const households = operatorRoutes(scope, 'households');
  fleet('GET /fleet', 'The fleet as it stands now, by state and building', { answer: Overview }, () =>
    fleetHealth.overview(),
  );
  fleet(
    'GET /fleet/history',
    'How many were online, and what failed',
    { query: Span, answer: History },
    async ({ query: { days = 1, community, building } }) => {
      const at = community && building ? { community, building } : undefined;
      const { pulses, failures } = await fleetHealth.history(days, at);
      return { pulses: pulses.map((one) => ({ ...one, at: instant(one.at) })), failures };
    },
  );
  alarms(
    'POST /alarms/:id/note',
    'Says what was found',
    { body: Type.Object({ note: Written(300, 1) }, closed), answer: Done },
    async ({ id, body, by }) => {
      await fleetHealth.note(id, body.note, by);
      return DONE;
    },
  );
  households(
    'POST /households',
    'Registers an address that speakers can be bound to',
    { body: NewHousehold, answer: Type.Object({ id: Id }), status: 201 },
    ({ key, body, by }) => householdRegister.add(key, body, by),
  );
  households(
    'GET /stations',
    'Stations that can be responsible for an address',
    { answer: Type.Object({ items: Type.Array(Type.Object({ ...Person.properties, phone: Nullable(Text) })) }) },
    async () => ({ items: await householdRegister.stations() }),
  );
  firmwareRoutes(scope, parts);
}

function firmwareRoutes(scope: FastifyInstance, parts: ApiParts): void {
  const { firmware } = parts.services;
  const route = operatorRoutes(scope, 'firmware');
  route(
    'GET /firmware',
    'Firmware versions, newest first',
    { answer: Type.Object({ items: Type.Array(Release) }) },
    async () => {
      const { firmware: running } = await parts.services.fleetHealth.overview();
      const items = (await firmware.list()).map(({ updatedAt: _u, publishedBy: _p, ...one }) => ({
        ...one,
        createdAt: instant(one.createdAt),
        notBefore: instant(one.notBefore),
        withdrawnAt: maybeInstant(one.withdrawnAt),
        running: running.find(({ version }) => version === one.version)?.count ?? 0,
      }));
      return { items };
    },
  );
  route(
    'POST /firmware',
    'Publishes a version: speakers are told now, or when they connect',
    { body: NewRelease, answer: Type.Object({ id: Id }), status: 201 },
    ({ key, body, by }) => firmware.publish(key, { ...body, sha256: body.sha256.toLowerCase() }, by),
  );
  route('DELETE /firmware/:id', 'Takes a version back', { answer: Done }, async ({ id, by }) => {
    await firmware.withdraw(id, by);
    return DONE;
  });
}

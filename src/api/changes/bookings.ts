/** What the desk does to a booking. Making one is the resident's own, by voice. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { Refusal } from '../../errors.ts';
import { only } from '../access.ts';
import { changesOf } from '../changing.ts';
import { bookings } from '../nouns/bookings.ts';
import { HALVES } from '../nouns/visits.ts';
import type { ApiParts } from '../parts.ts';
import { rowOf } from '../reading.ts';
import { routesOf } from '../route.ts';
import { Day, Id, Person, Text } from '../schemas.ts';

const DESK = ['clerk', 'supervisor'] as const;
/** Long enough for one request. */
const HOLD_MINUTES = 1;

const When = Type.Object(
  {
    slotId: Type.Optional(Id),
    day: Type.Optional(Day),
    time: Type.Optional(Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' })),
    half: Type.Optional(Type.Enum(HALVES)),
    placeId: Type.Optional(Id),
  },
  { additionalProperties: false, description: 'a slot of /offers, or a day with a time or half-day' },
);

const Wish = Type.Object({
  day: Type.Optional(Day),
  half: Type.Optional(Type.Enum(HALVES)),
  placeId: Type.Optional(Id),
});

const Offers = Type.Object({
  items: Type.Array(
    Type.Object({ slotId: Id, place: Person, day: Day, start: Text, end: Text, exact: Type.Boolean() }),
  ),
});

type Row = Parameters<NonNullable<typeof bookings.resident>>[0];

/** Clerks and supervisors, in their scope. A new time is held for a minute under a conversation of the desk's own, so that it never takes what she holds at her speaker. */
export function bookingChanges(scope: FastifyInstance, parts: ApiParts): void {
  const desk = parts.services.bookings;
  const route = routesOf(scope, 'bookings', only('bookings', DESK));
  const change = changesOf(scope, parts, bookings, DESK);

  route(
    'GET /bookings/:id/offers',
    'Free times to move a booking to',
    { query: Wish, answer: Offers },
    async ({ id, query, person }) => {
      const row = await rowOf(parts, bookings, person, id, 'read');
      return { items: await desk.offer({ ...subjectOf(row), ...query, limit: 20 }) };
    },
  );
  change('change', 'Moves a booking to another time', When, async (key, id, when, by, { row, person }) => {
    const conversation = `desk:${person.id}:${id}`;
    const slotId = when.slotId ?? (await exactSlot(parts, row, when));
    const { seatId } = await desk.hold({ slotId, conversation, minutes: HOLD_MINUTES });
    try {
      await desk.change(key, { bookingId: id, conversation, seatId }, by);
    } finally {
      await desk.release({ conversation }); // a seat that became the booking's is not held any more
    }
  });
  change('cancel', 'Cancels a booking', (key, bookingId, by) => desk.cancel(key, { bookingId }, by));
  change('attended', 'She came', (_key, id, by) => desk.attended(id, by));
  change('missed', 'She did not come', (_key, id, by) => desk.missed(id, by));
}

const subjectOf = (row: Row) => ({ residentId: row.resident.id, matter: row.matter, direction: row.direction });

/** The slot that was named by day and time. @throws Refusal BadInput without a day, SeatTaken when there is none like it */
async function exactSlot(parts: ApiParts, row: Row, when: Static<typeof When>): Promise<string> {
  const { day, time, half, placeId } = when;
  if (!day) throw new Refusal('BadInput', { field: 'day' });
  const wish = { ...subjectOf(row), day, time, half, placeId: placeId ?? row.place.id, limit: 1 };
  const [offer] = await parts.services.bookings.offer(wish);
  if (!offer?.exact) throw new Refusal('SeatTaken');
  return offer.slotId;
}

import { type Static, Type } from 'typebox';
import { deliveries as find } from '../../store/queries/deliveries.ts';
import { DELIVERY_STATES } from '../../store/schema.ts';
import { instant, maybeInstant } from '../iso.ts';
import { masked } from '../mask.ts';
import { type Noun, nothingMore } from '../reading.ts';
import { Id, Instant, item, Nullable, Person, Text, Written } from '../schemas.ts';

const Delivery = item({
  policy: Person,
  resident: Nullable(Person),
  reason: Text,
  channel: Nullable(Text),
  state: Type.Enum(DELIVERY_STATES),
  stateText: Text,
  sentAt: Nullable(Instant),
  announcedAt: Nullable(Instant),
  heardAt: Nullable(Instant),
});

const Filter = Type.Object({
  state: Type.Optional(Type.Enum(DELIVERY_STATES)),
  channel: Type.Optional(Written(40)),
  policy: Type.Optional(Id),
  resident: Type.Optional(Id),
});

type Row = Awaited<ReturnType<typeof find>>['rows'][number];

/** 政策送达: who was told what, why, and how it went. */
export const deliveries: Noun<Row, typeof Filter, typeof Delivery, typeof nothingMore> = {
  name: 'deliveries',
  summary: 'Deliveries of policies',
  roles: ['officer', 'clerk', 'supervisor'],
  filter: Filter,
  item: Delivery,
  detail: nothingMore,
  find,
  resident: (row) => row.resident.id,
  show: (rows, { parts: { words } }) =>
    rows.map(
      ({ delivery, ...row }): Static<typeof Delivery> => ({
        id: delivery.id,
        createdAt: instant(delivery.createdAt),
        updatedAt: instant(delivery.updatedAt),
        policy: { id: row.policy.id, name: row.policy.title },
        resident: masked(row.resident),
        reason: delivery.reason,
        channel: delivery.channel,
        state: delivery.state,
        stateText: words.text('deliveryState', delivery.state),
        sentAt: maybeInstant(delivery.sentAt),
        announcedAt: maybeInstant(delivery.announcedAt),
        heardAt: maybeInstant(delivery.heardAt),
      }),
    ),
};

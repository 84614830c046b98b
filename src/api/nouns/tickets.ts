import { type Static, Type } from 'typebox';
import { tickets as find } from '../../store/queries/tickets.ts';
import { instant, maybeInstant } from '../iso.ts';
import { masked, named } from '../mask.ts';
import type { Noun } from '../reading.ts';
import { Id, Instant, item, Nullable, Person, Text, Written } from '../schemas.ts';

const KINDS = ['complaint', 'cannot_get_done', 'suggestion', 'bad_rating'] as const;
const STATES = ['open', 'answered', 'closed'] as const;

const Ticket = item({
  number: Text,
  kind: Type.Enum(KINDS),
  kindText: Text,
  resident: Nullable(Person),
  department: Nullable(Text),
  owner: Nullable(Person),
  dueAt: Instant,
  overdue: Type.Boolean(),
  answer: Nullable(Text),
  toldAt: Nullable(Instant),
  state: Type.Enum(STATES),
  stateText: Text,
});

const Detail = Type.Object({ text: Nullable(Type.String({ description: 'what she said' })) });

const Filter = Type.Object({
  state: Type.Optional(Type.Enum(STATES)),
  kind: Type.Optional(Type.Enum(KINDS)),
  number: Type.Optional(Written(40)),
  resident: Type.Optional(Id),
  owner: Type.Optional(Id),
  overdue: Type.Optional(Type.Boolean()),
});

type Row = Awaited<ReturnType<typeof find>>['rows'][number];

/** 投诉, 办不成事, 建议. */
export const tickets: Noun<Row, typeof Filter, typeof Ticket, typeof Detail> = {
  name: 'tickets',
  summary: 'Complaints, suggestions, things that could not be done',
  roles: ['clerk', 'supervisor'],
  filter: Filter,
  item: Ticket,
  detail: Detail,
  find: (db, { filter: { overdue, ...filter }, ...asked }, now) =>
    find(db, { ...asked, filter: { ...filter, overdueAt: overdue ? now : undefined } }),
  resident: (row) => row.resident?.id ?? null,
  show: (rows, { parts: { words }, now }) =>
    rows.map(
      ({ ticket, ...row }): Static<typeof Ticket> => ({
        id: ticket.id,
        createdAt: instant(ticket.createdAt),
        updatedAt: instant(ticket.updatedAt),
        number: ticket.number,
        kind: ticket.kind,
        kindText: words.text('ticketKind', ticket.kind),
        resident: masked(row.resident),
        department: ticket.department,
        owner: named(row.owner),
        dueAt: instant(ticket.dueAt),
        overdue: ticket.state === 'open' && ticket.dueAt < now,
        answer: ticket.answer,
        toldAt: maybeInstant(ticket.toldAt),
        state: ticket.state,
        stateText: words.text('ticketState', ticket.state),
      }),
    ),
  more: ({ ticket }, { parts: { fields } }) => ({
    text: ticket.textSealed && fields.open(ticket.textSealed, `ticket.textSealed:${ticket.id}`),
  }),
};

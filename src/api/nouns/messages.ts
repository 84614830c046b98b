import { type Static, Type } from 'typebox';
import { messages as find, MESSAGE_STATES } from '../../store/queries/messages.ts';
import { instant, maybeInstant } from '../iso.ts';
import { type Noun, nothingMore } from '../reading.ts';
import { Instant, item, Nullable, Text, Written } from '../schemas.ts';

const Message = item({
  destination: Type.String({ description: 'binhai, sms, webhook, push:<brand>, …' }),
  topic: Text,
  state: Type.Enum(MESSAGE_STATES),
  stateText: Text,
  attempts: Type.Integer(),
  why: Nullable(Type.String({ description: 'of the last attempt' })),
  dueAt: Instant,
  sentAt: Nullable(Instant),
  deadAt: Nullable(Type.String({ format: 'date-time', description: 'given up' })),
});

const Filter = Type.Object({
  state: Type.Optional(Type.Enum(MESSAGE_STATES)),
  destination: Type.Optional(Written(80)),
  topic: Type.Optional(Written(80)),
});

type Row = Awaited<ReturnType<typeof find>>['rows'][number];

const stateOf = ({ sentAt, deadAt }: Row) => (sentAt ? 'sent' : deadAt ? 'dead' : 'waiting');

/** 发件箱: messages to outside systems and what became of them, without what is in them. */
export const messages: Noun<Row, typeof Filter, typeof Message, typeof nothingMore> = {
  name: 'messages',
  summary: 'Messages to outside systems',
  roles: ['operator'],
  filter: Filter,
  item: Message,
  detail: nothingMore,
  find,
  show: (rows, { parts: { words } }) =>
    rows.map(
      (row): Static<typeof Message> => ({
        id: row.id,
        createdAt: instant(row.createdAt),
        updatedAt: instant(row.updatedAt),
        destination: row.destination,
        topic: row.topic,
        state: stateOf(row),
        stateText: words.text('messageState', stateOf(row)),
        attempts: row.attempts,
        why: row.lastError,
        dueAt: instant(row.dueAt),
        sentAt: maybeInstant(row.sentAt),
        deadAt: maybeInstant(row.deadAt),
      }),
    ),
};

import { type Static, Type } from 'typebox';
import { WITHDRAWN } from '../../store/outbox.ts';
import { messages as find, MESSAGE_STATES } from '../../store/queries/messages.ts';
import { instant, maybeInstant } from '../iso.ts';
import { type Noun, nothingMore } from '../reading.ts';
import { Instant, item, Nullable, Text, Written } from '../schemas.ts';

const Message = item({
  destination: Type.String({ description: 'binhai, sms, webhook, push:<brand>, …' }),
  destinationText: Text,
  topic: Text,
  topicText: Text,
  state: Type.Enum(MESSAGE_STATES),
  stateText: Text,
  attempts: Type.Integer(),
  why: Nullable(Type.String({ description: 'of the last attempt' })),
  whyText: Nullable(Type.String({ description: 'the same in plain words, and what mends it' })),
  again: Type.Boolean({ description: 'may be sent again' }),
  dueAt: Instant,
  sentAt: Nullable(Instant),
  deadAt: Nullable(Type.String({ format: 'date-time', description: 'given up' })),
});

const Filter = Type.Object({
  state: Type.Optional(Type.Enum(MESSAGE_STATES)),
  destination: Type.Optional(Written(80)),
  topic: Type.Optional(Written(80)),
  missed: Type.Optional(Type.Boolean({ description: 'given up although it should have arrived' })),
});

type Row = Awaited<ReturnType<typeof find>>['rows'][number];

/** What was noted of the last attempt → the kind of fault that people mend. Anything else is shown as it stands. */
const FAULTS: [RegExp, string][] = [
  [/^status 40[13]$/, 'key'],
  [/^status 410$/, 'gone'],
  [/^status 429$/, 'tooFast'],
  [/^status 4\d\d$/, 'refused'],
  [/^status [35]\d\d$/, 'broken'],
  [/^no answer/, 'silent'],
  [/^no number or no consent$/, 'noNumber'],
  [/^nobody there has a number$/, 'nobodyOnDuty'],
  [/^no longer of use$/, 'useless'],
  [/^no room before it expires$/, 'noRoom'],
  [/^told when she next opens the talk$/, 'whenOpened'],
  [/^endpoint removed$/, 'removed'],
  [/^forbidden address$/, 'forbidden'],
  [/^withdrawn$/, 'withdrawn'],
  [/^our own fault$/, 'ours'],
  [/^\w+: refused$/, 'brandRefused'],
  [/^\w+: \w+$/, 'brandLater'],
];
const faultOf = (why: string | null) =>
  why === null ? null : (FAULTS.find(([pattern]) => pattern.test(why))?.[1] ?? why);

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
        destinationText: words.text('messageDestination', row.destination),
        topic: row.topic,
        topicText: words.text('messageTopic', row.topic.split('.')[0] ?? ''),
        state: stateOf(row),
        stateText: words.text('messageState', stateOf(row)),
        attempts: row.attempts,
        why: row.lastError,
        whyText: words.maybe('messageWhy', faultOf(row.lastError)),
        again: stateOf(row) === 'dead' && row.lastError !== WITHDRAWN,
        dueAt: instant(row.dueAt),
        sentAt: maybeInstant(row.sentAt),
        deadAt: maybeInstant(row.deadAt),
      }),
    ),
};

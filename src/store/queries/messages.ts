import { and, desc, getTableColumns, isNotNull, isNull, not, sql } from 'drizzle-orm';
import type { Db } from '../database.ts';
import { NEEDLESS, WITHDRAWN } from '../outbox.ts';
import { outbox } from '../schema.ts';
import { type Asked, given, page, same, totalOfAll } from './page.ts';

export const MESSAGE_STATES = ['waiting', 'sent', 'dead'] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

export interface MessageFilter {
  state?: MessageState;
  destination?: string;
  topic?: string;
  /** Given up although it should have arrived: somebody has something to mend. */
  missed?: boolean;
}

const CONDITIONS = {
  waiting: and(isNull(outbox.sentAt), isNull(outbox.deadAt)),
  sent: isNotNull(outbox.sentAt),
  dead: and(isNull(outbox.sentAt), isNotNull(outbox.deadAt)),
};

/** Given up for another reason than that it was taken back. */
export const MAY_GO_AGAIN = sql`(${outbox.sentAt} is null and ${outbox.deadAt} is not null and ${outbox.lastError} <> ${WITHDRAWN})`;

const MISSED = sql`(${MAY_GO_AGAIN} and ${outbox.lastError} not in ${Object.values(NEEDLESS)})`;

/** Messages to outside systems, newest first; never what is in them. */
export function messages(db: Db, asked: Asked<MessageFilter>) {
  const { id, state, destination, topic, missed } = asked.filter;
  const where = and(
    same(outbox.id, id),
    same(outbox.destination, destination),
    same(outbox.topic, topic),
    given(state, (one) => CONDITIONS[one]),
    given(missed, (wanted) => (wanted ? MISSED : not(MISSED))),
  );
  const { payload: _unseen, ...seen } = getTableColumns(outbox);
  return page(asked, (limit, offset) =>
    db
      .select({ ...seen, total: totalOfAll() })
      .from(outbox)
      .where(where)
      .orderBy(desc(outbox.createdAt), desc(outbox.id))
      .limit(limit)
      .offset(offset),
  );
}

/** Sentences that no rule understood, for authors to label into tests. Kept without who said them, and without what could name anybody. */
import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../../store/database.ts';
import { unmatched } from '../../store/schema.ts';
import { withoutPersons } from './redaction.ts';

export interface Unmatched {
  text: string;
  locale: string;
  errand?: string;
  asking?: string;
  /** Names of this home, and whatever else in the sentence may be a name: they are cut out. */
  names: string[];
}

const LONGEST = 60;
/** Answers that are hers alone: what they are is never kept. */
const PRIVATE = new Set(['pin', 'phone', 'name', 'identity', 'case_no', 'resident', 'consent', 'kind']);

/** The sentence with names and figures cut out; undefined when it is too long to be a wish, or was an answer about herself. */
export function redacted({ text, asking, names }: Pick<Unmatched, 'text' | 'asking' | 'names'>): string | undefined {
  if (PRIVATE.has(asking ?? '') || text.length > LONGEST) return undefined;
  return withoutPersons(text, names) || undefined;
}

/** The same sentence is one row with a count, whoever said it. */
export function createUnmatched({ database }: { database: Database }) {
  /** Counts a sentence that comes again. */
  async function note(sentence: Unmatched): Promise<void> {
    const bare = redacted(sentence);
    if (!bare) return;
    const { locale, errand, asking } = sentence;
    await database.transaction(async (tx) => {
      const again = await tx
        .update(unmatched)
        .set({ count: sql`${unmatched.count} + 1` })
        .where(and(eq(unmatched.redacted, bare), eq(unmatched.locale, locale)))
        .returning({ id: unmatched.id });
      if (again.length === 0) await tx.insert(unmatched).values({ redacted: bare, locale, errand, asking });
    });
  }

  return { note };
}

export type UnmatchedSentences = ReturnType<typeof createUnmatched>;

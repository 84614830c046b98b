/** Sentences that no rule understood, for authors to label into tests. Kept without who said them, and without what could name anybody. */
import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { unmatched } from '../store/schema.ts';

export interface Unmatched {
  text: string;
  locale: string;
  errand?: string;
  asking?: string;
  /** Names of this home: they are cut out. */
  names: string[];
}

const LONGEST = 60;
/** Three figures in a row may be a number of hers, whether written or spoken. */
const FIGURES = /[\d〇零一二三四五六七八九十两幺百千万]{3,}/gu;
/** Answers that are hers alone: what they are is never kept. */
const PRIVATE = new Set(['pin', 'phone', 'name', 'identity', 'case_no', 'resident', 'consent', 'kind']);

/** The sentence with names and figures cut out; undefined when it is too long to be a wish, or was an answer about herself. */
export function redacted({ text, asking, names }: Pick<Unmatched, 'text' | 'asking' | 'names'>): string | undefined {
  if (PRIVATE.has(asking ?? '') || text.length > LONGEST) return undefined;
  const bare = names.filter(Boolean).reduce((left, name) => left.replaceAll(name, '◇'), text.trim());
  return bare.replace(FIGURES, '#') || undefined;
}

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

/** Guides on the officers' desk: a new version is written, signed by a second person and ends the one before it on the day it begins. */
import { and, desc, eq, gte, inArray, isNull, lt, or } from 'drizzle-orm';
import { addDays, type Clock, shanghaiDay } from '../../clock.ts';
import { Refusal } from '../../errors.ts';
import { type Actor, writeAudit } from '../../store/audit.ts';
import type { Database, Db } from '../../store/database.ts';
import { type EffectKey, once } from '../../store/once.ts';
import { type GuideElements, guide } from '../../store/schema.ts';

/** After so many days somebody has to compare it with the documents again. */
export const STALE_DAYS = 180;

export interface GuideText {
  elements: Partial<GuideElements>;
  department: string;
  source: string;
  checkedOn: string;
  effectiveFrom: string;
  effectiveUntil?: string;
}

/** The elements of 津滨政办发〔2017〕40号 and those that every answer needs; a version without one of them is not submitted. */
const NEEDED = [
  'gist',
  'acceptedBy',
  'category',
  'basis',
  'audience',
  'conditions',
  'materials',
  'commonMistakes',
  'steps',
  'fee',
  'timeLimit',
  'enquiry',
  'supervision',
  'place',
  'hours',
  'channels',
  'trips',
] as const;

type GuideRow = typeof guide.$inferSelect;

interface Parts {
  database: Database;
  clock: Clock;
}

/** One draft or submitted version of a matter at a time; whoever submitted it does not sign it. */
export function createGuideDesk({ database, clock }: Parts) {
  /** A draft of the next version; where one is open it is changed instead. @throws Refusal BadInput · NotInThisState while a version waits for its signature */
  function draft(key: EffectKey, matter: string, text: GuideText, by: Actor): Promise<{ id: string }> {
    return once(database, key, (tx) => write(tx, matter, text, by));
  }

  async function write(tx: Db, matter: string, text: GuideText, by: Actor): Promise<{ id: string }> {
    const values = valuesOf(text);
    const versions = await tx.select().from(guide).where(eq(guide.matter, matter)).orderBy(desc(guide.version));
    if (versions.some(({ state }) => state === 'submitted')) throw new Refusal('NotInThisState');
    const open = versions.find(({ state }) => state === 'draft');
    if (open) {
      await tx
        .update(guide)
        .set({ ...values, submittedBy: by.id })
        .where(eq(guide.id, open.id));
      await note(tx, open.id, 'guide.edited', by);
      return { id: open.id };
    }
    const version = (versions[0]?.version ?? 0) + 1;
    const sample = versions[0]?.sample ?? false;
    const row = { ...values, matter, version, sample, state: 'draft' as const, submittedBy: by.id };
    const [made] = await tx.insert(guide).values(row).returning({ id: guide.id });
    if (!made) throw new Error('the version was not written');
    await note(tx, made.id, 'guide.drafted', by);
    return made;
  }

  /** Several at once, all or none. @returns how many */
  function bringIn(key: EffectKey, texts: (GuideText & { matter: string })[], by: Actor): Promise<{ drafts: number }> {
    return once(database, key, async (tx) => {
      for (const { matter, ...text } of texts) await write(tx, matter, text, by);
      return { drafts: texts.length };
    });
  }

  /** @throws Refusal NotInThisState · BadInput naming the first element that is missing */
  function submit(key: EffectKey, id: string, by: Actor): Promise<{ state: string }> {
    return once(database, key, async (tx) => {
      const row = await held(tx, id, ['draft', 'submitted']);
      const missing = NEEDED.find((name) => isEmpty(row.elements[name]));
      if (missing) throw new Refusal('BadInput', { field: missing });
      await tx.update(guide).set({ state: 'submitted', submittedBy: by.id, remark: null }).where(eq(guide.id, id));
      await note(tx, id, 'guide.submitted', by);
      return { state: 'submitted' };
    });
  }

  /**
   * The second signature: it holds from its day on, and what held then ends the day before.
   * @throws Refusal SecondPersonNeeded · NotInThisState
   */
  function sign(key: EffectKey, id: string, by: Actor): Promise<{ state: string }> {
    return once(database, key, async (tx) => {
      const row = await held(tx, id, ['submitted', 'effective']);
      if (row.submittedBy === by.id) throw new Refusal('SecondPersonNeeded');
      if (row.state === 'effective') return { state: 'effective' };
      await endEarlier(tx, row);
      await tx.update(guide).set({ state: 'effective', signedBy: by.id }).where(eq(guide.id, id));
      await note(tx, id, 'guide.signed', by);
      return { state: 'effective' };
    });
  }

  function sendBack(key: EffectKey, id: string, remark: string, by: Actor): Promise<{ state: string }> {
    return once(database, key, async (tx) => {
      await held(tx, id, ['submitted']);
      await tx.update(guide).set({ state: 'draft', remark }).where(eq(guide.id, id));
      await note(tx, id, 'guide.sentBack', by);
      return { state: 'draft' };
    });
  }

  /** A draft that is not wanted, or a version that must not be told any more. @throws Refusal NotInThisState */
  function withdraw(key: EffectKey, id: string, reason: string, by: Actor): Promise<{ state: string }> {
    return once(database, key, async (tx) => {
      await held(tx, id, ['draft', 'submitted', 'effective']);
      await tx.update(guide).set({ state: 'withdrawn', remark: reason }).where(eq(guide.id, id));
      await note(tx, id, 'guide.withdrawn', by, reason);
      return { state: 'withdrawn' };
    });
  }

  /** Compared with the documents today, and nothing had to be changed. @throws Refusal NotInThisState */
  function checked(key: EffectKey, id: string, by: Actor): Promise<{ checkedOn: string }> {
    return once(database, key, async (tx) => {
      await held(tx, id, ['effective']);
      const checkedOn = shanghaiDay(clock.now());
      await tx.update(guide).set({ checkedOn }).where(eq(guide.id, id));
      await note(tx, id, 'guide.checked', by);
      return { checkedOn };
    });
  }

  /** What holds today and was compared with the documents too long ago. */
  function stale(): Promise<{ id: string; matter: string; department: string; checkedOn: string }[]> {
    const today = shanghaiDay(clock.now());
    const { id, matter, department, checkedOn } = guide;
    return database.db
      .select({ id, matter, department, checkedOn })
      .from(guide)
      .where(
        and(
          eq(guide.state, 'effective'),
          or(isNull(guide.effectiveUntil), gte(guide.effectiveUntil, today)),
          lt(guide.checkedOn, addDays(today, -STALE_DAYS)),
        ),
      )
      .orderBy(guide.checkedOn);
  }

  const note = (tx: Db, id: string, action: string, actor: Actor, reason?: string) =>
    writeAudit(tx, { at: clock.now(), actor, action, subject: `guides/${id}`, reason, result: 'done' });

  return { draft, bringIn, submit, sign, sendBack, withdraw, checked, stale };
}

const isEmpty = (value: unknown) => value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

async function held(tx: Db, id: string, states: readonly GuideRow['state'][]): Promise<GuideRow> {
  const [row] = await tx.select().from(guide).where(eq(guide.id, id)).for('update');
  if (!row) throw new Refusal('NotFound');
  if (!states.includes(row.state)) throw new Refusal('NotInThisState');
  return row;
}

/** One version a day: the earlier ones end before this begins; one that would begin later than this is withdrawn. */
async function endEarlier(tx: Db, { matter, effectiveFrom }: GuideRow): Promise<void> {
  const others = and(eq(guide.matter, matter), eq(guide.state, 'effective'));
  const day = addDays(effectiveFrom, -1);
  await tx
    .update(guide)
    .set({ state: 'withdrawn' })
    .where(and(others, gte(guide.effectiveFrom, effectiveFrom)));
  const running = or(isNull(guide.effectiveUntil), gte(guide.effectiveUntil, effectiveFrom));
  await tx
    .update(guide)
    .set({ effectiveUntil: day })
    .where(and(others, inArray(guide.state, ['effective']), running));
}

function valuesOf({ elements, effectiveUntil, ...text }: GuideText) {
  if (effectiveUntil !== undefined && effectiveUntil < text.effectiveFrom)
    throw new Refusal('BadInput', { field: 'effectiveUntil' });
  return { ...text, effectiveUntil: effectiveUntil ?? null, elements: byAge(elements as GuideElements) };
}

/** Hers is the last whose age she has reached: the youngest stands first, and an age only once. @throws Refusal BadInput */
function byAge({ amounts, ...elements }: GuideElements): GuideElements {
  if (!amounts) return elements;
  if (new Set(amounts.map(({ ageFrom }) => ageFrom)).size < amounts.length)
    throw new Refusal('BadInput', { field: 'amounts' });
  return { ...elements, amounts: amounts.toSorted((one, other) => one.ageFrom - other.ageFrom) };
}

/** Policies on the officers' desk: written, submitted, signed by a second person, sent back. What is told to residents passes here. */
import { eq, sql } from 'drizzle-orm';
import type { Clock } from '../../clock.ts';
import { Refusal } from '../../errors.ts';
import { type Actor, writeAudit } from '../../store/audit.ts';
import type { Database, Db } from '../../store/database.ts';
import { type EffectKey, once } from '../../store/once.ts';
import { type AudienceRule, fanOut, policy } from '../../store/schema.ts';
import { reachOf, reasonFor } from './audience.ts';

/** Above so many people, and for whatever is not to be named aloud, one person's judgement is not enough. */
const SECOND_SIGNATURE_ABOVE = 10;

/** What an officer writes. Without a reason the sentence follows from the rule. */
export interface PolicyText {
  title: string;
  gist: string;
  body: string;
  titleEn?: string;
  gistEn?: string;
  source: string;
  matter?: string;
  audience: Omit<AudienceRule, 'reason'> & { reason?: string };
  validFrom: string;
  validUntil?: string;
  sensitive?: boolean;
  /** Not before this instant, ISO. */
  startsAt?: string;
  /** To one in a hundred first. */
  canary?: boolean;
}

export type PolicyRow = typeof policy.$inferSelect;
type State = PolicyRow['state'];

interface Parts {
  database: Database;
  clock: Clock;
}

export type PolicyDesk = ReturnType<typeof createPolicyDesk>;

/** The reach is counted anew when it is submitted: a rule that grew since it was written needs the second signature. */
export function createPolicyDesk({ database, clock }: Parts) {
  /** A new draft. @throws Refusal BadInput when its days or ages contradict one another */
  function create(key: EffectKey, text: PolicyText, by: Actor): Promise<{ id: string }> {
    return once(database, key, async (tx) => {
      const [row] = await tx
        .insert(policy)
        .values({ ...valuesOf(text), code: codeOf(key), state: 'draft', submittedBy: by.id })
        .returning({ id: policy.id });
      if (!row) throw new Error('the draft was not written');
      await note(tx, row.id, 'policy.drafted', by);
      return row;
    });
  }

  /** Changes a draft; what is submitted is sent back first. @throws Refusal NotInThisState · BadInput */
  function edit(key: EffectKey, id: string, text: PolicyText, by: Actor): Promise<{ id: string }> {
    return once(database, key, async (tx) => {
      const row = await locked(tx, id, ['draft']);
      await tx
        .update(policy)
        .set({ ...valuesOf(text), version: row.version + 1, submittedBy: by.id })
        .where(eq(policy.id, id));
      await note(tx, id, 'policy.edited', by);
      return { id };
    });
  }

  /** Hands it on for the second signature; where few are reached and nothing is sensitive it is published with one. */
  function submit(key: EffectKey, id: string, by: Actor): Promise<{ state: string }> {
    return once(database, key, async (tx) => {
      const row = await locked(tx, id, ['draft', 'submitted']);
      if (row.state === 'submitted') return { state: 'submitted' };
      const expected = await reachOf(tx, row.audience, clock.now());
      const alone = expected <= SECOND_SIGNATURE_ABOVE && !row.sensitive;
      await tx.update(policy).set({ state: 'submitted', submittedBy: by.id, expected, remark: null }).where(is(id));
      await note(tx, id, 'policy.submitted', by);
      if (alone) await publish(tx, { ...row, expected }, by, null);
      return { state: alone ? 'published' : 'submitted' };
    });
  }

  /**
   * The second signature: it is published in this transaction, and its fan-out stands beside it.
   * @throws Refusal SecondPersonNeeded when the same officer submitted it · NotInThisState
   */
  function sign(key: EffectKey, id: string, by: Actor): Promise<{ state: string }> {
    return once(database, key, async (tx) => {
      const row = await locked(tx, id, ['submitted', 'published']);
      if (row.submittedBy === by.id) throw new Refusal('SecondPersonNeeded');
      if (row.state === 'submitted') await publish(tx, row, by, by.id);
      else if (!row.signedBy) await tx.update(policy).set({ signedBy: by.id }).where(is(id));
      return { state: 'published' };
    });
  }

  /** Not like this: back to whoever wrote it, with a remark. @throws Refusal NotInThisState */
  function sendBack(key: EffectKey, id: string, remark: string, by: Actor): Promise<{ state: string }> {
    return once(database, key, async (tx) => {
      await locked(tx, id, ['submitted']);
      await tx.update(policy).set({ state: 'draft', remark }).where(is(id));
      await note(tx, id, 'policy.sentBack', by);
      return { state: 'draft' };
    });
  }

  async function publish(tx: Db, row: PolicyRow, by: Actor, signedBy: string | null): Promise<void> {
    const now = clock.now();
    await tx.update(policy).set({ state: 'published', signedBy }).where(is(row.id));
    const dueAt = row.startsAt && row.startsAt > now ? row.startsAt : now;
    const run = { dueAt, share: row.canary ? 1 : 100, expected: row.expected ?? 0, state: 'waiting' as const };
    await tx
      .insert(fanOut)
      .values({ policyId: row.id, ...run })
      .onConflictDoUpdate({ target: fanOut.policyId, set: { ...run, cursor: null, reached: sql`${fanOut.reached}` } });
    await note(tx, row.id, 'policy.published', by);
  }

  const note = (tx: Db, id: string, action: string, actor: Actor) =>
    writeAudit(tx, { at: clock.now(), actor, action, subject: `policies/${id}`, result: 'done' });

  return { create, edit, submit, sign, sendBack, secondSignatureAbove: SECOND_SIGNATURE_ABOVE };
}

const is = (id: string) => eq(policy.id, id);

/** The row, held until the transaction ends. @throws Refusal NotFound · NotInThisState */
export async function locked(tx: Db, id: string, states: readonly State[]): Promise<PolicyRow> {
  const [row] = await tx.select().from(policy).where(is(id)).for('update');
  if (!row) throw new Refusal('NotFound');
  if (!states.includes(row.state)) throw new Refusal('NotInThisState');
  return row;
}

/** Short enough for a table, one for each key. */
const codeOf = (key: EffectKey) =>
  `p-${key
    .replace(/[^0-9a-f]/gi, '')
    .slice(-12)
    .toLowerCase()}`;

function valuesOf({ startsAt, audience, ...text }: PolicyText) {
  checkDays(text);
  checkAges(audience);
  const { titleEn = null, gistEn = null, matter = null, validUntil = null } = text;
  return {
    ...text,
    titleEn,
    gistEn,
    matter,
    validUntil,
    sensitive: text.sensitive ?? false,
    canary: text.canary ?? false,
    startsAt: startsAt === undefined ? null : new Date(startsAt),
    audience: { ...audience, reason: audience.reason ?? reasonFor(audience) },
  };
}

function checkDays({ validFrom, validUntil }: Pick<PolicyText, 'validFrom' | 'validUntil'>): void {
  if (validUntil !== undefined && validUntil < validFrom) throw new Refusal('BadInput', { field: 'validUntil' });
}

function checkAges({ ageFrom, ageTo }: PolicyText['audience']): void {
  if (ageFrom !== undefined && ageTo !== undefined && ageTo < ageFrom)
    throw new Refusal('BadInput', { field: 'ageTo' });
}

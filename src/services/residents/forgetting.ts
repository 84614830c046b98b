/** Being forgotten as far as the law lets us: what goes, what stays and until when, and what has to be over before. */
import { and, eq, inArray, or } from 'drizzle-orm';
import { addMonths } from '../../ages.ts';
import { Refusal } from '../../errors.ts';
import type { Db } from '../../store/database.ts';
import {
  application,
  booking,
  callback,
  caseFile,
  delivery,
  proxy,
  relative,
  resident,
  talkNote,
} from '../../store/schema.ts';

/** What the law wants kept when everything else goes: 电子签名法, 档案法, 网络安全法 and 等保 are the reasons. */
const CASE_MONTHS = 120;
const AUDIT_MONTHS = 7;
const FORGOTTEN = '◇';
const OPEN_CASES = ['submitted', 'received', 'correction', 'accepted', 'reviewing', 'producing'] as const;

export interface Kept {
  what: string;
  until: string;
}

/** What stays of her without her name, and until when. */
export const keptOf = (today: string): Kept[] => [
  { what: 'cases', until: addMonths(today, CASE_MONTHS) },
  { what: 'ratings', until: addMonths(today, CASE_MONTHS) },
  { what: 'audit', until: addMonths(today, AUDIT_MONTHS) },
];

/** @throws Refusal NotFound · NotInThisState while a case or a booking of hers is open */
export async function nothingOpen(tx: Db, residentId: string): Promise<void> {
  const [row] = await tx.select({ id: resident.id }).from(resident).where(eq(resident.id, residentId)).for('update');
  if (!row) throw new Refusal('NotFound');
  const cases = and(eq(caseFile.residentId, residentId), inArray(caseFile.status, [...OPEN_CASES]));
  const live = and(eq(booking.residentId, residentId), eq(booking.state, 'booked'));
  const open = (await tx.$count(caseFile, cases)) + (await tx.$count(booking, live));
  if (open > 0) throw new Refusal('NotInThisState');
}

/** Her name, numbers, situation, habits, drafts and notes, wherever they lie. */
export async function erase(tx: Db, residentId: string, now: Date): Promise<void> {
  const gone = { phoneSealed: null, phoneIndex: null, idNumberSealed: null, idNumberIndex: null, pinHash: null };
  const person = {
    name: FORGOTTEN,
    called: FORGOTTEN,
    birthDate: '1900-01-01',
    flags: {},
    codeWord: null,
    volume: null,
  };
  await tx
    .update(resident)
    .set({ ...gone, ...person, state: 'moved' })
    .where(eq(resident.id, residentId));
  await tx.delete(talkNote).where(eq(talkNote.residentId, residentId));
  const answers = { answersSealed: null, materials: [], state: 'withdrawn' as const };
  await tx
    .update(application)
    .set(answers)
    .where(
      and(
        eq(application.residentId, residentId),
        or(eq(application.state, 'draft'), eq(application.state, 'withdrawn')),
      ),
    );
  await tx
    .update(proxy)
    .set({ name: FORGOTTEN, phoneSealed: null, phoneIndex: null, validUntil: now })
    .where(eq(proxy.residentId, residentId));
  await tx.delete(relative).where(eq(relative.residentId, residentId));
  await tx
    .update(callback)
    .set({ phoneSealed: null, brief: {}, notes: null })
    .where(eq(callback.residentId, residentId));
  await tx
    .update(delivery)
    .set({ state: 'expired', dueAt: null })
    .where(and(eq(delivery.residentId, residentId), inArray(delivery.state, ['planned', 'sent', 'announced'])));
}

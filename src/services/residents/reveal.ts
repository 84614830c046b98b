/** Showing one masked field in full, to somebody who says why. */
import { eq } from 'drizzle-orm';
import type { Clock } from '../../clock.ts';
import { Refusal } from '../../errors.ts';
import { type Actor, writeAudit } from '../../store/audit.ts';
import type { Database } from '../../store/database.ts';
import { household, resident } from '../../store/schema.ts';

export const REVEALABLE = ['phone', 'idNumber', 'name', 'birthDate', 'address'] as const;
export type RevealField = (typeof REVEALABLE)[number];

/** After this many seconds the screen masks it again; no standard names a time, this one is ours. */
const SHOWN_SECONDS = 60;

interface Parts {
  database: Database;
  fields: { open(sealed: string, about: string): string };
  clock: Clock;
}

/** The audit row names field and reason, never the value, and is written before anything is shown. */
export function createReveal({ database, fields, clock }: Parts) {
  /**
   * One field of one resident. The caller has checked that she is in scope.
   * @throws Refusal NotFound when there is no such resident
   */
  return async function reveal(
    asked: { residentId: string; field: RevealField; reason: string },
    by: Actor,
  ): Promise<{ value: string | null; seconds: number }> {
    return database.transaction(async (tx) => {
      const [row] = await tx
        .select({ resident, household })
        .from(resident)
        .innerJoin(household, eq(household.id, resident.householdId))
        .where(eq(resident.id, asked.residentId))
        .limit(1);
      if (!row) throw new Refusal('NotFound');
      await writeAudit(tx, {
        at: clock.now(),
        actor: by,
        action: 'reveal',
        residentId: asked.residentId,
        subject: `residents/${asked.residentId}`,
        fields: [asked.field],
        reason: asked.reason,
        result: 'done',
      });
      return { value: shownOf(row, asked.field, fields), seconds: SHOWN_SECONDS };
    });
  };
}

type Found = { resident: typeof resident.$inferSelect; household: typeof household.$inferSelect };

function shownOf(
  { resident: her, household: home }: Found,
  field: RevealField,
  fields: Parts['fields'],
): string | null {
  switch (field) {
    case 'phone':
      return her.phoneSealed && fields.open(her.phoneSealed, `resident.phoneSealed:${her.id}`);
    case 'idNumber':
      return her.idNumberSealed && fields.open(her.idNumberSealed, `resident.idNumberSealed:${her.id}`);
    case 'name':
      return her.name;
    case 'birthDate':
      return her.birthDate;
    case 'address':
      return `${home.community}${home.building}${home.unit}`;
  }
}

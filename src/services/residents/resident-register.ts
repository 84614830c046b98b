/** Who lives at an address: written by the office, one person at a time. What she agrees to is asked at her home, not here. */
import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { type Clock, shanghaiDay } from '../../clock.ts';
import { Refusal } from '../../errors.ts';
import type { Locale } from '../../platforms/platform.ts';
import { type Actor, writeAudit } from '../../store/audit.ts';
import type { Database, Db } from '../../store/database.ts';
import type { Fields } from '../../store/fields.ts';
import { type EffectKey, once } from '../../store/once.ts';
import { household, resident } from '../../store/schema.ts';
import { phoneOf } from './homes.ts';
import { readIdNumber } from './id-number.ts';

export interface NewResident {
  householdId: string;
  name: string;
  /** How she wants to be called; asked again at the installation. */
  called: string;
  hukou: 'binhai' | 'tianjin' | 'outside';
  /** Whole: birthday and sex follow from it. */
  idNumber?: string;
  /** `YYYY-MM-DD`; needed where there is no ID number. */
  birthDate?: string;
  sex?: 'female' | 'male';
  phone?: string;
  locale?: Locale;
}

interface Parts {
  database: Database;
  fields: Pick<Fields, 'seal' | 'index'>;
  clock: Clock;
}

/** For supervisors. Numbers are sealed before they are written; the audit names which of them were given, and none of them. */
export function createResidentRegister({ database, fields, clock }: Parts) {
  /**
   * Registers somebody at a household.
   * @throws Refusal NotFound for a household that is not there
   * @throws Refusal BadInput for an ID number that cannot be right or contradicts what is said beside it, and for a birthday to come
   * @throws Refusal AlreadyThere where this ID number is known, or somebody of this name and birthday lives there
   */
  function add(key: EffectKey, one: NewResident, by: Actor): Promise<{ id: string }> {
    const person = { ...one, idNumber: one.idNumber?.toUpperCase() };
    const born = bornOf(person, shanghaiDay(clock.now()));
    return once(database, key, async (tx) => {
      const [home] = await tx.select().from(household).where(eq(household.id, one.householdId)).for('update');
      if (!home) throw new Refusal('NotFound');
      if (await isKnown(tx, person, born.birthDate)) throw new Refusal('AlreadyThere');
      const id = randomUUID();
      const { householdId, name, called, hukou, locale } = one;
      await tx
        .insert(resident)
        .values({ id, householdId, name, called, hukou, locale, ...born, ...sealed(id, person) });
      const given = Object.entries(one).filter(([, value]) => value !== undefined);
      const entry = { at: clock.now(), actor: by, action: 'resident.registered', residentId: id };
      await writeAudit(tx, { ...entry, fields: given.map(([field]) => field).sort(), result: 'done' });
      return { id };
    });
  }

  function sealed(id: string, { phone, idNumber }: NewResident) {
    return {
      ...(phone ? { phoneSealed: fields.seal(phone, phoneOf(id)), phoneIndex: fields.index(phone) } : {}),
      ...(idNumber
        ? {
            idNumberSealed: fields.seal(idNumber, `resident.idNumberSealed:${id}`),
            idNumberIndex: fields.index(idNumber),
          }
        : {}),
    };
  }

  async function isKnown(tx: Db, { householdId, name, idNumber }: NewResident, birthDate: string): Promise<boolean> {
    const there = and(
      eq(resident.householdId, householdId),
      eq(resident.name, name),
      eq(resident.birthDate, birthDate),
    );
    if ((await tx.$count(resident, there)) > 0) return true;
    return (
      idNumber !== undefined && (await tx.$count(resident, eq(resident.idNumberIndex, fields.index(idNumber)))) > 0
    );
  }

  return { add };
}

/** Birthday and sex: of the ID number where there is one, and then nothing else may be said. */
function bornOf({ idNumber, birthDate, sex }: NewResident, today: string) {
  const read = idNumber === undefined ? undefined : readIdNumber(idNumber);
  const contradicts = (birthDate ?? read?.birthDate) !== read?.birthDate || (sex ?? read?.sex) !== read?.sex;
  if (idNumber !== undefined && (!read || contradicts)) throw new Refusal('BadInput', { field: 'idNumber' });
  const born = read ?? { birthDate, sex };
  if (!born.birthDate || born.birthDate > today) throw new Refusal('BadInput', { field: 'birthDate' });
  if (!born.sex) throw new Refusal('BadInput', { field: 'sex' });
  return { birthDate: born.birthDate, sex: born.sex };
}

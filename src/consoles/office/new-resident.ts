/** Somebody who is being registered, as the form holds her. Pure. */

export interface Typed {
  householdId: string;
  name: string;
  called: string;
  hukou: 'binhai' | 'tianjin' | 'outside';
  phone: string;
  idNumber: string;
  birthDate: string;
  sex: '' | 'female' | 'male';
}

export const NOBODY: Typed = {
  householdId: '',
  name: '',
  called: '',
  hukou: 'binhai',
  phone: '',
  idNumber: '',
  birthDate: '',
  sex: '',
};

/** Birthday and sex as they are shown: of an ID number as far as it is typed, else as chosen. Whether it is right the server says. */
export function bornOf({ idNumber, birthDate, sex }: Typed): Pick<Typed, 'birthDate' | 'sex'> {
  if (idNumber === '') return { birthDate, sex };
  const [, year, month, day, order] = /^\d{6}(\d{4})(\d{2})(\d{2})\d{2}(\d)[\dX]$/.exec(idNumber) ?? [];
  if (order === undefined) return { birthDate: '', sex: '' };
  return { birthDate: `${year}-${month}-${day}`, sex: Number(order) % 2 === 1 ? 'male' : 'female' };
}

/** Everything that is needed is there. */
export function isWhole(typed: Typed): boolean {
  const { householdId, name, called, phone } = typed;
  const { birthDate, sex } = bornOf(typed);
  const said = [householdId, name.trim(), called.trim(), birthDate, sex].every((one) => one !== '');
  return said && /^(\d{7,12})?$/.test(phone);
}

/** As it is sent: what is empty is left out, and an ID number goes without what it says itself. */
export function wishOf({ idNumber, birthDate, sex, phone, ...one }: Typed): object {
  const born = idNumber ? { idNumber } : { birthDate, sex };
  return { ...one, name: one.name.trim(), called: one.called.trim(), ...born, ...(phone ? { phone } : {}) };
}

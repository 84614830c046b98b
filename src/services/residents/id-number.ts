/** 公民身份号码 (GB 11643): region, birthday, order whose last digit tells the sex, check digit. */

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK = '10X98765432';

/** What an ID number says of its owner. */
export interface IdNumberFacts {
  /** `YYYY-MM-DD` */
  birthDate: string;
  sex: 'female' | 'male';
}

/** What a number of eighteen places says; undefined where its check digit is wrong or its birthday is no day. */
export function readIdNumber(number: string): IdNumberFacts | undefined {
  if (!/^\d{17}[\dX]$/.test(number)) return undefined;
  const sum = WEIGHTS.reduce((total, weight, n) => total + weight * Number(number[n]), 0);
  if (CHECK[sum % 11] !== number[17]) return undefined;
  const birthDate = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
  const at = new Date(`${birthDate}T00:00:00Z`);
  if (Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== birthDate) return undefined;
  return { birthDate, sex: Number(number[16]) % 2 === 1 ? 'male' : 'female' };
}

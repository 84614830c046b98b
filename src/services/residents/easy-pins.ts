/** Four digits that a neighbour would try first. */
const RUNS = '01234567890123456789';

/** All the same, pairs, a run up or down, or anything out of her birthday (`YYYY-MM-DD`). */
export function isEasyPin(digits: string, birthDate: string): boolean {
  const down = [...digits].reverse().join('');
  const [year = '', month = '', day = ''] = birthDate.split('-');
  const birthday = [year, `${month}${day}`, `${day}${month}`, `${year.slice(2)}${month}`];
  return new Set(digits).size < 3 || RUNS.includes(digits) || RUNS.includes(down) || birthday.includes(digits);
}

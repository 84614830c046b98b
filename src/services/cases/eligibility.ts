/** May a resident have it: a rule of age and hukou from the guide, and the day on which she will. */
import { addMonths, ageOn, birthdayAt } from '../../ages.ts';
import type { Person } from '../../store/audience.ts';
import type { EligibilityRule } from '../../store/schema.ts';

export interface Eligibility {
  /** `unknown` goes to a person: never a refusal by the machine. */
  answer: 'yes' | 'not_yet' | 'no' | 'unknown';
  /** With `not_yet`: the first day on which she may, `YYYY-MM-DD`. */
  from?: string;
  reason: { phrase: string; values: Record<string, string | number> };
}

/** The first day on which a rule lets somebody apply: the birthday, or so many months before it. */
function firstDay(rule: EligibilityRule, birthDate: string): string {
  return addMonths(birthdayAt(birthDate, rule.ageFrom), -(rule.earlyMonths ?? 0));
}

/** Of a rule that takes several, the one that the others lie in. */
const widest = (hukou: string[] = []): string => (hukou.includes('tianjin') ? 'tianjin' : 'binhai');

/** Her answer on `today`. Without a rule nobody here knows: the window does. */
export function judge(rule: EligibilityRule | undefined, person: Person, today: string): Eligibility {
  if (!rule) return { answer: 'unknown', reason: { phrase: 'guide.eligible_unknown', values: {} } };
  const values = { age: rule.ageFrom, herAge: ageOn(person.birthDate, today) };
  const other = rule.hukou && !rule.hukou.includes(person.hukou);
  if (other && rule.otherHukou === 'no')
    return { answer: 'no', reason: { phrase: 'guide.eligible_no', values: { ...values, hukou: widest(rule.hukou) } } };
  const from = firstDay(rule, person.birthDate);
  if (from > today)
    return { answer: 'not_yet', from, reason: { phrase: 'guide.eligible_not_yet', values: { ...values, from } } };
  if (other) return { answer: 'unknown', reason: { phrase: 'guide.eligible_unknown', values } };
  if (values.herAge < rule.ageFrom)
    return {
      answer: 'yes',
      reason: { phrase: 'guide.eligible_early', values: { ...values, months: rule.earlyMonths ?? 0 } },
    };
  return { answer: 'yes', reason: { phrase: 'guide.eligible_yes', values } };
}

import type { Ref, Role, Row } from '../rest/records.ts';
import { t } from '../words/office.ts';

export interface Account extends Row {
  username: string;
  name: string;
  badge: string | null;
  role: Role;
  place: Ref | null;
  duty: 'A' | 'B' | null;
  locked: boolean;
  disabled: boolean;
  mustChangePassword: boolean;
  secondFactor: boolean;
}

/** What is handed over once, and cannot be read again. */
export interface Handed {
  password: string;
  totpUri?: string;
}

/** An account's state in words and colour. */
export function stateOf({ disabled, locked, mustChangePassword }: Account): { words: string; tone: string } {
  if (disabled) return { words: t.shut, tone: 'late' };
  if (locked) return { words: t.locked, tone: 'warn' };
  return mustChangePassword ? { words: t.passwordNotChangedYet, tone: 'info' } : { words: t.use, tone: 'good' };
}

import type { Ref, Role, Row } from '../rest/records.ts';

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
  if (disabled) return { words: '停用', tone: 'late' };
  if (locked) return { words: '锁着', tone: 'warn' };
  return mustChangePassword ? { words: '还没改密码', tone: 'info' } : { words: '在用', tone: 'good' };
}

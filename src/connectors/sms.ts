/** Text messages: a template that the gateway's operator has approved, its values, and one number. */
import { type Handed, hand, type Receiver } from './posting.ts';

/** Every template with the values that come with it; their texts stand in locales/zh-CN/_sms.yaml. */
export const TEMPLATES = {
  notice_policy: [],
  notice_progress: [],
  notice_reminder: [],
  notice_system: [],
  guide: ['matter', 'materials', 'place'],
  emergency: ['kind', 'what', 'number'],
  emergency_relative: ['kind', 'what', 'called'],
  oversight_overdue: ['station', 'count'],
  oversight_tickets: ['count'],
  oversight_unreached: ['station', 'count'],
  oversight_repair: ['share', 'before'],
} as const satisfies Record<string, readonly string[]>;

export interface TextMessage {
  /** Mainland number, digits only. */
  to: string;
  template: string;
  values: Record<string, string>;
}

export interface Sms {
  send(id: string, message: TextMessage): Promise<Handed>;
}

/** One gateway, with its key and a deadline. Never throws: no answer is `later`, and the gateway drops the repeat by `id`. */
export function createSms(receiver: Receiver): Sms {
  return { send: (id, message) => hand(receiver, '/messages', id, message) };
}

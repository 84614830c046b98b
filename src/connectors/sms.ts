/** Text messages: a template that the gateway's operator has approved, its values, and one number. */
import { type Handed, hand, type Receiver } from './posting.ts';

export interface TextMessage {
  /** Mainland number, digits only. */
  to: string;
  template: string;
  values: Record<string, string>;
}

export interface Sms {
  send(id: string, message: TextMessage): Promise<Handed>;
}

export function createSms(receiver: Receiver): Sms {
  return { send: (id, message) => hand(receiver, '/messages', id, message) };
}

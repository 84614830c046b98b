/** The district's service platform: told of what changed here, as it stands when it is told. */
import { type Handed, hand, type Receiver } from './posting.ts';

/** A booking without a person in it: the platform knows whose case the number is. */
export interface BookingFact {
  id: string;
  matter: string;
  direction: 'collect' | 'hand_in';
  mode: string;
  state: string;
  /** Code of the place, `YYYY-MM-DD` and `HH:MM` in Shanghai. */
  place: string;
  day: string;
  start: string;
  caseNumber?: string;
  /** ISO 8601: of two messages the later state holds. */
  changedAt: string;
}

export interface Binhai {
  /** `id` is the message's own: told again under it, the platform drops the repeat. */
  tell(id: string, event: { topic: string; booking: BookingFact }): Promise<Handed>;
}

export function createBinhai(receiver: Receiver): Binhai {
  return { tell: (id, event) => hand(receiver, '/events', id, event) };
}

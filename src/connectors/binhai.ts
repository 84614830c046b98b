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

/** Somebody is to come to a home: which half day, and what for. */
export interface VisitFact {
  id: string;
  matter: string;
  /** `YYYY-MM-DD` */
  day: string;
  half: 'AM' | 'PM';
  state: string;
  changedAt: string;
}

/** What was applied for here; her answers stay here. */
export interface ApplicationFact {
  id: string;
  matter: string;
  kind?: string;
  state: string;
  caseNumber?: string;
  changedAt: string;
}

export type BinhaiEvent = { topic: string } & (
  | { booking: BookingFact }
  | { visit: VisitFact }
  | { application: ApplicationFact }
);

export interface Binhai {
  /** `id` is the message's own: told again under it, the platform drops the repeat. */
  tell(id: string, event: BinhaiEvent): Promise<Handed>;
}

/** Told to one receiver, with its key and a deadline. Never throws: no answer is `later`, and the outbox tells it again. */
export function createBinhai(receiver: Receiver): Binhai {
  return { tell: (id, event) => hand(receiver, '/events', id, event) };
}

/** The legs of a page by their ids. What is signalled for a leg before it is opened waits for it. */

export interface Signal {
  description?: unknown;
  candidate?: unknown;
}

interface Line {
  hear(signal: Signal): Promise<void>;
  close(): void;
}

export interface Switchboard<Parts, Leg> {
  /** Opens a leg; one that is open already stays as it is. */
  open(id: string, parts: Parts): Leg;
  leg(id: string | undefined): Leg | undefined;
  hear(id: string, signal: Signal): void;
  close(id: string | undefined): void;
  closeAll(): void;
}

const EARLY = 40;

/** `make` opens a leg. Forty early signals are kept for each, enough for an offer and its candidates. */
export function createSwitchboard<Parts, Leg extends Line>(make: (parts: Parts) => Leg): Switchboard<Parts, Leg> {
  const legs = new Map<string, Leg>();
  const early = new Map<string, Signal[]>();
  /** One signal after the other: a candidate may not overtake the description it belongs to. */
  const turns = new Map<string, Promise<void>>();

  const hear = (id: string, signal: Signal) => {
    const leg = legs.get(id);
    if (!leg) {
      const waiting = early.get(id) ?? [];
      if (waiting.length < EARLY) early.set(id, [...waiting, signal]);
      return;
    }
    const before = turns.get(id) ?? Promise.resolve();
    turns.set(
      id,
      before.then(() => leg.hear(signal)).catch(() => undefined),
    );
  };

  const close = (id: string | undefined) => {
    if (id === undefined) return;
    legs.get(id)?.close();
    for (const map of [legs, early, turns]) map.delete(id);
  };

  return {
    open(id, parts) {
      const standing = legs.get(id);
      if (standing) return standing;
      const leg = make(parts);
      legs.set(id, leg);
      const waiting = early.get(id) ?? [];
      early.delete(id);
      for (const signal of waiting) hear(id, signal);
      return leg;
    },
    leg: (id) => (id === undefined ? undefined : legs.get(id)),
    hear,
    close,
    closeAll() {
      for (const id of [...legs.keys()]) close(id);
      early.clear();
    },
  };
}

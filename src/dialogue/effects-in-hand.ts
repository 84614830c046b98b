/** What the errands in hand do to the world in one turn: each effect under its own key and its level, and what is let go when one is dropped. */
import type { Assurance, Level } from './assurance.ts';
import type { ErrandDefinition } from './errands/errand.ts';
import type { Hands } from './hands.ts';
import type { Frame, Talk } from './talk.ts';

export interface EffectParts {
  talk: Talk;
  hands: Hands;
  definition: (errand: string) => ErrandDefinition | undefined;
  assurance: Assurance;
  /** Of the last effect before it in this turn. */
  ordinal: number;
}

/** Lives for one call of step. */
export function createEffectsInHand({ talk, hands, definition, assurance, ...parts }: EffectParts) {
  let { ordinal } = parts;
  /** Tells the effects of one turn apart: part of each one's key. */
  const nextOrdinal = () => {
    ordinal += 1;
    return ordinal;
  };

  /** How sure we are of who is speaking: her digits, her name, or neither. */
  function held(): Level {
    if (!talk.residentId) return 'L0';
    return hands.verified(talk.verifiedUntil) ? 'L2' : 'L1';
  }

  /** @throws Refusal Forbidden where her level does not reach what the effect needs */
  function run(frame: Frame, effect: string): Promise<{ type: string }> {
    assurance.needs(assurance.ofEffect(frame.machine, effect), held());
    const residentId = (frame.context.residentId as string) || talk.residentId || '';
    return hands.run({
      errand: frame.machine,
      effect,
      context: frame.context,
      residentId,
      speaking: talk.residentId,
      ordinal: nextOrdinal(),
      unheard: talk.unheard,
      verifiedUntil: talk.verifiedUntil,
    });
  }

  /** The errand on top is put away, and what it held is let go. */
  async function drop(): Promise<void> {
    const frame = talk.frames.pop();
    const upkeep = frame && definition(frame.machine)?.upkeep;
    if (frame && upkeep?.needed(frame.context)) await run(frame, upkeep.whenDropped);
    talk.asked = undefined;
  }

  async function dropAll(): Promise<void> {
    talk.later = undefined;
    while (talk.frames.length > 0) await drop();
  }

  /** A held place stays held while she talks. */
  async function keepUp(): Promise<void> {
    for (const frame of talk.frames) {
      const upkeep = definition(frame.machine)?.upkeep;
      if (upkeep?.needed(frame.context)) await run(frame, upkeep.eachTurn);
    }
  }

  return { held, run, drop, dropAll, keepUp, nextOrdinal, ordinals: () => ordinal };
}

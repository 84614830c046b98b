/** Frames as data: an errand is opened, stepped and read back with xstate's pure functions; what it wants done comes out as acts. */
import { initialTransition, type Snapshot, transition } from 'xstate';
import type { Act, ErrandDefinition, Start } from './errands/errand.ts';
import type { Frame } from './talk.ts';

export interface Stepped {
  frame: Frame;
  acts: Act[];
  /** The errand has come to its end. */
  done: boolean;
  /** False when the machine has no use for the event in this state. */
  used: boolean;
}

interface Snap {
  value: unknown;
  context: Record<string, unknown>;
  status: string;
}
interface Returned {
  type: string;
  params?: unknown;
}

const ACTS = new Set(['say', 'ask', 'run', 'open']);

const actsOf = (actions: Returned[]): Act[] =>
  actions
    .filter((action) => ACTS.has(action.type))
    .map((action) => ({ ...(action.params as object), type: action.type }) as Act);

function stepped(name: string, errand: ErrandDefinition, snapshot: Snap, actions: Returned[]): Stepped {
  const frame: Frame = { machine: name, version: errand.version, value: snapshot.value, context: snapshot.context };
  return { frame, acts: actsOf(actions), done: snapshot.status === 'done', used: true };
}

/** Opens an errand: its first state and what that state wants. */
export function openErrand(name: string, errand: ErrandDefinition, start: Start): Stepped {
  const [snapshot, actions] = initialTransition(errand.machine, start);
  return stepped(name, errand, snapshot as unknown as Snap, actions as Returned[]);
}

/** Whether the frame was made by another version of its machine. */
export const isOutdated = (frame: Frame, errand: ErrandDefinition | undefined) =>
  errand === undefined || frame.version !== errand.version;

/** Gives the errand one event. An event it has no use for leaves the frame as it was, `used: false`. */
export function stepErrand(frame: Frame, errand: ErrandDefinition, event: { type: string }): Stepped {
  const before = errand.machine.resolveState({ value: frame.value as never, context: frame.context as never });
  if (!before.can(event as never)) return { frame, acts: [], done: false, used: false };
  const [after, actions] = transition(errand.machine, before as never, event as never) as unknown as [
    Snap & Snapshot<unknown>,
    Returned[],
  ];
  return stepped(frame.machine, errand, after, actions);
}

/** She said something that told the errand nothing: the same question, and nothing more is known. */
export function standsStill(
  before: Frame,
  { frame, acts }: Stepped,
  event: { type: string; slots?: object; words?: string },
): boolean {
  if (event.type !== 'GAVE' || event.words || Object.keys(event.slots ?? {}).length > 0) return false;
  const same = JSON.stringify([frame.value, frame.context]) === JSON.stringify([before.value, before.context]);
  return same && acts.every((act) => act.type === 'ask');
}

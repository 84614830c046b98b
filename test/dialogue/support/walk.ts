/** Every state that a machine can come to under a declared sample of events, and what it wants said and done on the way. */
import { type AnyActorScope, type AnyStateMachine, createActor, initialTransition } from 'xstate';
import type { Act } from '../../../src/dialogue/errands/errand.ts';

export interface Happening {
  type: string;
  [what: string]: unknown;
}

export interface Stop {
  value: unknown;
  context: Record<string, unknown>;
  done: boolean;
  /** Where it leads. */
  edges: Set<string>;
  known: string[];
  /** The question that waits there. */
  asked?: Asked;
}

type Asked = Extract<Act, { type: 'ask' }>;

/** What a yes brought about at once. */
export interface Agreed {
  to: Asked;
  acts: Act[];
}

export interface Walk {
  stops: Map<string, Stop>;
  agreed: Agreed[];
  /** Distinct ones, in the order met. */
  acts: Act[];
  /** The same with what was known on the road to each. */
  moments: Moment[];
}

/** Something said, asked or done, and what had been learnt by then. */
export interface Moment {
  act: Act;
  known: string[];
}

/** What is kept of a state between two turns. */
export type Kept = Pick<Stop, 'value' | 'context'>;

interface Wanted {
  machine: AnyStateMachine;
  /** Inputs; `undefined` for a machine without. */
  starts: unknown[];
  events: Happening[];
  /** What tells two states apart; everything, unless told. */
  keyOf?: (stop: Kept) => unknown;
  /** Which outcomes an effect can have there; all, unless told. */
  mayBefall?: (stop: Kept, event: Happening) => boolean;
  /** What an event teaches, by name, beside what was known: two roads to one state that know different things are walked both. */
  learn?: Learn;
}

export type Learn = (stop: Kept, event: Happening) => string | undefined;

interface Snap {
  value: unknown;
  context: Record<string, unknown>;
  status: string;
  can(event: Happening): boolean;
}
type Returned = { type: string; params?: object };
const actsOf = (returned: Returned[]): Act[] => returned.map(({ type, params }) => ({ ...params, type }) as Act);

const MOST = 50_000;
const everything = ({ value, context }: Kept) => [value, context];

/** @throws Error when the sample opens more states than can be walked */
export function walk({ machine, starts, events, keyOf = everything, mayBefall = () => true, learn }: Wanted): Walk {
  const stops = new Map<string, Stop>();
  const acts = new Map<string, Act>();
  const moments = new Map<string, Moment>();
  const open: Stop[] = [];
  const agreed: Agreed[] = [];

  function arrive([snap, returned]: [Snap, Returned[]], known: string[] = []): string {
    for (const act of actsOf(returned)) {
      const told = JSON.stringify(act);
      const moment = `${known} ${told}`;
      if (moments.has(moment)) continue;
      acts.set(told, act);
      moments.set(moment, { act, known });
    }
    const done = snap.status === 'done';
    // An end is kept by nobody: how she came there was told on the way.
    const key = JSON.stringify(done ? [snap.value] : [keyOf(snap), known]);
    if (stops.has(key)) return key;
    if (stops.size === MOST) throw new Error(`${machine.id} has more than ${MOST} states under this sample`);
    const asked = actsOf(returned).findLast((act) => act.type === 'ask');
    const stop: Stop = { value: snap.value, context: snap.context, done, edges: new Set(), known, asked };
    stops.set(key, stop);
    open.push(stop);
    return key;
  }

  /** As the engine does it: each step begins from what was kept as JSON. */
  function restored({ value, context }: Kept): Snap {
    const kept = JSON.parse(JSON.stringify({ value, context })) as Kept;
    return machine.resolveState(kept as never) as unknown as Snap;
  }

  const step = stepOf(machine, starts[0]);
  for (const start of starts) arrive(initialTransition(machine, start) as unknown as [Snap, Returned[]]);
  for (let stop = open.pop(); stop; stop = open.pop()) {
    const snap = restored(stop);
    for (const event of events) {
      if (stop.done || !mayBefall(stop, event) || !snap.can(event)) continue;
      const after = step(snap, event);
      const taught = learn?.(stop, event);
      const known = taught ? [...new Set([...stop.known, taught])].sort() : stop.known;
      if (event.type === 'YES' && stop.asked) agreed.push({ to: stop.asked, acts: actsOf(after[1]) });
      stop.edges.add(arrive(after, known));
    }
  }
  return { stops, agreed, acts: [...acts.values()], moments: [...moments.values()] };
}

/** One step, as `transition` takes it. That one begins a new machine for each step only to have a place for it; here one serves all. */
function stepOf(machine: AnyStateMachine, input: unknown): (from: Snap, event: Happening) => [Snap, Returned[]] {
  const self = createActor(machine, { input } as never);
  const nothing = () => {};
  const place = { self, system: self.system, id: self.id, sessionId: self.sessionId, logger: nothing };
  return (from, event) => {
    const returned: Returned[] = [];
    const actionExecutor = (action: Returned) => returned.push(action);
    const scope = { ...place, actionExecutor, defer: nothing, emit: nothing, stopChild: nothing };
    const to = machine.transition(from as never, event as never, scope as unknown as AnyActorScope);
    return [to as unknown as Snap, returned];
  };
}

/** Those from which no stop that pleases `goal` can be reached. */
export function stranded({ stops }: Walk, goal: (stop: Stop) => boolean): Stop[] {
  const before = new Map<string, string[]>();
  for (const [key, { edges }] of stops) {
    for (const to of edges) before.set(to, [...(before.get(to) ?? []), key]);
  }
  const good = new Set([...stops].filter(([, stop]) => goal(stop)).map(([key]) => key));
  const open = [...good];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    for (const from of before.get(key) ?? []) {
      if (good.has(from)) continue;
      good.add(from);
      open.push(from);
    }
  }
  return [...stops].filter(([key]) => !good.has(key)).map(([, stop]) => stop);
}

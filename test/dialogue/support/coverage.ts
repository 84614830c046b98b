/** Which states, transitions and outcomes of guards a sample of events reaches: the machine is marked, then walked as it is. */
import { type AnyStateMachine, createMachine } from 'xstate';
import type { Sample } from '../samples/sample.ts';
import { type Learn, type Walk, walk } from './walk.ts';

export interface Coverage {
  machine: string;
  states: { all: number; missed: string[] };
  transitions: { all: number; missed: string[] };
  /** Both outcomes of every named guard. */
  outcomes: { all: number; missed: string[] };
}

type Config = Record<string, unknown>;
type Transition = string | { target?: string; actions?: unknown; guard?: unknown };
const TOOK = 'took';

/** The same machine, each transition telling that it was taken. */
function marked(machine: AnyStateMachine, guards: Record<string, unknown>): { copy: AnyStateMachine; ids: string[] } {
  const ids: string[] = [];
  const mark = (one: Transition, where: string): object => {
    const { actions, ...rest } = typeof one === 'string' ? { target: one, actions: undefined } : one;
    ids.push(where);
    const own = actions === undefined ? [] : [actions].flat();
    return { ...rest, actions: [...own, { type: TOOK, params: { id: where } }] };
  };
  const markAll = (list: unknown, where: string) =>
    [list].flat().map((one, index) => mark(one as Transition, `${where} #${index + 1}`));
  const markNode = (node: Config, name: string): Config => ({
    ...node,
    ...(node.always ? { always: markAll(node.always, `${name} always`) } : {}),
    ...(node.on
      ? {
          on: Object.fromEntries(
            Object.entries(node.on as Config)
              .filter(([, list]) => list !== undefined)
              .map(([event, list]) => [event, markAll(list, `${name} ${event}`)]),
          ),
        }
      : {}),
    ...(node.states
      ? {
          states: Object.fromEntries(
            Object.entries(node.states as Record<string, Config>).map(([key, child]) => [key, markNode(child, key)]),
          ),
        }
      : {}),
  });
  const config = markNode(machine.config as Config, '(anywhere)');
  const copy = createMachine(config as never, { ...machine.implementations, guards } as never);
  return { copy: copy as AnyStateMachine, ids };
}

/** Walks the sample over the marked machine: where it led, and what that covered. The marks themselves are left out of its acts. */
export function walkCovered(
  machine: AnyStateMachine,
  sample: Sample,
  learn?: Learn,
): { seen: Walk; coverage: Coverage } {
  const outcomes = new Set<string>();
  const own = machine.implementations.guards as Record<string, (...args: unknown[]) => boolean>;
  const guards = Object.fromEntries(
    Object.entries(own).map(([name, guard]) => [
      name,
      (...args: unknown[]) => {
        const outcome = guard(...args);
        outcomes.add(`${name} ${outcome}`);
        return outcome;
      },
    ]),
  );
  const { copy, ids } = marked(machine, guards);
  const seen = walk({ machine: copy, ...sample, learn });
  const took = new Set(
    seen.acts.flatMap((act) => ((act.type as string) === TOOK ? [(act as unknown as { id: string }).id] : [])),
  );
  const passed = new Set([...took].map((id) => id.split(' ')[0]));
  const rested = new Set([...seen.stops.values()].map(({ value }) => String(value)));
  const states = Object.keys(machine.root.states);
  const wanted = Object.keys(own).flatMap((name) => [`${name} true`, `${name} false`]);
  const coverage = {
    machine: machine.id,
    states: { all: states.length, missed: states.filter((one) => !rested.has(one) && !passed.has(one)) },
    transitions: { all: ids.length, missed: ids.filter((id) => !took.has(id)) },
    outcomes: { all: wanted.length, missed: wanted.filter((one) => !outcomes.has(one)) },
  };
  const isMark = ({ type }: { type: string }) => type === TOOK;
  const acts = seen.acts.filter((act) => !isMark(act));
  return { seen: { ...seen, acts, moments: seen.moments.filter(({ act }) => !isMark(act)) }, coverage };
}

const share = ({ all, missed }: { all: number; missed: string[] }) => `${all - missed.length}/${all}`;

/** One line, and what was missed beneath. */
export function coverageTold({ machine, states, transitions, outcomes }: Coverage): string {
  const missed = [...states.missed, ...transitions.missed, ...outcomes.missed.map((one) => `guard ${one}`)];
  const line = `${machine.padEnd(14)} states ${share(states)}, transitions ${share(transitions)}, guards both ways ${share(outcomes)}`;
  return missed.length > 0 ? `${line}\n    ${missed.join('; ')}` : line;
}

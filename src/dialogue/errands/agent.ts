/** A person: a live call where her speaker can carry one and somebody is there, else a callback that keeps its place, to a number she has agreed to. */
import { call } from './agent.call.ts';
import { callback } from './agent.callback.ts';
import type { AgentContext } from './agent.facts.ts';
import { incoming } from './agent.incoming.ts';
import { reaching } from './agent.setup.ts';
import { standing } from './agent.standing.ts';
import type { ErrandDefinition } from './errand.ts';

const machine = reaching.createMachine({
  id: 'agent',
  context: ({ input }) => ({ ...input }),
  initial: 'opening',
  states: {
    opening: {
      always: [
        { guard: 'callEnded', target: 'returning' },
        { guard: 'callIncoming', target: 'incoming' },
        { guard: 'asksOfStanding', target: 'lookingStanding' },
        { target: 'looking' },
      ],
    },
    looking: {
      entry: { type: 'run', params: { effect: 'look' } },
      on: {
        LOOKED: [
          { guard: 'canTalk', actions: 'keep', target: 'calling' },
          { actions: 'keep', target: 'deciding' },
        ],
      },
    },
    ...call,
    ...incoming,
    ...callback,
    ...standing,
  },
});

/** A call that still waits is given up when she drops the errand. */
const upkeep = {
  eachTurn: 'stay',
  whenDropped: 'leave',
  needed: (context: unknown) => Boolean((context as AgentContext).call?.id),
};

export const agent: ErrandDefinition = { machine, version: 2, upkeep };

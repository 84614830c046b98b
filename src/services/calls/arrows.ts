/** The states of a call and what leads from one to the next. Nothing else in the product changes a call's state. */
import type { CALL_STATES } from '../../store/schema.ts';

export type CallState = (typeof CALL_STATES)[number];

/**
 * `ring` it rings at somebody · `pass` nobody took it · `take` accepted · `connect` the peers hear one another ·
 * `giveUp` becomes a callback · `hangUp` either end · `handOver`, `handedOver`, `keep` a transfer, done or not ·
 * `wrapUp` the outcome is given · `force` a supervisor.
 */
export type CallEvent =
  | 'ring'
  | 'pass'
  | 'take'
  | 'connect'
  | 'giveUp'
  | 'hangUp'
  | 'hold'
  | 'unhold'
  | 'handOver'
  | 'handedOver'
  | 'keep'
  | 'wrapUp'
  | 'force';

const ARROWS: Record<CallState, Partial<Record<CallEvent, CallState>>> = {
  queued: { ring: 'offered', giveUp: 'callback', hangUp: 'ended', force: 'ended' },
  offered: { pass: 'queued', take: 'connecting', giveUp: 'callback', hangUp: 'ended', force: 'ended' },
  connecting: { connect: 'talking', giveUp: 'callback', hangUp: 'ended', force: 'ended' },
  talking: { hold: 'held', handOver: 'transferring', hangUp: 'wrapping', force: 'ended' },
  held: { unhold: 'talking', handOver: 'transferring', hangUp: 'wrapping', force: 'ended' },
  transferring: { handedOver: 'talking', keep: 'talking', hangUp: 'wrapping', force: 'ended' },
  wrapping: { wrapUp: 'ended', force: 'ended' },
  ended: {},
  callback: {},
};

/** Where an event leads from a state; undefined where it means nothing there. */
export const after = (state: CallState, event: CallEvent): CallState | undefined => ARROWS[state][event];

/** A call that is over; each call comes to exactly one of these. */
export const isOver = (state: CallState): boolean => Object.keys(ARROWS[state]).length === 0;

/** She waits for somebody. */
export const WAITING = ['queued', 'offered'] as const satisfies CallState[];
/** Somebody has it. */
export const TAKEN = ['connecting', 'talking', 'held', 'transferring'] as const satisfies CallState[];
/** Words go to and fro. */
export const TALKED = ['talking', 'held', 'transferring'] as const satisfies CallState[];

/** `includes` for lists that are narrower than the type. */
export const isOneOf = (state: CallState, states: readonly CallState[]): boolean => states.includes(state);

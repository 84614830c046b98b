import type { CallFrame } from '../../calls/wire.ts';

const KEY = 'jialiban.call';

/** Which call this tab has: after a reload it takes that one up again by itself; a second tab does not steal it. */
export const heldHere = {
  take(call: string) {
    sessionStorage.setItem(KEY, call);
  },
  has: (call: string) => sessionStorage.getItem(KEY) === call,
  /** Forgets a call that is over here. */
  note({ call, state }: CallFrame) {
    const over = state === 'ended' || state === 'callback';
    if (over && heldHere.has(call)) sessionStorage.removeItem(KEY);
  },
};

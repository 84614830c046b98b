import type { CallFrame } from '../../calls/wire.ts';

const KEY = 'jialiban.call';

/** Which call this tab has: after a reload it takes that one up again by itself; a second tab does not steal it. */
export const heldHere = {
  take(call: string) {
    sessionStorage.setItem(KEY, call);
  },
  has: (call: string) => sessionStorage.getItem(KEY) === call,
  /** It is another page's now. */
  forget(call: string) {
    if (heldHere.has(call)) sessionStorage.removeItem(KEY);
  },
  /** Forgets a call that is over. */
  note({ call, state }: CallFrame) {
    if (state === 'ended' || state === 'callback') heldHere.forget(call);
  },
};

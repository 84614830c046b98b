/** Work done one piece after the other, in the order it came. */
export interface Inbox {
  /** False when too much is waiting already: the piece is not taken. */
  put(work: () => Promise<void>): boolean;
}

/** `capacity` pieces may wait. A piece that throws is reported and does not stop the next. */
export function createInbox(capacity: number, failed: (thrown: unknown) => void): Inbox {
  let waiting = 0;
  let last = Promise.resolve();
  return {
    put(work) {
      if (waiting >= capacity) return false;
      waiting += 1;
      last = last
        .then(work)
        .catch(failed)
        .finally(() => {
          waiting -= 1;
        });
      return true;
    },
  };
}

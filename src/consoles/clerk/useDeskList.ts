import { useDeskLine } from '../live/useLive.ts';
import { type Filter, useList } from '../rest/lists.ts';

/** Without the live line lists are looked at now and then; with it they are read again when something has changed. */
const WITHOUT_LINE_MS = 20_000;

/** A list of the desk: each reading is audited, so nothing is read that has not changed. */
export function useDeskList<T>(noun: string, filter: Filter = {}) {
  const { live } = useDeskLine();
  return useList<T>(noun, filter, live.link === 'open' ? undefined : WITHOUT_LINE_MS);
}

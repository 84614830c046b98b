/** Which failures mean that a store could not be reached, as opposed to what it refused. */
import { Refusal } from '../errors.ts';
import { sqlFault } from './db.ts';

/** SQLSTATE classes: connection, resources, operator intervention (a statement deadline is 57014), lock not available. */
const UNREACHABLE = /^(08|53|57)|^55P03$|^25P03$/;
const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOENT',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
]);
/** node-postgres throws these without a code. */
const SENTENCES = [
  'Query read timeout',
  'timeout exceeded when trying to connect',
  'Connection terminated',
  'Client has encountered a connection error',
  'Client was closed and is not queryable',
  'Cannot use a pool after calling end on the pool',
];

/** Whether the database was out of reach or too slow; the outcome of what was under way is then unknown. */
function isUnavailable(thrown: unknown): boolean {
  const { code } = sqlFault(thrown);
  if (code !== undefined && code !== 'EPIPE') return UNREACHABLE.test(code);
  for (let error = thrown; error instanceof Error; error = error.cause) {
    if (error instanceof Refusal) return error.refusal === 'StoreUnavailable';
    const { code: network } = error as { code?: unknown };
    if (typeof network === 'string' && NETWORK.has(network)) return true;
    const { message } = error;
    if (SENTENCES.some((sentence) => message.startsWith(sentence))) return true;
  }
  return false;
}

/** What is thrown on: `StoreUnavailable` with its cause when the store was out of reach, else the error itself. */
export function storeFault(thrown: unknown): unknown {
  if (thrown instanceof Refusal || !isUnavailable(thrown)) return thrown;
  return new Refusal('StoreUnavailable', {}, { cause: thrown });
}

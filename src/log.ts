/** The log: constant messages, values in fields, ids instead of bodies. What could name a person is cut out before it is written. */
import { type DestinationStream, type Logger, pino } from 'pino';

export type Log = Logger;

/** Fields that never leave the process, at the top and two levels down (pino redacts by path; a path covers one level). */
const PERSONAL = [
  'authorization',
  'cookie',
  'idNumber',
  'name',
  'password',
  'phone',
  'pin',
  'secret',
  'text',
  'ticket',
  'token',
  'totp',
  'utterance',
];
const HEADERS = ['authorization', 'cookie', 'set-cookie', 'signature', 'signature-256', 'x-csrf-token'];

const paths = [
  ...PERSONAL.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]),
  ...HEADERS.map((header) => `*.headers["${header}"]`),
];

/** A request without its query, which may hold a key or a ticket. */
function requestOf(request: { method?: string; url?: string; id?: string }) {
  return { id: request.id, method: request.method, url: request.url?.split('?')[0] };
}

/** Faults of ours, whose messages name code; those of others (SQL, JSON) quote what was said or stored. */
const OWN_FAULTS = new Set(['TypeError', 'ReferenceError', 'RangeError', 'ConfigProblems', 'Refusal']);

/** An error by kind, code and place. */
function errorOf(thrown: unknown) {
  if (!(thrown instanceof Error)) return { kind: typeof thrown };
  const { code, cause } = thrown as { code?: unknown; cause?: unknown };
  const stack = thrown.stack?.split('\n').filter((line) => line.startsWith('    at '));
  const message = OWN_FAULTS.has(thrown.name) ? thrown.message : undefined;
  return { kind: thrown.name, code, message, at: stack?.slice(0, 8).join('\n'), cause: causeOf(cause) };
}

function causeOf(cause: unknown) {
  if (!(cause instanceof Error)) return undefined;
  const { code, constraint } = cause as { code?: unknown; constraint?: unknown };
  return { kind: cause.name, code, constraint };
}

/** One log for the process, JSON lines on standard output unless a destination is given. Hand out children with `{ conversation, turn, platform, errand }`. */
export function createLog(options: { level?: string } = {}, destination?: DestinationStream): Log {
  const settings = {
    level: options.level ?? 'info',
    base: null,
    redact: { paths, remove: true },
    serializers: { req: requestOf, err: errorOf, error: errorOf },
  };
  return destination ? pino(settings, destination) : pino(settings);
}

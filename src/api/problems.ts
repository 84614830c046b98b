/** Everything that goes wrong, as application/problem+json (RFC 9457) with words for a person and a code for a program. */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Refusal, type RefusalName } from '../errors.ts';
import { sqlFault } from '../store/database.ts';
import { storeFault } from '../store/unavailable.ts';
import type { Words } from './words.ts';

interface Fault {
  pointer: string;
  detail: string;
}

/** Answers every error and every unknown path of this scope and below with a problem. */
export function answerProblems(scope: FastifyInstance, words: Words): void {
  scope.setErrorHandler((error: FastifyError, request, reply) => {
    const refusal = refusalOf(error);
    if (refusal.status >= 500) request.log.error({ err: error, code: refusal.code }, 'request failed');
    else if (refusal.level === 'warn')
      request.log.warn({ code: refusal.code, route: request.routeOptions.url }, 'request refused');
    return send(reply, request, refusal, words, faultsOf(error));
  });
  scope.setNotFoundHandler((request, reply) => send(reply, request, new Refusal('NotFound'), words));
}

function send(reply: FastifyReply, request: FastifyRequest, refusal: Refusal, words: Words, errors?: Fault[]) {
  if (refusal.status === 503) reply.header('retry-after', '5');
  const after = refusal.values.seconds;
  if (refusal.status === 429) reply.header('retry-after', String(after ?? 60));
  return reply
    .code(refusal.status)
    .type('application/problem+json')
    .send({
      type: `urn:jialiban:problem:${refusal.code}`,
      title: words.problem(refusal.refusal),
      status: refusal.status,
      code: refusal.code,
      instance: request.url.split('?')[0]?.slice(0, 200),
      ...(errors ? { errors } : {}),
    });
}

/** The framework's own refusals, and what a database says of a value it cannot hold. */
function refusalOf(error: FastifyError): Refusal {
  const known = storeFault(error);
  if (known instanceof Refusal) return known;
  const name = byStatus(error);
  return new Refusal(name ?? (unstorable(error) ? 'BadInput' : 'Unexpected'), {}, { cause: error });
}

const BY_STATUS: Record<number, RefusalName> = {
  400: 'BadInput',
  403: 'CsrfFailed',
  404: 'NotFound',
  413: 'BadInput',
  415: 'BadInput',
  429: 'TooManyRequests',
  503: 'Overloaded',
};

function byStatus(error: FastifyError): RefusalName | undefined {
  const { statusCode } = error;
  if (typeof statusCode !== 'number') return undefined;
  return BY_STATUS[statusCode] ?? (statusCode < 500 ? 'BadInput' : undefined);
}

/** SQLSTATE class 22: a number out of range, a text with a zero byte. The schema lets little of it through. */
function unstorable(error: unknown): boolean {
  return sqlFault(error).code?.startsWith('22') ?? false;
}

/** Which member was wrong, by JSON pointer; never the value itself. */
function faultsOf(error: FastifyError): Fault[] | undefined {
  if (!error.validation) return undefined;
  return error.validation.slice(0, 20).map((fault) => ({
    pointer: `${error.validationContext ?? ''}${fault.instancePath}`,
    detail: fault.message ?? fault.keyword,
  }));
}

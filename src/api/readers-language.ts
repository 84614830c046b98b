/** In which language a colleague reads: said by the header `x-language` of her console, Chinese without it. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readWords, type Words } from './words.ts';

const LOCALES = { zh: 'zh-CN', en: 'en-US' } as const;
type Language = keyof typeof LOCALES;

/** Not `accept-language`: browsers send that by themselves, and property systems too, who read what they always read. */
const languageOf = ({ headers }: FastifyRequest): Language => (headers['x-language'] === 'en' ? 'en' : 'zh');

/**
 * The same words as `chinese`, and English ones while a request is answered that asks for them. Where a text is for the
 * resident and not for the reader, `of` names the language.
 */
export function wordsForReaders(scope: FastifyInstance, chinese: Words): Words {
  const english = readWords(LOCALES.en);
  const reading = new AsyncLocalStorage<Language>();
  const now = () => (reading.getStore() === 'en' ? english : chinese);
  // Twice: what is read of a body arrives outside of what the first one began.
  const begin = (request: FastifyRequest, _reply: FastifyReply, done: () => void) =>
    reading.run(languageOf(request), done);
  scope.addHook('onRequest', begin);
  scope.addHook('preValidation', begin);
  return {
    text: (kind, code) => now().text(kind, code),
    maybe: (kind, code) => now().maybe(kind, code),
    problem: (refusal) => now().problem(refusal),
    has: (kind, code) => now().has(kind, code),
    of: (locale) => (locale === LOCALES.en ? english : chinese),
  };
}

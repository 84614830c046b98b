/** The four brands behind one face, for what must hold of each of them. */
import { at } from '../../../src/platforms/foreign.ts';
import {
  alexaBody,
  alexaHeaders,
  aligenieBody,
  aligenieHeaders,
  duerosBody,
  duerosHeaders,
  type Headers,
  xiaoaiBody,
  xiaoaiHeaders,
} from './brands.ts';
import type { Vendors } from './webhooks.ts';

export type WebhookBrand = 'alexa' | 'dueros' | 'aligenie' | 'xiaoai';
export const WEBHOOK_BRANDS: WebhookBrand[] = ['alexa', 'dueros', 'aligenie', 'xiaoai'];

export interface Sender {
  body(): Record<string, unknown>;
  headers(body: string | Buffer): Headers;
  /** What is said in an answer; undefined when the answer is not the brand's envelope at all. */
  spoken(answer: unknown): string | undefined;
}

export function senders(vendors: Vendors): Record<WebhookBrand, Sender> {
  return {
    alexa: { body: alexaBody, headers: (body) => alexaHeaders(vendors.alexa, body), spoken: spokenByAlexa },
    dueros: { body: duerosBody, headers: (body) => duerosHeaders(vendors.dueros, body), spoken: spokenByDueros },
    aligenie: { body: aligenieBody, headers: () => aligenieHeaders(), spoken: spokenByAligenie },
    xiaoai: { body: xiaoaiBody, headers: (body) => xiaoaiHeaders(body), spoken: spokenByXiaoai },
  };
}

const text = (value: unknown) => (typeof value === 'string' ? value : undefined);

function spokenByAlexa(answer: unknown): string | undefined {
  if (at(answer, 'version') !== '1.0' || at(answer, 'response') === undefined) return undefined;
  const speech = at(answer, 'response', 'outputSpeech');
  return speech === undefined ? '' : text(at(speech, 'ssml'));
}

function spokenByDueros(answer: unknown): string | undefined {
  if (at(answer, 'status') === 0 && at(answer, 'msg') === null) return '';
  if (at(answer, 'version') !== '2.0' || typeof at(answer, 'response', 'shouldEndSession') !== 'boolean')
    return undefined;
  const speech = at(answer, 'response', 'outputSpeech');
  return speech === undefined ? '' : text(at(speech, 'ssml') ?? at(speech, 'text'));
}

function spokenByAligenie(answer: unknown): string | undefined {
  if (Array.isArray(at(answer, 'response', 'outputSpeechs'))) return '';
  const kind = at(answer, 'returnValue', 'resultType');
  if (at(answer, 'returnCode') !== '0' || !['RESULT', 'ASK_INF', 'SELECT'].includes(String(kind))) return undefined;
  return text(at(answer, 'returnValue', 'reply'));
}

function spokenByXiaoai(answer: unknown): string | undefined {
  if (at(answer, 'version') !== '1.0' || typeof at(answer, 'is_session_end') !== 'boolean') return undefined;
  return text(at(answer, 'response', 'to_speak', 'text'));
}

import { INTENTS } from '../understanding/meaning.ts';
import { entriesAt } from './foreign.ts';
import type { Reply } from './platform.ts';

/** Bytes a brand reads of one response: 24 KB is the smallest documented figure, used for all. */
export const ENVELOPE_LIMIT = 24 * 1024;

/** The first of the given envelopes, richest first, that a brand will read; the last when none is small enough. */
export function smallest(limit: number, ...variants: (() => object)[]): object {
  let envelope: object = {};
  for (const variant of variants) {
    envelope = variant();
    if (fits(envelope, limit)) break;
  }
  return envelope;
}

/** Whether an envelope is at most `limit` bytes of JSON. */
export function fits(envelope: object, limit: number): boolean {
  return Buffer.byteLength(JSON.stringify(envelope)) <= limit;
}

/** The reply without markup, reprompt and choices, its words cut to `bytes` of UTF-8 between two characters. */
export function bare(reply: Reply, bytes: number): Reply {
  const { markup: _markup, reprompt: _reprompt, choices: _choices, ...rest } = reply;
  return { ...rest, text: cut(reply.text, bytes) };
}

/** At most `bytes` of UTF-8, counted as JSON writes it, never half a character. */
export function cut(text: string, bytes: number): string {
  let used = 0;
  let kept = '';
  for (const character of text) {
    used += jsonBytes(character.codePointAt(0) ?? 0);
    if (used > bytes) return kept;
    kept += character;
  }
  return kept;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** \b \t \n \f \r */
const SHORT_ESCAPES = new Set([8, 9, 10, 12, 13]);

/** Bytes of one character in JSON; asked for each of thousands, so it is counted and not written. Halves of surrogate pairs are escaped. */
function jsonBytes(code: number): number {
  if (code === QUOTE || code === BACKSLASH || SHORT_ESCAPES.has(code)) return 2;
  if (code < 0x20 || (code >= 0xd800 && code <= 0xdfff)) return 6;
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}

/** Bytes of attributes that are sent back: ours are kept in our own stores, so there should be none. */
const MOST_ATTRIBUTES = 2 * 1024;

/** What came as session attributes, to be sent back unchanged: a platform forgets what is left out. Texts only where it takes no more. */
export function echoed(attributes: unknown, textsOnly = false): Record<string, unknown> {
  const members = entriesAt({ attributes }, 'attributes').filter(
    ([, value]) => !textsOnly || typeof value === 'string',
  );
  const map = Object.fromEntries(members);
  return fits(map, MOST_ATTRIBUTES) ? map : {};
}

const KNOWN = new Set<string>(INTENTS);

/** Our intent behind a vendor's name for it: the same, or with underscores where a console allows no dots. */
export function ourIntent(name: string | undefined): string | undefined {
  if (!name) return undefined;
  if (KNOWN.has(name)) return name;
  const dotted = name.replaceAll('_', '.');
  return KNOWN.has(dotted) ? dotted : undefined;
}

/** The text without what XML 1.0 cannot hold (control characters, halves of surrogate pairs) and without signs that turn the writing direction. */
export function withoutControls(text: string): string {
  return text.replace(/[\p{Cs}\p{Bidi_C}\ufffe\uffff]|(?![\t\n\r])\p{Cc}/gu, '');
}

import { escapeXmlCharacters, type ResponseBuilder, ResponseFactory } from 'ask-sdk-core';
import type { Response } from 'ask-sdk-model';
import { bare, cut, ENVELOPE_LIMIT, fits, withoutControls } from '../envelope.ts';
import type { Reply } from '../platform.ts';

/** Characters the platform speaks, and shows on a card. */
const LONGEST = 8_000;
const CARD_TITLE = 'Jialiban';
/** Left for version, attributes and user agent around the response. */
const ROOM = 1_024;

/** An answer without a word. */
export const SILENT = { version: '1.0', response: {} };
export const REFUSED = { message: 'request verification failed' };

/** The reply through the kit's builder; when it is too large the card goes first, then the reprompt and markup, then words. */
export function writeAlexa(builder: ResponseBuilder, reply: Reply): Response {
  const full = card(speak(builder, reply), reply).getResponse();
  if (fits(full, ENVELOPE_LIMIT - ROOM)) return full;
  const spoken = speak(ResponseFactory.init(), reply).getResponse();
  if (fits(spoken, ENVELOPE_LIMIT - ROOM)) return spoken;
  return speak(ResponseFactory.init(), bare(reply, ENVELOPE_LIMIT / 2)).getResponse();
}

function speak(builder: ResponseBuilder, reply: Reply): ResponseBuilder {
  if (reply.text) builder.speak(inside(reply));
  if (reply.reprompt && reply.listen) builder.reprompt(inside(reply.reprompt));
  // The builder's reprompt() opens the session; the last word is ours.
  return builder.withShouldEndSession(reply.end || !reply.listen);
}

function card(builder: ResponseBuilder, reply: Reply): ResponseBuilder {
  return reply.text ? builder.withSimpleCard(CARD_TITLE, cut(reply.text, LONGEST)) : builder;
}

// The builder puts its own <speak> around and escapes nothing.
function inside({ text, markup }: { text: string; markup?: string }): string {
  if (markup && markup.length <= LONGEST) return markup.replace(/^\s*<speak[^>]*>/, '').replace(/<\/speak>\s*$/, '');
  return escapeXmlCharacters(withoutControls(cut(text, LONGEST)));
}

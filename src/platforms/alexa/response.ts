import { escapeXmlCharacters, type ResponseBuilder, ResponseFactory } from 'ask-sdk-core';
import type { Intent, Response } from 'ask-sdk-model';
import { asksHer } from '../eliciting.ts';
import { bare, cut, ENVELOPE_LIMIT, fits, ourIntent, withoutControls } from '../envelope.ts';
import { entriesAt, textAt } from '../foreign.ts';
import type { Reply } from '../platform.ts';
import { PERMISSIONS } from './reminder.ts';
import { screenOf } from './screen.ts';

/** Characters the platform speaks, and shows on a card. */
const LONGEST = 8_000;
const CARD_TITLE = 'Jialiban';
/** Left for version, attributes and user agent around the response. */
const ROOM = 3 * 1_024;

/** An answer without a word. */
export const SILENT = { version: '1.0', response: {} };
/** Asked by the platform before it brings anybody here: whether we know this intent and what was said to it. */
export function fulfilment(request: unknown): object {
  const known = ourIntent(textAt(request, 'intent', 'name')) !== undefined ? 'YES' : 'NO';
  const slots = entriesAt(request, 'intent', 'slots').map(([name]) => [
    name,
    { canUnderstand: known, canFulfill: known },
  ]);
  return { version: '1.0', response: { canFulfillIntent: { canFulfill: known, slots: Object.fromEntries(slots) } } };
}
export const REFUSED = { message: 'request verification failed' };

/** What the device can take besides words. */
export interface Around {
  screen: boolean;
  /** Accounts are linked: a device that nobody knows is shown the way to that. */
  linking: boolean;
  /** A reminder was promised, and she has not permitted any yet: she is asked in the app. */
  permission: boolean;
}

/** Said to a device that belongs to no home. */
const UNKNOWN = 'conversation.unknownSpeaker';

/** The reply through the kit's builder; when it is too large screen and card go first, then the reprompt and markup, then words. */
export function writeAlexa(builder: ResponseBuilder, reply: Reply, around: Around): Response {
  const full = shown(card(speak(builder, reply), reply, around), reply, around).getResponse();
  if (fits(full, ENVELOPE_LIMIT - ROOM)) return full;
  const spoken = speak(ResponseFactory.init(), reply).getResponse();
  if (fits(spoken, ENVELOPE_LIMIT - ROOM)) return spoken;
  return speak(ResponseFactory.init(), bare(reply, ENVELOPE_LIMIT / 2)).getResponse();
}

const shown = (builder: ResponseBuilder, reply: Reply, { screen }: Around): ResponseBuilder =>
  screen && reply.text ? builder.addDirective(screenOf(reply)) : builder;

/**
 * Her answer comes as her own words and not through an intent that resembles it: the slot for any words is asked for, whichever
 * intent was at hand. The model must have a dialogue for it (src/tools/models/alexa.ts), else the platform ends the session.
 */
const ANY_WORDS: Intent = {
  name: 'words',
  confirmationStatus: 'NONE',
  slots: { query: { name: 'query', confirmationStatus: 'NONE' } },
};

function speak(builder: ResponseBuilder, reply: Reply): ResponseBuilder {
  if (reply.text) builder.speak(inside(reply));
  if (reply.reprompt && reply.listen) builder.reprompt(inside(reply.reprompt));
  if (asksHer(reply)) builder.addElicitSlotDirective('query', ANY_WORDS);
  // The builder's reprompt() opens the session; the last word is ours.
  return builder.withShouldEndSession(reply.end || !reply.listen);
}

/** One card fits: the way to be linked or to permit is worth more than the words once more. */
function card(builder: ResponseBuilder, reply: Reply, { linking, permission }: Around): ResponseBuilder {
  if (linking && reply.phrase === UNKNOWN) return builder.withLinkAccountCard();
  if (permission) return builder.withAskForPermissionsConsentCard(PERMISSIONS);
  return reply.text ? builder.withSimpleCard(CARD_TITLE, cut(reply.text, LONGEST)) : builder;
}

// The builder puts its own <speak> around and escapes nothing.
function inside({ text, markup }: { text: string; markup?: string }): string {
  if (markup && markup.length <= LONGEST) return markup.replace(/^\s*<speak[^>]*>/, '').replace(/<\/speak>\s*$/, '');
  return escapeXmlCharacters(withoutControls(cut(text, LONGEST)));
}

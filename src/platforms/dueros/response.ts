import { bare, ENVELOPE_LIMIT, echoed, smallest } from '../envelope.ts';
import { at } from '../foreign.ts';
import type { Reply } from '../platform.ts';
import { dialogOf, expectedOf, type Takes } from './dialog.ts';
import { askToRemind, isAhead } from './reminder.ts';
import { screenOf } from './screen.ts';

/** Tappable hints on a screen; more do not fit. */
const CUE_WORDS = 4;

/** Nothing to say, nothing to change: how the platform's own kits answer what they do not handle. */
export const SILENT = {
  version: '2.0',
  session: { attributes: {} },
  response: { shouldEndSession: false, expectSpeech: false },
};
export const ENDED = { status: 0, msg: null };
/** The kits' own body for a request that failed verification ("illegal request"). */
export const REFUSED = { status: 1, msg: '\u975e\u6cd5\u8bf7\u6c42' };

/** What the speaker can take besides words. */
export interface Around {
  /** The request as it came. */
  body: unknown;
  takes: Takes;
  /** A reminder is of use only for a time to come. */
  now: Date;
  screen: boolean;
  /** Accounts are linked: a speaker that nobody knows is shown the way to that. */
  linking: boolean;
}

/** Said to a speaker that belongs to no home. */
const UNKNOWN = 'conversation.unknownSpeaker';

/** The reply in the platform's envelope, at most 24 KB: screen and card go first, then the reprompt and markup, then words. */
export function writeDueros(reply: Reply, around: Around): object {
  const { reminder } = reply;
  const asked = reminder && isAhead(reminder, around.now) ? [askToRemind(reminder)] : [];
  const shown = around.linking && reply.phrase === UNKNOWN ? { type: 'LinkAccount' } : card(reply);
  const dialog = dialogOf(reply, around.body, around.takes);
  const envelope = envelopeFor(around.body);
  return smallest(
    ENVELOPE_LIMIT,
    () => envelope(reply, [...dialog, ...asked, ...(around.screen ? screenOf(reply) : [])], shown),
    () => envelope(reply, [...dialog, ...asked]),
    () => envelope(bare(reply, ENVELOPE_LIMIT - 4096)),
  );
}

/** A directive and not a word: an answer to what happened at the speaker by itself. */
export const quietly = (directive: object): object => ({
  ...SILENT,
  response: { ...SILENT.response, directives: [directive] },
});

const envelopeFor =
  (body: unknown) =>
  (reply: Reply, directives: object[] = [], shown?: object) => {
    const expectResponse = expectedOf(reply);
    return {
      version: '2.0',
      ...(expectResponse.length > 0 ? { context: { expectResponse } } : {}),
      session: { attributes: echoed(at(body, 'session', 'attributes'), true) },
      response: {
        ...(reply.text ? { outputSpeech: speech(reply) } : {}),
        ...(reply.reprompt && reply.listen ? { reprompt: { outputSpeech: speech(reply.reprompt) } } : {}),
        ...(shown ? { card: shown } : {}),
        directives,
        shouldEndSession: reply.end,
        ...(reply.end ? {} : { expectSpeech: reply.listen }),
        needDetermine: false,
        fallBack: false,
      },
    };
  };

function speech({ text, markup }: { text: string; markup?: string }): object {
  return markup ? { type: 'SSML', ssml: markup } : { type: 'PlainText', text };
}

function card(reply: Reply): object | undefined {
  if (!reply.text) return undefined;
  const cueWords = reply.choices?.slice(0, CUE_WORDS).map((choice) => choice.text);
  return { type: 'txt', content: reply.text, ...(cueWords?.length ? { cueWords } : {}) };
}

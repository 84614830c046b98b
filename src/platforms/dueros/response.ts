import { bare, ENVELOPE_LIMIT, smallest } from '../envelope.ts';
import type { Reply } from '../platform.ts';

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

/** The reply in the platform's envelope, at most 24 KB: the card goes first, then the reprompt and markup, then words. */
export function writeDueros(reply: Reply): object {
  return smallest(
    ENVELOPE_LIMIT,
    () => envelope(reply, card(reply)),
    () => envelope(reply),
    () => envelope(bare(reply, ENVELOPE_LIMIT - 1024)),
  );
}

function envelope(reply: Reply, shown?: object): object {
  return {
    version: '2.0',
    session: { attributes: {} },
    response: {
      ...(reply.text ? { outputSpeech: speech(reply) } : {}),
      ...(reply.reprompt && reply.listen ? { reprompt: { outputSpeech: speech(reply.reprompt) } } : {}),
      ...(shown ? { card: shown } : {}),
      directives: [],
      shouldEndSession: reply.end,
      ...(reply.end ? {} : { expectSpeech: reply.listen }),
      needDetermine: false,
      fallBack: false,
    },
  };
}

function speech({ text, markup }: { text: string; markup?: string }): object {
  return markup ? { type: 'SSML', ssml: markup } : { type: 'PlainText', text };
}

function card(reply: Reply): object | undefined {
  if (!reply.text) return undefined;
  const cueWords = reply.choices?.slice(0, CUE_WORDS).map((choice) => choice.text);
  return { type: 'txt', content: reply.text, ...(cueWords?.length ? { cueWords } : {}) };
}

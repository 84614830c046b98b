import { bare, ENVELOPE_LIMIT, echoed, smallest } from '../envelope.ts';
import { at } from '../foreign.ts';
import type { Reply } from '../platform.ts';

/** The platform opens the microphone by asking for a slot of the intent at hand. Answers come back as raw words all the same. */
const SLOT_ASKED: Record<string, string> = { choice: 'ordinal' };
const SLOTS = new Set([
  'item',
  'date',
  'time',
  'phone',
  'name',
  'rating',
  'direction',
  'mode',
  'place',
  'kind',
  'case_no',
]);
/** Of the console's type for any text; each intent there has it. */
const ANY_WORDS = 'words';

export const REFUSED = { returnCode: '1', returnErrorSolution: '', returnMessage: 'request verification failed' };

/** The reply in the flat protocol (V1, V3). Errors are kind words with code 0: what another code sounds like is not documented. */
export function writeAligenie(reply: Reply, body: unknown): object {
  return smallest(
    ENVELOPE_LIMIT,
    () => flat(reply, body),
    () => flat(bare(reply, ENVELOPE_LIMIT - 4096), body),
  );
}

function flat(reply: Reply, body: unknown): object {
  const intentId = at(body, 'intentId');
  const asks = reply.listen && !reply.end;
  return {
    returnCode: '0',
    returnErrorSolution: '',
    returnMessage: '',
    returnValue: {
      reply: reply.markup ?? reply.text,
      replyType: reply.markup ? 'SSML' : 'TEXT',
      resultType: asks ? 'ASK_INF' : 'RESULT',
      executeCode: 'SUCCESS',
      ...(asks ? { askedInfos: [{ parameterName: slotFor(reply.asking), intentId }] } : {}),
      properties: {},
      skillDialogSession: {
        skillEndNluSession: reply.end,
        sessionAttrs: echoed(at(body, 'skillSession', 'attributes'), true),
      },
      actions: [],
    },
  };
}

function slotFor(asking: string): string {
  return SLOT_ASKED[asking] ?? (SLOTS.has(asking) ? asking : ANY_WORDS);
}

/** The reply in the newer protocol; `outputSpeechs` is really spelt so. */
export function writeAligenie2(reply: Reply, body: unknown): object {
  return smallest(
    ENVELOPE_LIMIT,
    () => envelope2(reply, body),
    () => envelope2(bare(reply, ENVELOPE_LIMIT - 4096), body),
  );
}

function envelope2(reply: Reply, body: unknown): object {
  const speech = reply.markup ? { type: 'SSML', ssml: reply.markup } : { type: 'PlainText', text: reply.text };
  return {
    version: '2.0',
    sessionAttributes: echoed(at(body, 'session', 'attributes')),
    response: {
      outputSpeechs: reply.text ? [speech] : [],
      directives: [],
      shouldEndSession: reply.end,
      expectSpeech: reply.listen && !reply.end,
    },
  };
}

const NOTHING: Reply = {
  requestId: '',
  text: '',
  listen: false,
  end: false,
  pace: 0,
  errand: null,
  phrase: '',
  asking: 'nothing',
};

/** Answers without a word, in either protocol. */
export const SILENT = flat(NOTHING, {});
export const SILENT2 = envelope2(NOTHING, {});

import { asksHer, ORDINAL, slotAsked } from '../eliciting.ts';
import { bare, ENVELOPE_LIMIT, echoed, smallest } from '../envelope.ts';
import { at } from '../foreign.ts';
import type { Choice, Reply } from '../platform.ts';

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
  return {
    returnCode: '0',
    returnErrorSolution: '',
    returnMessage: '',
    returnValue: {
      reply: reply.markup ?? reply.text,
      replyType: reply.markup ? 'SSML' : 'TEXT',
      executeCode: 'SUCCESS',
      ...asked(reply, at(body, 'intentId')),
      properties: {},
      skillDialogSession: {
        skillEndNluSession: reply.end,
        sessionAttrs: echoed(at(body, 'skillSession', 'attributes'), true),
      },
      actions: [],
    },
  };
}

/**
 * The platform opens the microphone by asking for a slot of the intent at hand, or by having one of several chosen. What she
 * answers comes back as raw words all the same.
 */
function asked(reply: Reply, intentId: unknown): object {
  if (!reply.listen || reply.end) return { resultType: 'RESULT' };
  if (reply.choices?.length) return { resultType: 'SELECT', selectParaInfo: selection(reply.choices) };
  return { resultType: 'ASK_INF', askedInfos: [{ parameterName: slotAsked(reply) ?? ANY_WORDS, intentId }] };
}

const selection = (choices: Choice[]): object => ({
  intentParameterName: ORDINAL,
  candidateList: choices.map(({ n, text }) => ({ value: text, aliasValues: [String(n)], normValue: String(n) })),
  parameterReplyMatch: true,
  selectIndexMatch: true,
});

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
      directives: asksHer(reply) ? directive2(reply) : [],
      shouldEndSession: reply.end,
      expectSpeech: reply.listen && !reply.end,
    },
  };
}

function directive2(reply: Reply): object[] {
  const slot = slotAsked(reply) ?? ANY_WORDS;
  if (!reply.choices?.length) return [{ type: 'Dialog.ElicitSlot', slotToElicit: slot }];
  const options = reply.choices.map(({ n, text }) => ({ value: text, synonyms: [String(n)] }));
  return [
    { type: 'Dialog.SelectSlot', slotToSelect: slot, options, parameterReplyMatch: true, selectIndexMatch: true },
  ];
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

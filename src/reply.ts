/** From what is to be said to the reply that a brand can write. */
import type { Ask } from './dialogue/errands/errand.ts';
import type { Choice, Reply, Utterance } from './platforms/platform.ts';
import type { Say, Speech } from './speech/speech.ts';

export const DEFAULT_PACE = 190;

interface Outcome {
  asked?: Ask;
  listen?: boolean;
  end?: boolean;
  errand?: string | null;
  pace?: number;
}

/** Nothing is said and nothing changes: events and closed sessions. */
export function quietReply(said: Utterance): Reply {
  const end = said.kind === 'end';
  return {
    requestId: said.requestId,
    text: '',
    listen: false,
    end,
    pace: DEFAULT_PACE,
    errand: null,
    phrase: '',
    asking: 'nothing',
  };
}

/** Renders the phrases in her locale, pace and the speaker's markup; the choices become words that understanding will know again. */
export function compose(speech: Speech, said: Utterance, says: Say[], outcome: Outcome): Reply {
  const voice = { locale: said.locale, pace: outcome.pace ?? DEFAULT_PACE };
  const choices = outcome.asked?.options?.map(
    (option, index): Choice => ({ n: index + 1, text: speech.render([option], { ...voice }, 'plain').text }),
  );
  const told = says.map((one) => withChoices(one, outcome.asked, choices));
  const { text, markup } = speech.render(told, voice, said.medium);
  return {
    requestId: said.requestId,
    text,
    markup,
    reprompt: repromptOf(speech, said, told, outcome, voice),
    listen: outcome.listen ?? false,
    end: outcome.end ?? false,
    pace: voice.pace,
    choices,
    errand: outcome.errand ?? null,
    phrase:
      (outcome.asked && told.some((one) => one.phrase === outcome.asked?.phrase)
        ? outcome.asked.phrase
        : told.at(-1)?.phrase) ?? '',
    asking: outcome.asked?.for ?? 'nothing',
  };
}

function withChoices(one: Say, asked: Ask | undefined, choices: Choice[] | undefined): Say {
  if (!choices || one.phrase !== asked?.phrase) return one;
  return { ...one, values: { ...one.values, options: choices.map((choice) => choice.text) } };
}

/** The question once more, shorter: for brands that ask by themselves when she stays silent. */
function repromptOf(
  speech: Speech,
  said: Utterance,
  told: Say[],
  outcome: Outcome,
  voice: { locale: Utterance['locale']; pace: number },
) {
  const question = told.find((one) => one.phrase === outcome.asked?.phrase);
  return question && outcome.listen
    ? speech.render([{ ...question, variant: 'again' }], voice, said.medium)
    : undefined;
}

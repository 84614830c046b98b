/** From what is to be said to the reply that a brand can write. */
import { addDays } from './clock.ts';
import type { Ask } from './dialogue/errands/errand.ts';
import { CAPABILITIES } from './platforms/capabilities.ts';
import type { Choice, Reply, Utterance } from './platforms/platform.ts';
import type { Say, Speech, Voice } from './speech/speech.ts';

export const DEFAULT_PACE = 190;

/** How far the pace may follow hers, and the steps it is rounded to, so that sounds already made are of use. */
const FOLLOWS = { most: 25, step: 5 };

/** What she chose; where she chose nothing, half way towards how fast she speaks herself, within limits. */
export function paceFor(chosen = DEFAULT_PACE, rate?: number): number {
  if (rate === undefined || chosen !== DEFAULT_PACE) return chosen;
  const towards = Math.min(FOLLOWS.most, Math.max(-FOLLOWS.most, (rate - chosen) / 2));
  return chosen + Math.round(towards / FOLLOWS.step) * FOLLOWS.step;
}

/** What stands after the commit is the main thing, whatever is asked after it. */
const COMMITTED = 'pickup.booked';

interface Outcome {
  asked?: Ask;
  listen?: boolean;
  end?: boolean;
  errand?: string | null;
  pace?: number;
  /** The name of her voice. */
  voice?: string;
  /** She is hard of hearing. */
  louder?: boolean;
  /** Marks of the answer before: none of its sentences is said again if it can be said otherwise. */
  before?: readonly string[];
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
  const voice = {
    locale: said.locale,
    pace: outcome.pace ?? DEFAULT_PACE,
    name: outcome.voice,
    louder: outcome.louder,
  };
  const choices = outcome.asked?.options?.map(
    (option, index): Choice => ({ n: index + 1, text: speech.render([option], { ...voice }, 'plain').text }),
  );
  const told = says.map((one) => withChoices(one, outcome.asked, choices));
  const { text, markup } = speech.render(told, voice, said.medium, outcome.before);
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
      told.find((one) => one.phrase === COMMITTED)?.phrase ??
      (outcome.asked && told.some((one) => one.phrase === outcome.asked?.phrase)
        ? outcome.asked.phrase
        : told.at(-1)?.phrase) ??
      '',
    asking: outcome.asked?.for ?? 'nothing',
    ...reminderOf(speech, said, says),
  };
}

/** In the evening before, as the booking's own reminder: src/services/bookings/records.ts. */
const EVENING = '19:00';

/** A brand that keeps reminders keeps this one: when and where to be, and nothing of what for. What comes by post needs none. */
function reminderOf(speech: Speech, said: Utterance, says: Say[]): Pick<Reply, 'reminder'> {
  const booked = CAPABILITIES[said.brand].reminder ? says.find(({ phrase }) => phrase === 'pickup.booked') : undefined;
  const { day, time, place } = booked?.values ?? {};
  if (typeof day !== 'string' || time === undefined || place === undefined) return {};
  const voice = { locale: said.locale, pace: DEFAULT_PACE };
  const { text } = speech.render([{ phrase: 'common.eveningBefore', values: { time, place } }], voice, 'plain');
  return { reminder: { day: addDays(day, -1), time: EVENING, text } };
}

function withChoices(one: Say, asked: Ask | undefined, choices: Choice[] | undefined): Say {
  if (!choices || one.phrase !== asked?.phrase) return one;
  return { ...one, values: { ...one.values, options: choices.map((choice) => choice.text) } };
}

/** The question once more, shorter: for brands that ask by themselves when she stays silent. */
function repromptOf(speech: Speech, said: Utterance, told: Say[], outcome: Outcome, voice: Voice) {
  const question = told.find((one) => one.phrase === outcome.asked?.phrase);
  return question && outcome.listen
    ? speech.render([{ ...question, variant: 'again' }], voice, said.medium)
    : undefined;
}

/** What is said in one turn, and what is said again: the question in hand, a part of the last answer, why, help. */
import type { Say, Values } from '../speech/speech.ts';
import type { Wish } from './conversation.facts.ts';
import { announced } from './errand-of.ts';
import type { Ask } from './errands/errand.ts';
import type { Input } from './events.ts';
import type { Next } from './hands.ts';
import type { Part } from './hearing/manner.ts';
import type { Frame, Talk } from './talk.ts';

/** What is said around an answer: to hear it again she does not need it. */
const AROUND = /^conversation\.(notHeard|noRush|help_|backTo|thenSecond|firstHere|television)/;

/** The values of an answer by the part they are: the first that is there is said. */
const PART_VALUES: Record<Part, string[]> = {
  phone: ['phone'],
  place: ['place', 'address', 'station'],
  when: ['day', 'time', 'opens', 'hours'],
  materials: ['list', 'documents'],
  tail: ['tail'],
};

function partOf(values: Values, part: Part): Values {
  const names = PART_VALUES[part].filter((name) => values[name]);
  if (part === 'when') return Object.fromEntries(names.map((name) => [name, values[name]]));
  return { [part]: values[names[0] ?? ''] };
}

/** The words of one turn. Lives for one call of step. */
export function createSaying(talk: Talk, input: Input) {
  const says: Say[] = [];
  let asked: Ask | undefined;
  let unsaid = false;
  let ended = false;
  let repeated = false;
  /** She wished two things in this breath. */
  let answeredTwo = false;
  let namesSecond = true;

  const top = (): Frame | undefined => talk.frames.at(-1);
  const say = (phrase: string, values?: Say['values'], variant?: 'again') =>
    void says.push({ phrase, values, variant });
  const attending = () => talk.conversation.value === 'attending';
  /** The question that waits: the errand's, unless the conversation itself has asked something since. */
  const waiting = (): Ask | undefined => (top() && attending() ? top()?.asked : talk.asked) as Ask | undefined;

  function ask({ phrase, values, options, offer, words, for: kind }: Ask): void {
    say(phrase, values);
    asked = { phrase, values, for: kind, options, offer, words };
  }

  function askAgain(back: boolean): void {
    const question = waiting();
    if (!question) return;
    if (back) say('conversation.backTo');
    say(question.phrase, question.values, 'again');
    asked = question;
  }

  /** Only the part that she asked for, where the last answer has it. */
  function repeatPart(): boolean {
    // Two times to choose from are said again as they were asked.
    if (input.part === 'when' && waiting()?.values?.first !== undefined) {
      askAgain(false);
      repeated = true;
      return true;
    }
    const names = input.part ? PART_VALUES[input.part] : [];
    const told = [...talk.last].reverse().find(({ values }) => names.some((name) => values?.[name]));
    // Of two times that were offered, one would be half of it.
    if (!input.part || !told || (input.part === 'when' && told.values?.first)) return false;
    say(`conversation.part_${input.part}`, partOf((told.values ?? {}) as Values, input.part));
    asked = talk.asked as Ask | undefined;
    repeated = true;
    return true;
  }

  function repeatLast(): void {
    if (repeatPart()) return;
    if (talk.last.length === 0) {
      if (says.length === 0) say('conversation.nothingSaid');
      return;
    }
    const last = talk.last as Say[];
    says.push(...(input.simpler ? last.map((one): Say => ({ ...one, variant: 'again' })) : last));
    asked = talk.asked as Ask | undefined;
    repeated = true;
  }

  function explain(): void {
    const question = waiting();
    const errand = top()?.machine;
    const about = question?.for === 'pin' ? 'identity' : errand;
    say(question && about ? `${about}.why` : 'conversation.why');
    askAgain(false);
  }

  function helpNow(whole: boolean): void {
    const question = waiting();
    const errand = top()?.machine;
    if (question?.words && errand) {
      say(`${errand}.help`);
      askAgain(false);
      return;
    }
    if (!question || question.for === 'nothing') {
      ask({ phrase: 'conversation.help', for: 'nothing' });
      return;
    }
    say(`conversation.help_${question.for}`);
    if (whole) ask(question);
    else askAgain(false);
  }

  /** The question that waits when this turn is over. */
  const standing = (): Ask | undefined => asked ?? (top() || !attending() ? waiting() : undefined);

  /** It is not asked once more; what was told stays said. */
  function withhold({ phrase }: Ask): void {
    const kept = says.filter((one) => one.phrase !== phrase && !one.phrase.startsWith('conversation.'));
    says.splice(0, says.length, ...kept);
    asked = undefined;
  }

  function finish(): Next {
    if (answeredTwo && talk.later) {
      says.unshift({ phrase: 'conversation.thenSecond', values: announced(talk.later, namesSecond) });
    }
    const question = standing();
    const passing = !asked && question !== undefined && !unsaid;
    const told = says.filter(({ phrase }) => !AROUND.test(phrase));
    if (!repeated && !passing && told.length > 0) talk.last = told.map(({ phrase, values }) => ({ phrase, values }));
    talk.asked = question as Talk['asked'];
    talk.options = undefined;
    return {
      talk,
      says,
      asked: ended ? undefined : question,
      listen: !ended && says.length > 0,
      end: ended,
      errand: top()?.machine ?? null,
      onceMore: repeated || undefined,
      unkept: says.some(({ phrase }) => phrase === 'identity.card') || undefined,
    };
  }

  return {
    says,
    say,
    ask,
    askAgain,
    repeatLast,
    explain,
    helpNow,
    finish,
    /** The question that was asked last in this turn. */
    question: () => asked,
    standing,
    withhold,
    /** What the errand asked is asked no more: it is over. */
    forgetQuestion: () => {
      asked = undefined;
    },
    /** The question beneath stands, and is not said again. */
    leaveUnsaid: () => {
      unsaid = true;
    },
    close: () => {
      ended = true;
    },
    /** Two wishes in one breath: the first is done, the second kept, and `named` where its matter may be. */
    keepSecond: (wish: Wish, named: boolean) => {
      talk.later = wish;
      answeredTwo = true;
      namesSecond = named;
    },
  };
}

export type Saying = ReturnType<typeof createSaying>;

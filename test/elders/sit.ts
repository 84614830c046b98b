/** One elder at her speaker until she has what she wants or gives up; each turn judged, the end by the database. */
import { atSpeaker, type Played, type StageParts } from '../conversations/home.ts';
import { saidTwice } from '../conversations/twice.ts';
import type { Goal } from './goals.ts';
import { type Habits, type NoiseModel, spoil } from './noise.ts';
import type { Random } from './random.ts';

export interface Sitting {
  elder: string;
  goal: string;
  turns: number;
  /** Turns in which she said something of use that was not taken, or taken wrongly. */
  failed: number;
  /** Of those, mended at the very next turn. */
  mended: number;
  done: boolean;
  /** What the database says. */
  holds: boolean;
  /** Sentences of ours that she heard twice in a row, word for word. */
  twice: string[];
  /** What went wrong, for whoever builds: never with a resident, these are invented. */
  trace: string[];
}

interface Case {
  elder: string;
  habits: Habits;
  goal: Goal;
  model: NoiseModel;
  random: Random;
}

interface At {
  stage: StageParts;
  sitting: Sitting;
}

const MOST_TURNS = 40;
const REPAIR =
  /^conversation\.(notHeard|notHeardOpen|choices|offerPerson|byPerson|anyTime|television|elsewhere|smalltalk|comeBack|help_)|^pickup\.(none|nothingFree)|^identity\.(pinUnheard|pinWrong)/;

export async function sit(stage: StageParts, one: Case): Promise<Sitting> {
  const { goal } = one;
  const home = await stage.home(goal.home);
  const say = atSpeaker(stage, home.device);
  const sitting: Sitting = {
    elder: one.elder,
    goal: goal.name,
    turns: 0,
    failed: 0,
    mended: 0,
    done: false,
    holds: false,
    twice: [],
    trace: [],
  };
  let last: Played | undefined;
  let failing = false;
  while (!sitting.done && sitting.turns < MOST_TURNS) {
    const aside = besideAnswering(one, last);
    if (aside) last = later({ stage, sitting }, last, await say(aside));
    if (isDone(goal, last)) {
      sitting.done = true;
      break;
    }
    const text = failing ? again(one, last) : answer(one, last);
    const heard = await say({ kind: 'words', text });
    const ok = progressed(goal, last, heard);
    if (failing && ok) sitting.mended += 1;
    if (!ok) {
      sitting.failed += 1;
      sitting.trace.push(
        `${one.elder} ${goal.name}: ${text} -> ${heard.phrases.join('+')} ${JSON.stringify(heard.slots)}`,
      );
    }
    failing = !ok;
    last = later({ stage, sitting }, last, heard);
    sitting.done = isDone(goal, heard);
  }
  sitting.holds = await goal.holds(stage.database.db, home.residents);
  return sitting;
}

function later({ stage, sitting }: At, before: Played | undefined, heard: Played): Played {
  sitting.turns += 1;
  const twice = before ? saidTwice(stage, before, heard, 'zh-CN') : [];
  sitting.twice.push(
    ...twice.map((sentence) => `${sitting.elder} ${sitting.goal}, ${before?.phrases} ${heard.phrases}: ${sentence}`),
  );
  return heard.reply.phrase === '' && before ? before : heard;
}

/** Silence, a moment's wait, a question back, the television, a mumble: what is no answer and asks for patience. */
function besideAnswering({ habits, model, random }: Case, last: Played | undefined) {
  if (!last) return undefined;
  if (random.chance(habits.silent)) return { kind: 'silence' as const };
  if (random.chance(habits.waits)) return { kind: 'words' as const, text: '等会儿，我拿眼镜' };
  if (random.chance(habits.unheard)) return { kind: 'words' as const, text: random.pick(model.unheard) };
  if (random.chance(habits.television)) return { kind: 'words' as const, text: random.pick(model.television) };
  return undefined;
}

/** Her answer to the question that stands, with all that her kind does to it. */
function answer({ goal, habits, model, random }: Case, last: Played | undefined): string {
  const question = questionOf(goal, last);
  const wrong = question && goal.wrong[question];
  if (wrong && random.chance(habits.wrongFirst)) return wrong;
  if (random.chance(habits.mumbles)) return random.pick(model.mumbles);
  const clean = random.pick(question ? (goal.answers[question] ?? goal.opening) : goal.opening);
  return spoil(clean, habits, model, random);
}

/** She says it once more, as people do: shorter, without the story, though still in her own tongue. */
function again({ goal, habits, model, random }: Case, last: Played | undefined): string {
  const question = questionOf(goal, last);
  const wrongDay = last && contradicts(goal, last);
  const clean = random.pick(question ? (goal.answers[question] ?? goal.opening) : goal.opening);
  const said =
    wrongDay && goal.wants.date
      ? `不对，${goal.answers['pickup.whichDay']?.[0] ?? goal.answers['visit.whichDay']?.[0]}`
      : clean;
  const { dialect, homophone = 0, hesitates = 0 } = habits;
  return spoil(said, { dialect, homophone: homophone / 2, hesitates: hesitates / 2 }, model, random);
}

/** The question that now waits, where it is one of hers; after a machine's own it is the errand's that stands beneath. */
function questionOf(goal: Goal, last: Played | undefined): string | undefined {
  const asked = last?.asked;
  if (asked && goal.answers[asked]) return asked;
  return last?.phrases.findLast((phrase) => goal.answers[phrase]);
}

const isDone = ({ done }: Goal, played: Played | undefined): boolean =>
  played?.phrases.some((phrase) => done.includes(phrase)) === true;

function contradicts({ wants }: Goal, { slots }: Played): boolean {
  return Object.entries(wants).some(([name, value]) => slots[name] !== undefined && slots[name] !== value);
}

/** It was taken, and taken right: no repair, the errand that she means, nothing known that is otherwise. */
function progressed(goal: Goal, before: Played | undefined, heard: Played): boolean {
  if (isDone(goal, heard)) return true;
  if (heard.phrases.some((phrase) => REPAIR.test(phrase))) return false;
  if (heard.reply.errand !== goal.errand || contradicts(goal, heard)) return false;
  return !sameQuestion(before, heard) || goal.answers[heard.asked ?? ''] === undefined;
}

/** Two times of another day are another question. */
function sameQuestion(before: Played | undefined, { asked, says }: Played): boolean {
  if (before?.asked !== asked) return false;
  const dayIn = (all: Played['says']) => all.findLast(({ phrase }) => phrase === asked)?.values?.day;
  return dayIn(before?.says ?? []) === dayIn(says);
}

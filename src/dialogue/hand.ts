/** The work of one turn: acts that the machines return are carried out here, in order, once. Lives for one call of step. */
import { transition } from 'xstate';
import type { Say, Values } from '../speech/speech.ts';
import type { Intent } from '../understanding/meaning.ts';
import { type Assurance, type Level, reaches } from './assurance.ts';
import type { ConversationEvent, Directive, LifeEvent, Wish } from './conversation.facts.ts';
import { machine as conversation } from './conversation.ts';
import type { Act, Ask, ErrandDefinition } from './errands/errand.ts';
import { errandOf, eventForErrand, type HomeForDialogue, type Input, momentOf } from './events.ts';
import type { Part } from './manner.ts';
import { spokenDigits } from './spoken-digits.ts';
import { isOutdated, openErrand, type Stepped, stepErrand } from './stack.ts';
import type { Frame, Talk } from './talk.ts';

/** What an effect is told. Its outcome is an event for the errand. */
export interface EffectCall {
  errand: string;
  effect: string;
  context: Record<string, unknown>;
  residentId: string;
  /** Distinguishes the effects of one turn: part of the effect's key. */
  ordinal: number;
  /** Until when the agreed digits hold that she said. */
  verifiedUntil?: string;
}

/** What became of four digits: an event for the errand that asked for them. */
export interface PinOutcome {
  type: 'PIN_RIGHT' | 'PIN_WRONG' | 'PIN_LOCKED';
  /** Wrong digits were said since she last got it right. */
  triedBefore?: boolean;
  verifiedUntil?: string;
}

/** The first words, and what they lead to of our own accord. */
export interface Greeting {
  says: Say[];
  opens?: Wish;
}

/** What the dialogue can do to the world. All of it may throw a Refusal. */
export interface Hands {
  run(call: EffectCall): Promise<{ type: string }>;
  /** Whether digits said once still hold. */
  verified(until: string | undefined): boolean;
  /** The digits go no further than this call. */
  checkPin(residentId: string, digits: string): Promise<PinOutcome>;
  greet(residentId: string | undefined): Promise<Greeting>;
  alert(kind: string): Promise<Say[]>;
  /** Whether it was us who rang, after a call that still goes on was ended. */
  callLog(): Promise<Say[]>;
  changePace(residentId: string | undefined, by: number): Promise<void>;
  /** Stops everything of somebody at home; says what was done. */
  stopFor(life: LifeEvent, ordinal: number): Promise<Say[]>;
}

export interface Next {
  talk: Talk;
  says: Say[];
  /** The question that now waits, asked in this turn or before. */
  asked?: Ask;
  listen: boolean;
  end: boolean;
  errand: string | null;
  /** What she said is kept nowhere: a card number, a code. */
  unkept?: boolean;
}

interface HandParts {
  talk: Talk;
  home: HomeForDialogue;
  hands: Hands;
  definition: (errand: string) => ErrandDefinition | undefined;
  assurance: Assurance;
  input: Input;
}

const MAX_FRAMES = 3;
const MAX_EFFECTS = 5;
const MAX_BACK = 3;

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

/** She said something that told the errand nothing: the same question, and nothing more is known. */
function standsStill(before: Frame, { frame, acts }: Stepped, event: { type: string; slots?: object; words?: string }) {
  if (event.type !== 'GAVE' || event.words || Object.keys(event.slots ?? {}).length > 0) return false;
  const same = JSON.stringify([frame.value, frame.context]) === JSON.stringify([before.value, before.context]);
  return same && acts.every((act) => act.type === 'ask');
}

function partOf(values: Values, part: Part): Values {
  const names = PART_VALUES[part].filter((name) => values[name]);
  if (part === 'when') return Object.fromEntries(names.map((name) => [name, values[name]]));
  return { [part]: values[names[0] ?? ''] };
}

export function createHand({ talk, home, hands, definition, assurance, input }: HandParts) {
  const { meaning } = input;
  const says: Say[] = [];
  let asked: Ask | undefined;
  let ended = false;
  let repeated = false;
  let ordinal = 0;
  /** Effects of one errand, one after another. */
  let rounds = 0;
  let answeredTwo = false;

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

  /** The software was updated in mid-dialogue: that is said. @returns the errand in hand, with what is already known of it */
  function dropOutdated(): Wish | undefined {
    const first = talk.frames.findIndex((frame) => isOutdated(frame, definition(frame.machine)));
    if (first < 0) return undefined;
    const [outdated] = talk.frames.splice(first);
    talk.asked = undefined;
    say('conversation.updated');
    const { intent, slots } = (outdated?.context ?? {}) as Partial<Wish>;
    return intent && { intent, slots: slots ?? {} };
  }

  // ---- the conversation machine

  async function converse(event: ConversationEvent): Promise<void> {
    const before = conversation.resolveState(talk.conversation as never);
    const [after, actions] = transition(conversation, before, event);
    talk.conversation = { value: after.value, context: { ...after.context } };
    for (const action of actions) await perform({ ...(action.params as object), type: action.type } as Act | Directive);
  }

  const performers: { [K in (Act | Directive)['type']]: (act: Extract<Act | Directive, { type: K }>) => unknown } = {
    say: (act) => say(act.phrase, act.values),
    ask: (act) => ask(act),
    run: (act) => runOwn(act.effect),
    open: () => undefined,
    start: (act) => act.wish && start(act.wish),
    deliver: () => deliver(),
    identify: (act) => identify(act.residentId, act.greets === true),
    checkPin: () => checkPin(),
    drop: () => drop(),
    dropAll: () => dropAll(),
    askAgain: (act) => askAgain(act.back === true),
    repeatLast: () => repeatLast(),
    explain: () => explain(),
    helpNow: (act) => helpNow(act.whole === true),
    pace: (act) => hands.changePace(talk.residentId, act.by),
    stopFor: (act) => act.life && stopFor(act.life),
    close: () => {
      ended = true;
    },
  };

  async function perform(act: Act | Directive): Promise<void> {
    const performer = performers[act.type] as ((act: Act | Directive) => unknown) | undefined;
    await performer?.(act);
  }

  async function runOwn(effect: string): Promise<void> {
    if (effect === 'greet') await greet();
    else if (effect === 'callLog') await checkCall();
    else says.push(...(await hands.alert(meaning?.slots.kind ?? 'medical')));
  }

  /** The first words, and the one question of ours that they may lead to. */
  async function greet(): Promise<void> {
    const greeting = await hands.greet(talk.residentId);
    says.push(...greeting.says);
    if (greeting.opens) await start(greeting.opens);
  }

  /** A call that she doubts is ended: whether she takes it is no question any more. */
  async function checkCall(): Promise<void> {
    const told = await hands.callLog();
    says.push(...told);
    if (top()?.machine !== 'agent' || told.every(({ phrase }) => phrase !== 'agent.ringBack')) return;
    talk.frames.pop();
    talk.asked = undefined;
  }

  /** Everything of somebody who died, is in hospital or moved away stops; what was in hand for that person too. */
  async function stopFor(life: LifeEvent): Promise<void> {
    if (talk.residentId === life.residentId) await dropAll();
    ordinal += 1;
    says.push(...(await hands.stopFor(life, ordinal)));
  }

  // ---- the errand in hand

  /** How sure we are of who is speaking: her digits, her name, or neither. */
  function held(): Level {
    if (!talk.residentId) return 'L0';
    return hands.verified(talk.verifiedUntil) ? 'L2' : 'L1';
  }

  async function start({ intent, slots, words }: Wish): Promise<void> {
    const name = errandOf(intent);
    const errand = name && definition(name);
    if (!name || !errand) return;
    assurance.needs(assurance.ofIntent(intent), held());
    rounds = 0;
    if (talk.frames.length === MAX_FRAMES) await drop();
    const opened = openErrand(name, errand, {
      residentId: talk.residentId ?? '',
      intent,
      slots,
      aside: talk.frames.length > 0 || talk.later !== undefined,
      ...(errand.takesWords && words ? { words } : {}),
    });
    talk.frames.push(opened.frame);
    await carryOn(opened);
  }

  async function deliver(): Promise<void> {
    const frame = top();
    const errand = frame && definition(frame.machine);
    const event = eventForErrand(input, talk);
    const stepped = frame && errand && stepErrand(frame, errand, event);
    if (frame && stepped?.used && !standsStill(frame, stepped, event)) {
      await converse({ type: 'HEARD', ...momentOf(talk, home) });
      return replaceTop(stepped);
    }
    if (meaning?.intent === 'back') return goBack();
    await converse({ type: 'UNCLEAR', noise: false, ...momentOf(talk, home) });
  }

  /** The digits she has just said go to the one who knows, and only what became of them to the errand. */
  async function checkPin(): Promise<void> {
    const frame = top();
    const errand = frame && definition(frame.machine);
    const digits = spokenDigits(input.text ?? '');
    if (!frame || !errand || !digits || !talk.residentId) return;
    const outcome = await hands.checkPin(talk.residentId, digits);
    talk.verifiedUntil = outcome.verifiedUntil;
    await replaceTop(stepErrand(frame, errand, outcome));
  }

  async function replaceTop(stepped: Stepped): Promise<void> {
    const former = top();
    const before = [...(former?.before ?? [])];
    if (former?.asked) before.push({ value: former.value, context: former.context, asked: former.asked });
    talk.frames[talk.frames.length - 1] = { ...stepped.frame, before: before.slice(-MAX_BACK) };
    await carryOn({ ...stepped, frame: top() as Frame });
  }

  /** The question before this one, with the errand as it stood then. An errand with a way back of its own takes that. */
  function goBack(): void {
    const frame = top();
    const earlier = frame?.before?.pop();
    if (frame && earlier) {
      Object.assign(frame, earlier);
      ask(earlier.asked as Ask);
    } else if (frame) {
      say('conversation.firstHere');
      askAgain(false);
    } else ask({ phrase: 'conversation.firstStep', for: 'nothing' });
  }

  /** Says and asks what the step wants, runs its effects and goes on with their outcomes, leaves when it is done. */
  async function carryOn({ frame, acts, done }: Stepped): Promise<void> {
    for (const act of acts) {
      if (act.type === 'say' || act.type === 'ask') await perform(act);
      if (act.type === 'ask') frame.asked = asked as Frame['asked'];
    }
    for (const act of acts) if (act.type === 'run') await continueAfter(frame, act.effect);
    if (done)
      await leave(acts.flatMap((act) => (act.type === 'open' ? [{ intent: act.intent, slots: act.slots }] : [])));
  }

  async function continueAfter(frame: Frame, effect: string): Promise<void> {
    const errand = definition(frame.machine);
    if (!errand) return;
    rounds += 1;
    if (rounds > MAX_EFFECTS) throw new Error(`${frame.machine} wants more than ${MAX_EFFECTS} effects in one turn`);
    const outcome = await runEffect(frame, effect);
    const stepped = stepErrand(frame, errand, outcome);
    if (!stepped.used) throw new Error(`${frame.machine} has no use for ${outcome.type} after ${effect}`);
    await replaceTop(stepped);
  }

  function runEffect(frame: Frame, effect: string): Promise<{ type: string }> {
    assurance.needs(assurance.ofEffect(frame.machine, effect), held());
    ordinal += 1;
    const residentId = (frame.context.residentId as string) || talk.residentId || '';
    return hands.run({
      errand: frame.machine,
      effect,
      context: frame.context,
      residentId,
      ordinal,
      verifiedUntil: talk.verifiedUntil,
    });
  }

  /** The errand is over: on to what it leads to, or back to what it interrupted. */
  async function leave(leadsTo: Wish[]): Promise<void> {
    talk.frames.pop();
    asked = undefined;
    for (const wish of leadsTo) await start(wish);
    if (leadsTo.length > 0) return;
    if (top()) return askAgain(true);
    await goOnWithSecond();
  }

  /** The second wish of the breath: announced again, then done as if she had just said it. */
  async function goOnWithSecond(): Promise<void> {
    const wish = talk.later as Wish | undefined;
    if (!wish) return;
    talk.later = undefined;
    const errand = errandOf(wish.intent);
    say('conversation.nowSecond', { errand });
    const personal = reaches(assurance.ofIntent(wish.intent), 'L1');
    await converse({ type: 'WISH', wish, doubtful: false, buildable: true, personal, ...momentOf(talk, home, input) });
  }

  /** Two wishes in one breath: the first is done, the second named and kept. */
  function keepSecond(wish: Wish): void {
    talk.later = wish;
    answeredTwo = true;
  }

  async function drop(): Promise<void> {
    const frame = talk.frames.pop();
    const upkeep = frame && definition(frame.machine)?.upkeep;
    if (frame && upkeep?.needed(frame.context)) await runEffect(frame, upkeep.whenDropped);
    talk.asked = undefined;
  }

  async function dropAll(): Promise<void> {
    talk.later = undefined;
    while (top()) await drop();
  }

  /** A held place stays held while she talks. */
  async function keepUp(): Promise<void> {
    for (const frame of talk.frames) {
      const upkeep = definition(frame.machine)?.upkeep;
      if (upkeep?.needed(frame.context)) await runEffect(frame, upkeep.eachTurn);
    }
  }

  /** Somebody else goes on at the same speaker: what was asked of the first is not hers to hear, nor are the digits hers. */
  async function identify(residentId: string, greets: boolean): Promise<void> {
    const another = talk.residentId !== undefined && talk.residentId !== residentId;
    talk.residentId = residentId;
    if (another) {
      talk.verifiedUntil = undefined;
      talk.last = [];
      await dropAll();
    }
    if (!another && !(greets && !top())) return;
    const called = home.residents.find((one) => one.id === residentId)?.called;
    ask({ phrase: 'identity.another', values: { called }, for: 'nothing' });
  }

  // ---- saying it again

  function askAgain(back: boolean): void {
    const question = waiting();
    if (!question) return;
    if (back) say('conversation.backTo');
    say(question.phrase, question.values, 'again');
    asked = question;
  }

  /** Only the part that she asked for, where the last answer has it. */
  function repeatPart(): boolean {
    const names = input.part ? PART_VALUES[input.part] : [];
    const told = [...talk.last].reverse().find(({ values }) => names.some((name) => values?.[name]));
    if (!input.part || !told) return false;
    say(`conversation.part_${input.part}`, partOf((told.values ?? {}) as Values, input.part));
    asked = talk.asked as Ask | undefined;
    repeated = true;
    return true;
  }

  function repeatLast(): void {
    if (repeatPart()) return;
    if (talk.last.length === 0) {
      say('conversation.nothingSaid');
      return;
    }
    says.push(...(talk.last as Say[]));
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

  // ---- the outcome

  function finish(): Next {
    if (answeredTwo && talk.later) {
      says.unshift({ phrase: 'conversation.thenSecond', values: { errand: errandOf(talk.later.intent as Intent) } });
    }
    const question = asked ?? (top() || !attending() ? waiting() : undefined);
    const passing = !asked && question !== undefined;
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
      unkept: says.some(({ phrase }) => phrase === 'identity.card') || undefined,
    };
  }

  return { dropOutdated, start, converse, keepSecond, keepUp, finish };
}

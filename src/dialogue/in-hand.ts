/** The errand in hand: it is opened, hears what she said, has its effects done and goes on with their outcomes, and is left. */
import type { Slots } from '../understanding/meaning.ts';
import { type Assurance, reaches } from './assurance.ts';
import type { ConversationEvent, Wish } from './conversation.facts.ts';
import { createEffectsInHand } from './effects-in-hand.ts';
import { eventForErrand } from './errand-events.ts';
import { announced, errandOf } from './errand-of.ts';
import type { Ask, ErrandDefinition, Settled } from './errands/errand.ts';
import { askedIn, type HomeForDialogue, type Input, momentOf } from './events.ts';
import type { Hands, PinOutcome } from './hands.ts';
import { topicAfter } from './hearing/aftermath.ts';
import { spokenDigits } from './hearing/spoken-digits.ts';
import { itemOf, withMatterInHand } from './matter-in-hand.ts';
import { beneathPassing, hasGoneOn, isDoneWith, isPassing, offeredThere } from './passing.ts';
import type { Saying } from './saying.ts';
import { openErrand, type Stepped, standsStill, stepErrand } from './stack.ts';
import type { Frame, Talk } from './talk.ts';

export interface InHandParts {
  talk: Talk;
  home: HomeForDialogue;
  hands: Hands;
  definition: (errand: string) => ErrandDefinition | undefined;
  assurance: Assurance;
  input: Input;
  /** Of the last effect before it in this turn. */
  ordinal: number;
  saying: Saying;
  /** What the conversation around it is to hear. */
  converse: (event: ConversationEvent) => Promise<void>;
}

const MAX_FRAMES = 3;
const MAX_EFFECTS = 5;
const MAX_BACK = 3;

/** Lives for one call of step. */
export function createInHand(parts: InHandParts) {
  const { talk, home, hands, definition, assurance, input, saying, converse } = parts;
  const { say, ask, askAgain } = saying;
  const { meaning } = input;
  const effects = createEffectsInHand({ talk, hands, definition, assurance, ordinal: parts.ordinal });
  const { drop } = effects;
  /** Effects of one errand, one after another. */
  let rounds = 0;

  const top = (): Frame | undefined => talk.frames.at(-1);

  async function start({ intent, slots, words }: Wish): Promise<void> {
    const name = errandOf(intent);
    const errand = name && definition(name);
    if (!name || !errand) return;
    assurance.needs(assurance.ofIntent(intent), effects.held());
    if (errandOf(intent) !== 'agent') talk.alarm = undefined;
    if (await backBeneath(name)) return;
    // Somebody else is to ring than the one who was being settled: that is the one call.
    if (name === 'agent' && top()?.machine === 'agent') await drop();
    rounds = 0;
    const about = withMatterInHand({ intent, slots: { ...(await takenUp(name)), ...slots } }, top());
    if (talk.frames.length === MAX_FRAMES) await drop();
    const opened = openErrand(name, errand, {
      residentId: talk.residentId ?? '',
      intent,
      slots: about,
      aside: talk.frames.length > 0 || talk.later !== undefined,
      ...(errand.takesWords && words ? { words } : {}),
    });
    talk.frames.push(opened.frame);
    await carryOn(opened);
  }

  /** She takes up in her own words what a question in passing offers: that is answered, and put away. @returns what it was about */
  async function takenUp(name: string): Promise<Slots> {
    const offered = offeredThere(top(), name);
    if (offered) await drop();
    return offered ?? {};
  }

  async function deliver(): Promise<void> {
    const frame = top();
    const errand = frame && definition(frame.machine);
    const event = eventForErrand(input, talk);
    const stepped = frame && errand && stepErrand(frame, errand, event);
    if (frame && stepped?.used && !standsStill(frame, stepped, event)) {
      if (frame.asked?.offer === 'privacy' && event.type === 'YES') talk.unheard = true;
      await converse({ type: 'HEARD', ...momentOf(talk, home) });
      return replaceTop(stepped);
    }
    if (meaning?.intent === 'back') return goBack();
    if (await fallsThrough(event)) return;
    await converse({ type: 'UNCLEAR', noise: false, ...askedIn(input), ...momentOf(talk, home) });
  }

  /** She comes back by herself to what a question in passing lies upon: that goes on where it was. @returns whether it had use for it */
  async function backBeneath(name: string): Promise<boolean> {
    const at = beneathPassing(talk.frames, name);
    if (at < 0) return false;
    while (talk.frames.length > at + 1) await drop();
    const frame = top() as Frame;
    const stepped = stepErrand(frame, definition(name) as ErrandDefinition, eventForErrand(input, talk));
    if (stepped.used) await replaceTop(stepped);
    else askAgain(true);
    return true;
  }

  /** A question in passing has no use for what she says: it never keeps her from the errand beneath. A yes is asked for once more there. */
  async function fallsThrough(event: { type: string; slots?: object }): Promise<boolean> {
    const beneath = talk.frames.at(-2);
    const errand = beneath?.asked && isPassing(top()?.machine) ? definition(beneath.machine) : undefined;
    if (!beneath || !errand) return false;
    const answers = event.type === 'YES' || event.type === 'NO' || event.type === 'CHOSE';
    const stepped = event.type === 'GAVE' ? stepErrand(beneath, errand, event) : undefined;
    if (!answers && !(stepped?.used && !standsStill(beneath, stepped, event))) return false;
    await drop();
    await converse({ type: 'HEARD', ...momentOf(talk, home) });
    if (stepped?.used) await replaceTop(stepped);
    else askAgain(true);
    return true;
  }

  /** The digits she has just said go to the one who knows, and only what became of them to the errand. */
  async function checkPin(): Promise<void> {
    const frame = top();
    const errand = frame && definition(frame.machine);
    const digits = spokenDigits(input.text ?? '');
    if (!frame || !errand || !digits || !talk.residentId) return;
    const outcome = ownSlips(await hands.checkPin(talk.residentId, digits));
    talk.verifiedUntil = outcome.verifiedUntil;
    await replaceTop(stepErrand(frame, errand, outcome));
  }

  /** It was she herself who said them wrong a moment ago: nobody else has tried. */
  function ownSlips({ tried = 0, ...outcome }: PinOutcome): PinOutcome {
    const hers = talk.slips ?? 0;
    talk.slips = outcome.type === 'PIN_WRONG' ? hers + 1 : undefined;
    return outcome.type === 'PIN_RIGHT' && tried <= hers ? { ...outcome, triedBefore: false } : outcome;
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
      if (act.type === 'say') say(act.phrase, act.values);
      if (act.type !== 'ask') continue;
      ask(act);
      frame.asked = saying.question() as Frame['asked'];
    }
    for (const act of acts) if (act.type === 'run') await continueAfter(frame, act.effect);
    if (done)
      await leave(
        acts.flatMap((act) =>
          act.type === 'open' ? [{ intent: act.intent, slots: act.slots, words: toldNow() }] : [],
        ),
      );
  }

  async function continueAfter(frame: Frame, effect: string): Promise<void> {
    const errand = definition(frame.machine);
    if (!errand) return;
    rounds += 1;
    if (rounds > MAX_EFFECTS) throw new Error(`${frame.machine} wants more than ${MAX_EFFECTS} effects in one turn`);
    const outcome = await effects.run(frame, effect);
    const stepped = stepErrand(frame, errand, outcome);
    if (!stepped.used) throw new Error(`${frame.machine} has no use for ${outcome.type} after ${effect}`);
    await replaceTop(stepped);
  }

  /** The errand is over: on to what it leads to, or back to what it interrupted. */
  async function leave(leadsTo: Wish[]): Promise<void> {
    const over = talk.frames.pop();
    if (over)
      talk.topic = topicAfter(
        talk.topic,
        { errand: over.machine, item: itemOf(over), slots: (over.context.slots ?? {}) as Slots },
        saying.says.map(({ phrase }) => phrase),
      );
    saying.forgetQuestion();
    const settled = over?.context.settled as Settled | undefined;
    if (settled) await dropSettled(settled);
    for (const wish of leadsTo) await start(wish);
    if (leadsTo.length > 0) return;
    while (over && isDoneWith(top(), over)) await drop();
    if (over && hasGoneOn(top(), over, talk.last)) return saying.leaveUnsaid();
    if (top()) return askAgain(true);
    await goOnWithSecond();
  }

  /** What she has just told; a yes to what leads on tells nothing. */
  const toldNow = () => (meaning?.intent === 'yes' ? undefined : input.text);

  /** It was done meanwhile, by a person: what she had begun of it here is put away, and what it held is let go. */
  async function dropSettled({ errand, item }: Settled): Promise<void> {
    const same = (frame: Frame) => {
      const hers = itemOf(frame);
      return frame.machine === errand && (!item || !hers || hers === item);
    };
    for (let frame = top(); frame && same(frame); frame = top()) await drop();
  }

  /** A matter that is nobody else's business is named only where she said that nobody listens. */
  const mayBeNamed = async ({ slots: { item } }: Wish): Promise<boolean> =>
    !item || talk.unheard === true || !(await hands.isPrivate(item));

  const keepSecond = async (wish: Wish): Promise<void> => saying.keepSecond(wish, await mayBeNamed(wish));

  /** The second wish of the breath: announced again, then done as if she had just said it. */
  async function goOnWithSecond(): Promise<void> {
    const wish = talk.later as Wish | undefined;
    if (!wish) return;
    talk.later = undefined;
    say('conversation.nowSecond', announced(wish, await mayBeNamed(wish)));
    await goOnWith(wish);
  }

  /** As if she had just said it by itself. */
  async function goOnWith(wish: Wish): Promise<void> {
    const personal = reaches(assurance.ofIntent(wish.intent), 'L1');
    await converse({ type: 'WISH', wish, doubtful: false, buildable: true, personal, ...momentOf(talk, home, input) });
  }

  const { dropAll, keepUp, nextOrdinal } = effects;
  return {
    keepSecond,
    start,
    goOnWith,
    deliver,
    checkPin,
    drop,
    dropAll,
    keepUp,
    nextOrdinal,
    ordinals: effects.ordinals,
  };
}

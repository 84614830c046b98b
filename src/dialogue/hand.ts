/** The work of one turn: what the conversation decides is carried out here, in order, once. Lives for one call of step. */
import { transition } from 'xstate';
import type { Assurance } from './assurance.ts';
import { type ConversationEvent, type Directive, type LifeTold, lifeAtHome, type Wish } from './conversation.facts.ts';
import { machine as conversation } from './conversation.ts';
import type { Act, ErrandDefinition } from './errands/errand.ts';
import { type HomeForDialogue, type Input, momentOf } from './events.ts';
import type { Hands } from './hands.ts';
import { createInHand } from './in-hand.ts';
import { createSaying } from './saying.ts';
import { isOutdated } from './stack.ts';
import { askedInVain, isInVain } from './stuck.ts';
import type { Frame, Talk } from './talk.ts';

interface HandParts {
  talk: Talk;
  home: HomeForDialogue;
  hands: Hands;
  definition: (errand: string) => ErrandDefinition | undefined;
  assurance: Assurance;
  input: Input;
  /** Of the last effect before it in this turn. */
  ordinal: number;
}

/** What the conversation may have done in one turn. */
export function createHand({ talk, home, hands, definition, assurance, input, ordinal }: HandParts) {
  const saying = createSaying(talk, input);
  const inHand = createInHand({ talk, home, hands, definition, assurance, input, ordinal, saying, converse });
  const { says, say, ask, askAgain } = saying;
  const top = (): Frame | undefined => talk.frames.at(-1);

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

  async function converse(event: ConversationEvent): Promise<void> {
    const before = conversation.resolveState(talk.conversation as never);
    const [after, actions] = transition(conversation, before, event);
    talk.conversation = { value: after.value, context: { ...after.context } };
    // Its own question is answered: what waits now is the errand's.
    if (before.value !== 'attending' && after.value === 'attending') talk.asked = top()?.asked;
    for (const action of actions) await perform({ ...(action.params as object), type: action.type } as Act | Directive);
  }

  const performers: { [K in (Act | Directive)['type']]: (act: Extract<Act | Directive, { type: K }>) => unknown } = {
    say: (act) => say(act.phrase, act.values),
    ask: (act) => ask(act),
    run: (act) => runOwn(act.effect),
    open: () => undefined,
    start: (act) => act.wish && start(act.wish),
    deliver: () => inHand.deliver(),
    identify: (act) => identify(act.residentId, act.greets === true, act.quiet === true),
    checkPin: () => inHand.checkPin(),
    drop: () => inHand.drop(),
    dropAll: () => inHand.dropAll(),
    askAgain: (act) => askAgain(act.back === true),
    repeatLast: () => saying.repeatLast(),
    explain: () => saying.explain(),
    helpNow: (act) => saying.helpNow(act.whole === true),
    pace: (act) => changePace(act.by),
    stopFor: (act) => act.life && stopFor(act.life),
    undoLife: () => undoLife(talk.topic?.life),
    resumeFor: (act) => act.life && undoLife(lifeAtHome(act.life)),
    settle: () => hands.settle(),
    calm: () => {
      talk.alarm = undefined;
      talk.calmed = true;
    },
    close: () => saying.close(),
  };

  async function perform(act: Act | Directive): Promise<void> {
    const performer = performers[act.type] as ((act: Act | Directive) => unknown) | undefined;
    await performer?.(act);
  }

  async function start(wish: Wish): Promise<void> {
    if (input.instead) await inHand.drop();
    await inHand.start(wish);
  }

  async function runOwn(effect: string): Promise<void> {
    if (effect === 'greet') await greet();
    else if (effect === 'callLog') await checkCall();
    else if (effect === 'now') says.push(hands.now(input.meaning?.slots.date));
    else if (effect === 'address') says.push(...(await hands.address()));
    else if (effect === 'alarm') says.push(...(await hands.alarm()));
    else await alert(input.meaning?.slots.kind ?? 'medical');
  }

  /** With nothing said yet there is nothing to say again: that it is kept is said. */
  async function changePace(by: number): Promise<void> {
    await hands.changePace(talk.residentId, by);
    if (talk.last.length === 0) say('conversation.paceKept');
  }

  async function alert(kind: string): Promise<void> {
    const known = talk.alarm === kind;
    talk.alarm = kind;
    says.push(...(await (known ? hands.alarm() : hands.alert(kind))));
  }

  /** It was told wrongly, or is over: what was stopped goes on. */
  async function undoLife(who: { residentId: string; called: string } | undefined): Promise<void> {
    if (!who) return;
    talk.topic = undefined;
    says.push(...(await hands.undoLife(who, inHand.nextOrdinal())));
  }

  /** The first words, and the one question of ours that they may lead to. */
  async function greet(): Promise<void> {
    const greeting = await hands.greet(talk.residentId);
    says.push(...greeting.says);
    if (greeting.asks) ask(greeting.asks);
    if (greeting.opens) await inHand.start(greeting.opens);
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
  async function stopFor(told: LifeTold): Promise<void> {
    const life = lifeAtHome(told);
    if (!life) return;
    if (talk.residentId === life.residentId) await inHand.dropAll();
    const stopped = await hands.stopFor(life, inHand.nextOrdinal());
    says.push(...stopped.says);
    const { residentId, called, state } = life;
    const done = { phrase: 'agent.callbackNoted', slots: { callback: stopped.callbackId } };
    talk.topic = { errand: 'agent', done, life: { residentId, called, state } };
  }

  /** Somebody else goes on at the same speaker: what was asked of the first is not hers to hear, nor are the digits hers. */
  async function identify(residentId: string, greets: boolean, quiet: boolean): Promise<void> {
    const another = talk.residentId !== undefined && talk.residentId !== residentId;
    talk.residentId = residentId;
    if (another) {
      talk.verifiedUntil = undefined;
      talk.unheard = undefined;
      talk.last = [];
      talk.topic = undefined;
      await inHand.dropAll();
    }
    if (quiet) return;
    if (input.behindName && greets && !top()) return inHand.goOnWith(input.behindName);
    if (!another && !(greets && !top())) return;
    const called = home.residents.find((one) => one.id === residentId)?.called;
    ask({ phrase: 'identity.another', values: { called }, for: 'nothing' });
  }

  /** The third time the same question would be asked in vain, somebody who knows is offered instead of it. */
  async function breakLoop(event: ConversationEvent | undefined): Promise<void> {
    const turn = { event: event?.type, question: saying.standing(), says, frame: top() };
    talk.stuck = askedInVain(talk.stuck, turn);
    if (!talk.stuck || !turn.question || !isInVain(talk.stuck, turn)) return;
    talk.stuck.offered.push(turn.question.phrase);
    const reaches = turn.question.offer === 'callback' || turn.frame?.machine === 'agent';
    saying.withhold(turn.question);
    await converse({ type: 'STUCK', reaches, ...momentOf(talk, home) });
  }

  return {
    dropOutdated,
    converse,
    breakLoop,
    start: inHand.start,
    keepSecond: inHand.keepSecond,
    keepUp: inHand.keepUp,
    ordinals: inHand.ordinals,
    finish: saying.finish,
  };
}

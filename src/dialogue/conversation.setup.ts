/** What the conversation can do, and what it decides by. */

import { assign, setup } from 'xstate';
import type { Values } from '../speech/speech.ts';
import type { Slots } from '../understanding/meaning.ts';
import {
  aboutOf,
  type ConversationContext,
  type ConversationEvent,
  isRobbed,
  type LifeTold,
  type Wish,
} from './conversation.facts.ts';
import { leftPhrase, notKnown } from './conversation.told.ts';
import { acts } from './errands/errand.ts';
import { RELIEF } from './known-matters.ts';

const nothing = () => undefined;
const IN_NEED = new Set(['fraud', 'harm']);
/** Why somebody is to ring her: the errand that could not go on. */
const reasonIn = ({ errand }: Values): string => (typeof errand === 'string' ? errand : 'misunderstood');
/** The matter of the errand in hand, as a wish names it. */
const matterIn = ({ item }: Values): Slots => (typeof item === 'string' ? { item } : {});
/** Somebody about his papers was offered. */
const isOfHisPapers = (pending: Wish | undefined, { waits }: { waits: boolean }): boolean =>
  waits && pending?.slots.reason === 'life';

/** Named actions and guards; what is answered to what stands beside. */
export const talking = setup({
  types: { context: {} as ConversationContext, events: {} as ConversationEvent },
  actions: {
    say: acts.say,
    ask: acts.ask,
    run: acts.run,
    deliver: nothing,
    start: (_, _params: { wish?: Wish }) => undefined,
    identify: (_, _params: { residentId: string; greets?: boolean; quiet?: boolean }) => undefined,
    checkPin: nothing,
    drop: nothing,
    dropAll: nothing,
    askAgain: (_, _params: { back?: boolean }) => undefined,
    repeatLast: nothing,
    explain: nothing,
    helpNow: (_, _params: { whole?: boolean }) => undefined,
    pace: (_, _params: { by: number }) => undefined,
    stopFor: (_, _params: { life?: LifeTold }) => undefined,
    resumeFor: (_, _params: { life?: LifeTold }) => undefined,
    settle: nothing,
    undoLife: nothing,
    calm: nothing,
    close: nothing,
    understood: assign({ misses: 0, silences: 0, noises: 0, holding: false, leftOff: false }),
    missed: assign({ misses: ({ context }) => context.misses + 1, silences: 0, noises: 0, holding: false }),
    drowned: assign({ noises: ({ context }) => context.noises + 1 }),
    hold: assign({ holding: true }),
    leaveOff: assign({ leftOff: true }),
    isAtHome: assign({ atHome: true }),
    wantsOperator: assign({
      pending: { intent: 'agent.call' as const, slots: { agreed: 'yes', reason: 'moved' } },
    }),
    silent: assign({ silences: ({ context }) => context.silences + 1 }),
    remember: assign(({ event }) => (event.type === 'WISH' ? { pending: event.wish } : {})),
    forget: assign({ pending: undefined }),
    keepLife: assign(({ event }) => (event.type === 'LIFE' ? { life: event.life } : {})),
    forgetLife: assign({ life: undefined }),
    keepWhose: assign(({ context, event }) =>
      event.type === 'WHO' && context.life
        ? { life: { ...context.life, residentId: event.residentId, called: event.called } }
        : {},
    ),
    wantsLifePerson: assign({
      pending: { intent: 'agent.call' as const, slots: { reason: 'life', agreed: 'yes', about: 'when' } },
    }),
    /** What she wishes cannot be done here: somebody does it with her. */
    wantsPersonInstead: assign(({ event }) =>
      event.type === 'WISH'
        ? {
            pending: {
              intent: 'agent.call' as const,
              slots: { ...event.wish.slots, reason: event.wish.intent, agreed: 'yes' },
            },
          }
        : {},
    ),
    wantsHelpWithMoney: assign({
      pending: { intent: 'agent.call' as const, slots: { reason: 'fraud', agreed: 'yes' } },
    }),
    wantsRelief: assign({
      pending: { intent: 'agent.call' as const, slots: { item: RELIEF, reason: 'guide', agreed: 'yes' } },
    }),
    wantsHelpAtHome: assign({ pending: { intent: 'agent.call' as const, slots: { reason: 'harm', agreed: 'yes' } } }),
    wantsCompany: assign({ pending: { intent: 'agent.call' as const, slots: { reason: 'company', agreed: 'yes' } } }),
    keepMatter: assign(({ event }) => ({ pending: { intent: 'guide.where' as const, slots: matterIn(event.values) } })),
    wantsVisit: assign(({ context }) => ({
      pending: { intent: 'visit.request' as const, slots: context.pending?.slots ?? {} },
    })),
    wantsDataDesk: assign(({ event }) => {
      const right: Record<string, string> = 'slots' in event && event.slots.right ? { right: event.slots.right } : {};
      const reason = right.right === 'pin' ? 'identity' : 'privacy';
      return { pending: { intent: 'agent.call' as const, slots: { reason, agreed: 'yes', ...right } } };
    }),
    /** About what she was stuck at: whoever rings her knows it. */
    wantsPersonStuck: assign(({ event }) => ({
      pending: {
        intent: 'agent.call' as const,
        slots: { ...matterIn(event.values), reason: reasonIn(event.values), agreed: 'yes' },
      },
    })),
    wantsPerson: assign({ pending: { intent: 'agent.call' as const, slots: { agreed: 'yes' } } }),
  },
  guards: {
    inErrand: ({ event }) => event.inErrand,
    /** A question waits, the errand's or the conversation's own: that is asked again, nothing else. */
    inQuestion: ({ event }) => event.inErrand || event.waits,
    alarmed: ({ event }) => event.alarmed,
    /** She said that she wants to live no longer: nobody leaves her with silence. */
    despairs: ({ event }) => event.alarm === 'self_harm',
    reachesPerson: ({ event }) => event.type === 'STUCK' && event.reaches,
    binding: ({ event }) => event.inErrand && event.binds,
    choseWindow: ({ event }) => event.type === 'ANSWER' && event.n === 1,
    choseVisit: ({ event }) => event.type === 'ANSWER' && event.n === 2,
    asksTheTime: ({ event }) => 'slots' in event && event.slots.wish === 'time',
    wantsFamily: ({ event }) => 'slots' in event && event.slots.wish === 'call_family',
    /** Her money is gone, or what opens the way to it. */
    robbed: ({ event }) => isRobbed(aboutOf(event)),
    /** Something is asked of the caller who was just spoken of. */
    inHardship: ({ event }) => aboutOf(event) === 'hardship',
    harmed: ({ event }) => aboutOf(event) === 'harm',
    /** Her money is gone, or she is hurt: an answer that nobody understands is no farewell. */
    inNeed: ({ context }) => context.misses === 0 && IN_NEED.has(context.pending?.slots.reason ?? ''),
    /** She would like somebody to look in on her. */
    lonely: ({ event }) => aboutOf(event) === 'lonely',
    /** Of what a death leaves to be done, and nobody is to ring her about it. */
    leftAlone: ({ event }) => leftPhrase(aboutOf(event)) !== undefined,
    /** The visit that she wished for was that: nothing is to be done there. */
    lonelyInVisit: ({ event }) => aboutOf(event) === 'lonely' && event.values.errand === 'visit',
    /** Only where nothing is held for her, nor half said. */
    grieves: ({ context, event }) =>
      aboutOf(event) === 'sorrow' && (event.values.errand === 'guide' || isOfHisPapers(context.pending, event)),
    asksOfScam: ({ event }) => aboutOf(event) !== undefined,
    asksSomething: ({ event }) => notKnown(event) !== undefined,
    noise: ({ event }) => event.type === 'UNCLEAR' && event.noise,
    drownedBefore: ({ context, event }) => event.type === 'UNCLEAR' && event.noise && context.noises > 0,
    holding: ({ context }) => context.holding,
    heldErrand: ({ context, event }) => context.holding && event.inErrand,
    elsewhere: ({ context, event }) => event.type === 'WISH' && event.personal && event.elsewhere && !context.atHome,
    firstMiss: ({ context }) => context.misses === 0,
    secondMiss: ({ context }) => context.misses === 1,
    firstSilence: ({ context }) => context.silences === 0,
    lastSilence: ({ context }) => context.silences > 1,
    secondSilence: ({ context }) => context.silences === 1,
    doubtful: ({ event }) => event.type === 'WISH' && event.doubtful,
    notBuilt: ({ event }) => event.type === 'WISH' && !event.buildable,
    speaksForBoth: ({ event }) => event.type === 'WHO' && event.both === true,
    whoIsOpen: ({ event }) => event.type === 'WISH' && event.personal && event.whoIsOpen,
    lifeAhead: ({ event }) => event.type === 'LIFE' && event.life.how === 'ahead',
    lifeStandsBeside: ({ event }) => event.type === 'LIFE' && event.life.how === 'stands' && event.inErrand,
    lifeStands: ({ event }) => event.type === 'LIFE' && event.life.how === 'stands',
    lifeElsewhere: ({ event }) => event.type === 'LIFE' && event.life.how === 'other',
    lifeOpen: ({ event }) => event.type === 'LIFE' && event.life.how === 'who',
    lifeBack: ({ event }) => event.type === 'LIFE' && event.life.how === 'back',
    pendingNeedsWho: ({ event }) => event.whoIsOpen,
  },
});

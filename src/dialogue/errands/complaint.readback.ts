/** Her words are read back: she may add to them, put one right, keep her name out, ask who reads them. Nothing of that is written into them. */
import { and } from 'xstate';
import { complaining, readBackTold, spoken } from './complaint.setup.ts';

/** What she may do with her words before they are handed in. */
const ORDERS = complaining.createStateConfig({
  on: {
    GAVE: [
      { guard: 'choosesKind', actions: ['keepKind', 'forgetBeside'], target: 'tellingKind' },
      { guard: 'asksCity', actions: 'forgetBeside', target: 'tellingCity' },
      { guard: 'asksElse', actions: 'forgetBeside', target: 'tellingUnsure' },
      { guard: 'handsIn', target: 'opening' },
      { guard: 'dropsAll', actions: 'forgetWords', target: 'declined' },
      { guard: 'dropsLast', actions: 'dropLast', target: 'readingBack', reenter: true },
      { guard: 'adds', actions: 'addWords', target: 'readingBack', reenter: true },
      { guard: 'saysInstead', actions: 'replaceWords', target: 'readingBack', reenter: true },
      { guard: 'wantsToMend', target: 'readingToMend', reenter: true },
      { guard: 'wantsItRead', target: 'readingAgain', reenter: true },
      { guard: 'asksWhoKnows', target: 'tellingSecret' },
      { guard: 'asksMercy', actions: 'keepMercy', target: 'tellingMercy' },
      { guard: 'saidItWrong', target: 'askingWhichWrong' },
      { guard: 'hasSaidAll', target: 'handingIn', reenter: true },
      { guard: 'asksWho', target: 'tellingWho' },
      { guard: 'asksWhen', target: 'tellingWhen' },
      { guard: 'asksName', target: 'tellingWhetherNamed' },
      { guard: 'wantsName', actions: 'putNameIn', target: 'tellingNamed' },
      { guard: 'wantsNoName', actions: 'leaveNameOut', target: 'tellingNameless' },
      { guard: 'holdsBack', target: 'holding' },
      { guard: 'saysMore', target: 'holding' },
      { guard: 'saysAnew', actions: 'forgetWords', target: 'asking' },
      { guard: 'swaps', actions: 'swapWords', target: 'readingBack', reenter: true },
    ],
  },
}).on.GAVE;

/** While a sentence is asked about, what is added and what is read belongs to it. */
const OF_BESIDE = new Set<unknown>(['adds', 'wantsItRead']);
const ORDERS_BESIDE = ORDERS.filter(({ guard }) => !OF_BESIDE.has(guard));

/** It is not right as it stands: of more than one clause she is asked which, and nothing of it is lost. */
const WRONG = complaining.createStateConfig({
  on: {
    NO: [
      { guard: 'saidMore', target: 'askingWhichWrong', reenter: true },
      { actions: 'forgetWords', target: 'asking' },
    ],
  },
}).on.NO;

/** And what becomes of it where she neither agrees nor orders anything: a sentence that is perhaps to go in. */
const MAY = complaining.createStateConfig({
  on: {
    YES: 'opening',
    NO: WRONG,
    GAVE: [
      { guard: 'dropsBoth', actions: 'forgetWords', target: 'declined' },
      ...ORDERS,
      { guard: 'gaveWords', actions: 'keepBeside', target: 'askingToAdd', reenter: true },
      ...WRONG,
    ],
  },
}).on;

/** With nothing asked about: what is to go in, or to stay out, is what stands there already, and she hears it. */
const OF_WHAT_STANDS = complaining.createStateConfig({
  on: {
    ...MAY,
    GAVE: [
      { guard: 'takesIn', target: 'readingAgain', reenter: true },
      { guard: and(['leavesOut', 'hasAdded']), actions: 'dropLast', target: 'readingAgain', reenter: true },
      { guard: 'leavesOut', target: 'askingAllOff' },
      ...MAY.GAVE,
    ],
  },
}).on;

/** Enter at `readingBack`; leaves for `opening` or `asking`. */
export const readBack = complaining.createStateConfig({
  states: {
    readingBack: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({
          ...readBackTold(context.words),
          for: 'yesno',
          offer: 'complaint',
          words: 'wanted',
        }),
      },
      on: OF_WHAT_STANDS,
    },
    /** She wants to hear what stands there now: all of it, and not the question alone. */
    readingAgain: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({
          phrase: 'complaint.readAgain',
          for: 'yesno',
          offer: 'complaint',
          words: 'wanted',
          values: { words: spoken(context.words) },
        }),
      },
      on: OF_WHAT_STANDS,
    },
    /** As what it is handed in: she chooses, and her words stand. */
    tellingKind: {
      entry: { type: 'say', params: ({ context }) => ({ phrase: `complaint.as_${context.kind}` }) },
      always: 'handingIn',
    },
    tellingWho: { entry: { type: 'say', params: { phrase: 'complaint.who' } }, always: 'handingIn' },
    tellingCity: { entry: { type: 'say', params: { phrase: 'complaint.asksCity' } }, always: 'handingIn' },
    tellingUnsure: { entry: { type: 'say', params: { phrase: 'complaint.asks' } }, always: 'handingIn' },
    /** Part of what she tells is the city's: that is said before her words are read back. */
    tellingCityToo: { entry: { type: 'say', params: { phrase: 'complaint.cityToo' } }, always: 'readingBack' },
    tellingSecret: { entry: { type: 'say', params: { phrase: 'complaint.secret' } }, always: 'handingIn' },
    /** What becomes of him nobody here decides: that he is to be let off may stand in her words. */
    tellingMercy: { entry: { type: 'say', params: { phrase: 'complaint.mercy' } }, always: 'askingToAdd' },
    /** One word of it is wrong: all else that she has said stands. */
    askingWhichWrong: {
      entry: {
        type: 'ask',
        params: { phrase: 'complaint.whichWrong', for: 'nothing', offer: 'complaint', words: 'wanted' },
      },
      on: { ...MAY, YES: 'handingIn', NO: 'handingIn' },
    },
    /** All of it once more, to be put right and not to be handed in. */
    readingToMend: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({
          phrase: 'complaint.readToMend',
          for: 'nothing',
          offer: 'complaint',
          words: 'wanted',
          values: { words: spoken(context.words) },
        }),
      },
      on: { ...MAY, YES: 'handingIn', NO: { actions: 'forgetWords', target: 'asking' } },
    },
    tellingWhen: { entry: { type: 'say', params: { phrase: 'complaint.when' } }, always: 'handingIn' },
    tellingNamed: { entry: { type: 'say', params: { phrase: 'complaint.named' } }, always: 'handingIn' },
    tellingWhetherNamed: {
      entry: {
        type: 'say',
        params: ({ context }) => ({ phrase: context.nameless ? 'complaint.isNameless' : 'complaint.isNamed' }),
      },
      always: 'handingIn',
    },
    /** Perhaps she only speaks with us: nothing goes into her words that she has not said is to stand there. */
    askingToAdd: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({
          phrase: context.besides ? 'complaint.addAll' : 'complaint.addThis',
          for: 'yesno',
          offer: 'complaint',
          words: 'wanted',
          values: { words: spoken(context.beside) },
        }),
      },
      on: {
        ...MAY,
        GAVE: [
          { guard: 'takesIn', actions: 'addBeside', target: 'readingBack' },
          { guard: 'leavesOut', actions: 'forgetBeside', target: 'handingIn' },
          { guard: 'onlyThis', actions: 'forgetBeside', target: 'handingIn' },
          { guard: 'dropsBoth', target: 'askingWhichOff' },
          { guard: 'asksWhich', target: 'askingToAdd', reenter: true },
          { guard: 'wantsItRead', target: 'askingToAdd', reenter: true },
          // She goes on telling: what she was asked about belongs to it.
          { guard: 'adds', actions: ['addBeside', 'addWords'], target: 'readingBack' },
          { guard: 'gaveWords', actions: 'keepBesideToo', target: 'askingToAdd', reenter: true },
          ...ORDERS_BESIDE,
          ...WRONG,
        ],
        YES: { actions: 'addBeside', target: 'readingBack' },
        NO: { actions: 'forgetBeside', target: 'handingIn' },
      },
    },
    tellingNameless: { entry: { type: 'say', params: { phrase: 'complaint.nameless' } }, always: 'handingIn' },
    /** Her words need not be heard again: the question alone. */
    handingIn: {
      entry: {
        type: 'ask',
        params: { phrase: 'complaint.handIn', for: 'yesno', offer: 'complaint', words: 'wanted' },
      },
      on: OF_WHAT_STANDS,
    },
    /** 「不写，算了」: the sentence, or all that stands there. */
    askingWhichOff: {
      entry: {
        type: 'ask',
        params: { phrase: 'complaint.whichOff', for: 'yesno', offer: 'complaint', words: 'wanted' },
      },
      on: {
        ...MAY,
        GAVE: [
          { guard: 'leavesOut', actions: 'forgetBeside', target: 'handingIn' },
          { guard: 'onlyThis', actions: 'forgetBeside', target: 'handingIn' },
          ...MAY.GAVE,
        ],
        YES: 'askingAllOff',
        NO: { actions: 'forgetBeside', target: 'handingIn' },
      },
    },
    askingAllOff: {
      entry: { type: 'ask', params: { phrase: 'complaint.allOff', for: 'yesno', offer: 'complaint', words: 'wanted' } },
      on: {
        ...MAY,
        GAVE: [{ guard: 'leavesOut', actions: 'forgetWords', target: 'declined' }, ...MAY.GAVE],
        YES: { actions: 'forgetWords', target: 'declined' },
        NO: { actions: 'forgetBeside', target: 'handingIn' },
      },
    },
    /** She is not done with it yet: it waits, and nothing is handed in. What she says now belongs to it. */
    holding: {
      entry: { type: 'ask', params: { phrase: 'complaint.hold', for: 'nothing', offer: 'complaint', words: 'wanted' } },
      on: {
        ...MAY,
        GAVE: [
          { guard: 'dropsBoth', actions: 'forgetWords', target: 'declined' },
          ...ORDERS,
          { guard: 'gaveWords', actions: 'addWords', target: 'readingBack' },
          ...WRONG,
        ],
        YES: 'handingIn',
        NO: 'handingIn',
      },
    },
  },
}).states;

/** The list of what to bring: two at a time, then gone through, and what she ticks is kept. */
import { and } from 'xstate';
import type { Tell } from './errand.ts';
import { firstOf } from './guide.breath.ts';
import { breath, type GuideContext, left, words } from './guide.facts.ts';
import { explaining } from './guide.setup.ts';
import { tickedOffTold, tickedTold } from './guide.ticks.ts';

/** The mistake alone; what to do about it is told when she asks. */
const commonestMistake = (context: GuideContext): Tell => ({
  phrase: 'guide.mistakes',
  values: { mistakes: firstOf(context.guide?.words.mistakes?.mistakes) },
});

/** What of the list is told in this breath; of a longer one, how many these are. */
function listTold(context: GuideContext): Tell {
  const list = breath(context);
  const now = left(context) > 0 ? list.length : undefined;
  return {
    phrase: context.told === 0 ? 'guide.materials' : 'guide.materialsMore',
    values: { matter: context.guide?.matter, count: context.guide?.materials.length, now, list },
  };
}

/** Enter at `recording`, or at `decidingTicks` to go through it. */
export const list = explaining.createStateConfig({
  states: {
    recording: {
      entry: { type: 'run', params: { effect: 'told' } },
      on: { TOLD: [{ guard: 'noList', target: 'mistakes' }, { target: 'materials' }] },
    },
    materials: {
      entry: {
        type: 'say',
        params: ({ context }) => listTold(context),
      },
      always: [
        { guard: 'moreMaterials', actions: 'beginList', target: 'askingMore' },
        { actions: 'endList', target: 'mistakes' },
      ],
    },
    askingMore: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({
          phrase: 'guide.goOn',
          for: 'yesno',
          offer: 'more',
          values: { left: left(context) },
        }),
      },
      on: {
        YES: { actions: 'further', target: 'materials' },
        NO: 'enough',
        GAVE: [
          { guard: 'otherMatter', actions: ['note', 'forgetGuide'], target: 'deciding' },
          { guard: 'element', actions: 'note', target: 'deciding' },
          { actions: 'further', target: 'materials' },
        ],
      },
    },
    mistakes: {
      entry: [
        { type: 'say', params: words('materialsNote') },
        { type: 'say', params: ({ context }) => commonestMistake(context) },
      ],
      always: [
        { guard: 'aside', target: 'finished' },
        { guard: 'noList', target: 'listening' },
        { guard: 'tickedBefore', target: 'tickedSoFar' },
        { target: 'listeningForTicks' },
      ],
    },
    /** The list was told before and some of it is at hand: only what is missing is named. */
    tickedSoFar: {
      entry: { type: 'say', params: ({ context }) => tickedTold(context) },
      always: 'listening',
    },
    listeningForTicks: {
      entry: { type: 'ask', params: { phrase: 'guide.afterMaterials', for: 'nothing' } },
      on: {
        GAVE: [
          { guard: 'otherMatter', actions: ['note', 'forgetGuide'], target: 'deciding' },
          { actions: 'note', target: 'deciding' },
        ],
        YES: { actions: 'beginTicking', target: 'decidingTicks' },
        NO: 'enough',
      },
    },
    decidingTicks: {
      entry: 'beginTicking',
      always: [{ guard: 'allTicked', target: 'ticksTold' }, { target: 'ticking' }],
    },
    ticking: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({
          phrase: 'guide.tick',
          for: 'checklist',
          values: { material: context.open?.[0] },
        }),
      },
      on: {
        YES: { actions: 'tick', target: 'keepingTicks' },
        NO: { actions: 'leaveOpen', target: 'keepingTicks' },
        GAVE: [
          { guard: 'lacksAnother', actions: ['leaveOpen', 'note'], target: 'deciding' },
          { guard: 'lacksIt', actions: 'leaveOpen', target: 'keepingTicks' },
          { guard: 'namesElementNow', actions: 'note', target: 'deciding' },
        ],
      },
    },
    keepingTicks: {
      entry: { type: 'run', params: { effect: 'tick' } },
      on: {
        TICKED: [{ guard: 'moreToTick', target: 'ticking' }, { target: 'ticksTold' }],
      },
    },
    /** She tells of several things at once, or of one by itself: that is kept, and what she has not told of is asked. */
    tickingOff: {
      entry: ['tickOff', { type: 'run', params: { effect: 'tick' } }],
      on: {
        TICKED: [
          { guard: 'inList', target: 'tickedOff' },
          { guard: 'moreToTick', target: 'tickedOff' },
          { actions: 'forgetElement', target: 'ticksTold' },
        ],
      },
    },
    tickedOff: {
      entry: { type: 'say', params: ({ context }) => tickedOffTold(context) },
      always: [
        { guard: and(['inList', 'goesOn']), actions: ['forgetElement', 'further'], target: 'materials' },
        { guard: 'inList', actions: 'forgetElement', target: 'askingMore' },
        { actions: 'forgetElement', target: 'ticking' },
      ],
    },
    ticksTold: {
      entry: { type: 'say', params: ({ context }) => tickedTold(context) },
      always: [{ guard: and(['hasPartner', 'allTicked']), target: 'partner' }, { target: 'told' }],
    },
    /** Another matter is done along with it, in one go. */
    partner: {
      entry: {
        type: 'say',
        params: ({ context }) => ({ phrase: 'guide.partner', values: { matter: context.guide?.partner } }),
      },
      always: 'told',
    },
  },
}).states;

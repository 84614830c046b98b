/** What is told once it stands, and another at home who has something waiting too. */
import { and } from 'xstate';
import type { Tell } from './errand.ts';
import type { PickupContext } from './pickup.facts.ts';
import { collecting } from './pickup.setup.ts';
import { besidesTold, bookedTold, togetherTold } from './pickup.told.ts';
import { besides, forPartner, partner } from './pickup.whose.ts';

const sayBooked = {
  type: 'say' as const,
  params: ({ context }: { context: PickupContext }) => bookedTold(context),
};
const sayTogether = {
  type: 'say' as const,
  params: ({ context }: { context: PickupContext }) => togetherTold(context),
};
/** The end: it stands, and what became of the other. */
const bookedThen = (tell: (context: PickupContext) => Tell) => ({
  type: 'final' as const,
  entry: [sayBooked, { type: 'say' as const, params: ({ context }: { context: PickupContext }) => tell(context) }],
});

/** Enter at `decidingBooked`. */
export const booked = collecting.createStateConfig({
  states: {
    decidingBooked: {
      always: [
        { guard: 'besides', target: 'bookingBesides' },
        { guard: 'byProxy', target: 'booked' },
        { guard: and(['along', 'changes']), target: 'movingAlong' },
        { guard: 'along', target: 'tellingFirst' },
        { guard: 'byLocker', target: 'booked' },
        { guard: 'otherHasNone', target: 'bookedAlone' },
        { guard: 'othersReady', target: 'bookedFirst' },
        { target: 'booked' },
      ],
    },
    /** All of hers on one trip. */
    bookingBesides: {
      entry: { type: 'run', params: { effect: 'besides' } },
      on: { TOGETHER: { actions: 'keepTogether', target: 'besidesBooked' }, NOT_TOGETHER: 'notBesides' },
    },
    besidesBooked: bookedThen((context) => besidesTold(context, besides(context), 'pickup.bookedBesides')),
    notBesides: bookedThen((context) => ({ phrase: 'pickup.notBesides', values: { document: besides(context) } })),
    /** Another at home has something waiting too: one way for both. */
    bookedFirst: {
      entry: [
        sayBooked,
        {
          type: 'ask',
          params: ({ context }) => ({
            phrase: 'pickup.together',
            for: 'yesno',
            offer: 'pickup',
            values: { called: context.others[0]?.called, document: context.others[0]?.matter },
          }),
        },
      ],
      on: { YES: 'bookingTogether', NO: 'alone', GAVE: 'alone' },
    },
    /** Both were wished from the start. */
    tellingFirst: { entry: sayBooked, always: 'bookingTogether' },
    bookedAlone: bookedThen(({ otherAtHome }) => ({ phrase: 'pickup.otherHasNone', values: { called: otherAtHome } })),
    movingAlong: {
      entry: { type: 'run', params: { effect: 'moveAlong' } },
      on: { TOGETHER: { actions: 'keepTogether', target: 'movedAlong' }, NOT_TOGETHER: 'notMovedAlong' },
    },
    movedAlong: bookedThen((context) => besidesTold(context, partner(context)?.called, 'pickup.changedBoth')),
    notMovedAlong: bookedThen((context) => ({
      phrase: 'pickup.notMovedAlong',
      values: { called: partner(context)?.called },
    })),
    bookingTogether: {
      entry: { type: 'run', params: { effect: 'together' } },
      on: {
        TOGETHER: [
          { guard: 'inHisStead', actions: 'keepTogether', target: 'togetherInHisStead' },
          { actions: 'keepTogether', target: 'togetherBooked' },
        ],
        NOT_TOGETHER: 'notTogether',
      },
    },
    togetherBooked: { type: 'final', entry: sayTogether },
    /** 「他不去，我一个人拿俩」: she is written down for his, after one question. */
    togetherInHisStead: {
      type: 'final',
      entry: [
        sayTogether,
        {
          type: 'open',
          params: ({ context }) => ({
            errand: 'pickup',
            intent: 'pickup.book',
            slots: { item: context.others[0]?.matter ?? '', ...forPartner(context) },
          }),
        },
      ],
    },
    notTogether: { type: 'final', entry: { type: 'say', params: { phrase: 'pickup.notTogether' } } },
    alone: { type: 'final', entry: { type: 'say', params: { phrase: 'pickup.alone' } } },
    booked: { type: 'final', entry: sayBooked },
  },
}).states;

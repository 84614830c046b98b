/** One element of a matter, or of her own station, in reviewed words: two sentences, then what is left is offered. */
import { and, not } from 'xstate';
import type { Tell } from './errand.ts';
import { inBreaths, nextBreath } from './guide.breath.ts';
import { elementTold, replacedAs, unwrittenTold } from './guide.elements.ts';
import { type GuideContext, reasonTold, words } from './guide.facts.ts';
import { materialTold } from './guide.material.ts';
import { explaining } from './guide.setup.ts';
import { stationHours, stationNow } from './guide.station.ts';
import { applyFor, leading, personFor } from './leads.ts';

type Of = (args: { context: GuideContext }) => Tell;
/** Says the first of it and keeps the rest. */
const inBreath = (tell: Of) => [
  { type: 'keepRest' as const, params: (args: { context: GuideContext }) => tell(args) },
  { type: 'say' as const, params: (args: { context: GuideContext }) => inBreaths(tell(args)).tell },
];
const eligibility: Of = ({ context }) => context.eligibility ?? words('conditions')({ context });

/** To an offer: another matter, or more of this one. */
const ASKS_ON = [
  { guard: 'otherMatter', actions: ['note', 'forgetGuide'], target: 'deciding' },
  { guard: 'element', actions: 'note', target: 'deciding' },
] as const;

/** Each leaves for `told`. */
export const told = explaining.createStateConfig({
  states: {
    element: { entry: inBreath(({ context }) => elementTold(context)), always: 'told' },
    /** Of one thing on the list. */
    material: {
      entry: { type: 'say', params: ({ context }) => materialTold(context) },
      always: [
        { guard: 'aside', target: 'finished' },
        { guard: 'inTicks', actions: 'forgetElement', target: 'ticking' },
        { guard: 'inList', actions: 'forgetElement', target: 'askingMore' },
        { actions: 'forgetElement', target: 'listening' },
      ],
    },
    gist: {
      entry: ['dropRest', { type: 'say', params: (args) => inBreaths(words('gist')(args)).tell }],
      always: [{ guard: 'aside', target: 'finished' }, { target: 'offeringElements' }],
    },
    where: { entry: inBreath(words('where')), always: 'told' },
    /** What is lost or worn, of a card that nobody applies for here. */
    replacedElsewhere: {
      entry: [
        {
          type: 'say',
          params: ({ context }) => ({ phrase: 'guide.replaceElsewhere', values: { ...context.guide?.words.where } }),
        },
        'forgetElement',
      ],
      always: 'told',
    },
    when: { entry: inBreath(words('when')), always: 'told' },
    stationWhere: { entry: { type: 'say', params: words('stationWhere') }, always: 'told' },
    stationWhen: {
      entry: { type: 'say', params: ({ context }) => stationHours(context) },
      always: [{ guard: 'saysNow', target: 'stationNow' }, { target: 'told' }],
    },
    stationNow: {
      entry: { type: 'say', params: ({ context }) => stationNow(context) ?? stationHours(context) },
      always: 'told',
    },
    fee: { entry: inBreath(words('fee')), always: 'told' },
    who: { entry: { type: 'say', params: words('who') }, always: 'told' },
    checking: {
      entry: { type: 'run', params: { effect: 'check' } },
      on: {
        CHECKED: [
          { guard: and(['wantsReminder', 'willBeReminded']), actions: 'keepCheck', target: 'reminding' },
          { guard: and(['wantsReminder', 'dayUnknown']), target: 'askingWindow' },
          { guard: 'asksReason', actions: 'keepCheck', target: 'reason' },
          { actions: 'keepCheck', target: 'eligibility' },
        ],
      },
    },
    /** Why she may or may not: the one thing that decides it for her. */
    reason: {
      entry: ['forgetElement', ...inBreath(({ context }) => reasonTold(context))],
      always: 'told',
    },
    /** Whether she may; what she gets, where that is written down for her age. */
    eligibility: {
      entry: inBreath(eligibility),
      always: [{ guard: and(['hasHerAmount', not('isNotHers')]), target: 'herAmount' }, { target: 'told' }],
    },
    /** The day is near or far: what is prepared for it finds her. */
    reminding: {
      entry: ['forgetElement', { type: 'say', params: { phrase: 'guide.reminds' } }],
      always: 'told',
    },
    herAmount: { entry: { type: 'say', params: words('herAmount') }, always: 'told' },
    told: {
      always: [
        { guard: and(['opensToo', 'saysNow']), actions: 'forgetAlso', target: 'stationNow' },
        { guard: 'opensToo', actions: 'forgetAlso', target: 'stationWhen' },
        { guard: 'aside', target: 'finished' },
        { guard: 'hasRest', target: 'offeringRest' },
        { guard: 'inList', actions: 'forgetElement', target: 'askingMore' },
        { guard: not('knowsMatter'), target: 'finished' },
        { guard: 'stillOffered', actions: 'forgetElement', target: 'offeringStill' },
        { target: 'listening' },
      ],
    },
    offeringRest: {
      entry: { type: 'ask', params: { phrase: 'guide.restMore', for: 'yesno', offer: 'more' } },
      on: {
        YES: 'tellingRest',
        NO: { actions: 'dropRest', target: 'listening' },
        GAVE: [
          { guard: 'otherMatter', actions: ['note', 'forgetGuide', 'dropRest'], target: 'deciding' },
          { actions: ['note', 'dropRest'], target: 'deciding' },
        ],
      },
    },
    tellingRest: {
      entry: [
        {
          type: 'say',
          params: ({ context }) => ({ phrase: 'guide.rest', values: { text: nextBreath(context.rest ?? []).text } }),
        },
        'goOnWithRest',
      ],
      always: 'told',
    },
    /** It is not written down: somebody who knows rings her. */
    askingWindow: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({ phrase: unwrittenTold(context), for: 'yesno', offer: 'callback' }),
      },
      on: {
        YES: 'toPerson',
        NO: { actions: 'forgetElement', target: 'listening' },
        GAVE: ASKS_ON,
      },
    },
    toPerson: leading((context: GuideContext) => personFor(context.guide?.matter, 'guide')),
    offeringReplacement: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({
          phrase: `guide.replace_${replacedAs(context)}`,
          for: 'yesno',
          offer: 'apply',
          values: { matter: context.guide?.matter },
        }),
      },
      on: {
        YES: 'toApply',
        NO: { actions: ['forgetElement', 'forgetOffer'], target: 'listening' },
        GAVE: [
          { guard: 'otherMatter', actions: ['note', 'forgetGuide'], target: 'deciding' },
          { guard: 'element', actions: ['keepOffer', 'note'], target: 'deciding' },
        ],
      },
    },
    /** It is applied for at home, with us. */
    offeringHere: {
      entry: { type: 'ask', params: { phrase: 'guide.applyHere', for: 'yesno', offer: 'apply' } },
      on: {
        YES: 'toApplyHere',
        NO: { actions: 'forgetElement', target: 'listening' },
        GAVE: ASKS_ON,
      },
    },
    toApplyHere: leading((context: GuideContext) => applyFor(context.guide?.matter, {})),
    /** What she asked is answered: the card waits to be made anew. */
    offeringStill: {
      entry: {
        type: 'ask',
        params: { phrase: 'guide.replaceStill', for: 'yesno', offer: 'apply' },
      },
      on: {
        YES: 'toApply',
        NO: { actions: 'forgetOffer', target: 'listening' },
        GAVE: ASKS_ON,
      },
    },
    toApply: leading((context: GuideContext) => applyFor(context.guide?.matter, { kind: replacedAs(context) })),
  },
}).states;

/** 办事指南: one matter, one element at a time, in reviewed words. Materials come two at a time. */
import { and, assign, not, setup } from 'xstate';
import type { Values } from '../../speech/speech.ts';
import {
  type Ask,
  type ErrandDefinition,
  type Open,
  type Remembered,
  type Run,
  returned,
  type Said,
  type Start,
  type Tell,
} from './errand.ts';

export interface GuideForHer {
  matter: string;
  /** What the phrase of each element needs, by the element's phrase: `gist`, `where`, … */
  words: Record<string, Values>;
  materials: string[];
}

export interface GuideContext extends Remembered {
  guide?: GuideForHer;
  /** Whether she may, worked out for her. */
  eligibility?: Tell;
  /** Index of the next material to be told. */
  told: number;
}

export type GuideEvent =
  | Said
  | { type: 'FOUND'; guide: GuideForHer }
  | { type: 'UNKNOWN' }
  | { type: 'TOLD' }
  | { type: 'CHECKED'; eligibility?: Tell };

const PER_BREATH = 2;
const breath = (context: GuideContext) => context.guide?.materials.slice(context.told, context.told + PER_BREATH) ?? [];
const left = (context: GuideContext) => Math.max(0, (context.guide?.materials.length ?? 0) - context.told - PER_BREATH);
const words =
  (element: string) =>
  ({ context }: { context: GuideContext }) => ({
    phrase: `guide.${element}`,
    values: { matter: context.guide?.matter, ...context.guide?.words[element] },
  });

/** The elements she may ask for next, read out as choices. */
const NEXT_ELEMENTS = [
  { phrase: 'guide.optionMaterials', intent: 'guide.materials' },
  { phrase: 'guide.optionWhere', intent: 'guide.where' },
  { phrase: 'guide.optionWhen', intent: 'guide.when' },
] as const;

const ABOUT_STATION = new Set<string>(['guide.where', 'guide.when', 'guide.who']);

function stationHours(context: GuideContext): Tell {
  const values = context.guide?.words.stationWhen;
  return { phrase: values?.opens ? 'guide.stationWhen' : 'guide.stationClosed', values };
}

const wants =
  (intent: string) =>
  ({ context }: { context: GuideContext }) =>
    context.intent === intent;

export const machine = setup({
  types: { context: {} as GuideContext, events: {} as GuideEvent, input: {} as Start },
  actions: {
    ask: (_, _params: Ask) => returned(),
    say: (_, _params: Tell) => returned(),
    run: (_, _params: Run) => returned(),
    open: (_, _params: Open) => returned(),
    note: assign(({ context, event }) =>
      event.type === 'GAVE'
        ? {
            slots: { ...context.slots, ...event.slots },
            intent: event.intent.startsWith('guide.') ? event.intent : context.intent,
          }
        : {},
    ),
    /** The matter alone: what she wanted to know of it stands. */
    noteMatter: assign(({ context, event }) =>
      event.type === 'GAVE'
        ? {
            slots: { ...context.slots, ...event.slots },
            intent: event.intent === 'guide.lookup' ? context.intent : event.intent,
          }
        : {},
    ),
    forgetGuide: assign({ guide: undefined, told: 0 }),
    keep: assign(({ event }) => (event.type === 'FOUND' ? { guide: event.guide, told: 0 } : {})),
    keepCheck: assign(({ event }) => (event.type === 'CHECKED' ? { eligibility: event.eligibility } : {})),
    chooseElement: assign(({ event }) =>
      event.type === 'CHOSE' ? { intent: NEXT_ELEMENTS[event.n - 1]?.intent ?? ('guide.lookup' as const) } : {},
    ),
    further: assign(({ context }) => ({ told: context.told + PER_BREATH })),
    fromTheStart: assign({ told: 0 }),
  },
  guards: {
    knowsMatter: ({ context }) => Boolean(context.slots.item),
    hasGuide: ({ context }) => context.guide !== undefined,
    otherMatter: ({ context, event }) =>
      event.type === 'GAVE' && event.slots.item !== undefined && event.slots.item !== context.guide?.matter,
    element: ({ context, event }) =>
      event.type === 'GAVE' && event.intent.startsWith('guide.') && context.guide !== undefined,
    /** No list is known: what is known instead is told. */
    noList: ({ context }) => context.guide?.materials.length === 0,
    moreMaterials: ({ context }) => left(context) > 0,
    aside: ({ context }) => context.aside,
    choseElement: ({ event }) => event.type === 'CHOSE' && NEXT_ELEMENTS[event.n - 1] !== undefined,
    materials: wants('guide.materials'),
    where: wants('guide.where'),
    when: wants('guide.when'),
    fee: wants('guide.fee'),
    eligibility: wants('guide.eligibility'),
    who: wants('guide.who'),
    /** Where, when and who can be told of her own station, without a matter. */
    aboutStation: ({ context }) => ABOUT_STATION.has(context.intent),
  },
}).createMachine({
  id: 'guide',
  context: ({ input }) => ({ ...input, told: 0 }),
  initial: 'deciding',
  states: {
    deciding: {
      always: [
        { guard: and(['aboutStation', not('hasGuide')]), target: 'fetching' },
        { guard: and(['aboutStation', 'where', not('knowsMatter')]), target: 'stationWhere' },
        { guard: and(['aboutStation', 'when', not('knowsMatter')]), target: 'stationWhen' },
        { guard: 'who', target: 'who' },
        { guard: not('knowsMatter'), target: 'askingMatter' },
        { guard: not('hasGuide'), target: 'fetching' },
        { guard: 'materials', actions: 'fromTheStart', target: 'recording' },
        { guard: 'where', target: 'where' },
        { guard: 'when', target: 'when' },
        { guard: 'fee', target: 'fee' },
        { guard: 'eligibility', target: 'checking' },
        { target: 'gist' },
      ],
    },
    askingMatter: {
      entry: { type: 'ask', params: { phrase: 'guide.whichMatter', for: 'item' } },
      // What was told of the station is no guide to the matter that she names now.
      on: { GAVE: { actions: ['noteMatter', 'forgetGuide'], target: 'deciding' }, NO: 'enough' },
    },
    fetching: {
      entry: { type: 'run', params: { effect: 'fetch' } },
      on: { FOUND: { actions: 'keep', target: 'deciding' }, UNKNOWN: 'unknown' },
    },
    recording: {
      entry: { type: 'run', params: { effect: 'told' } },
      on: { TOLD: [{ guard: 'noList', target: 'mistakes' }, { target: 'materials' }] },
    },
    materials: {
      entry: {
        type: 'say',
        params: ({ context }) => ({
          phrase: context.told === 0 ? 'guide.materials' : 'guide.materialsMore',
          values: { matter: context.guide?.matter, count: context.guide?.materials.length, list: breath(context) },
        }),
      },
      always: [{ guard: 'moreMaterials', target: 'askingMore' }, { target: 'mistakes' }],
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
        { type: 'say', params: words('mistakes') },
      ],
      always: 'told',
    },
    gist: {
      entry: { type: 'say', params: words('gist') },
      always: [{ guard: 'aside', target: 'finished' }, { target: 'offeringElements' }],
    },
    where: { entry: { type: 'say', params: words('where') }, always: 'told' },
    when: { entry: { type: 'say', params: words('when') }, always: 'told' },
    stationWhere: { entry: { type: 'say', params: words('stationWhere') }, always: 'told' },
    stationWhen: { entry: { type: 'say', params: ({ context }) => stationHours(context) }, always: 'told' },
    fee: { entry: { type: 'say', params: words('fee') }, always: 'told' },
    who: { entry: { type: 'say', params: words('who') }, always: 'told' },
    checking: {
      entry: { type: 'run', params: { effect: 'check' } },
      on: { CHECKED: { actions: 'keepCheck', target: 'eligibility' } },
    },
    eligibility: {
      entry: [
        { type: 'say', params: ({ context }) => context.eligibility ?? words('conditions')({ context }) },
        { type: 'say', params: words('amount') },
      ],
      always: 'told',
    },
    told: { always: [{ guard: 'aside', target: 'finished' }, { target: 'listening' }] },
    offeringElements: {
      entry: {
        type: 'ask',
        params: {
          phrase: 'guide.whichElement',
          for: 'choice',
          options: NEXT_ELEMENTS.map(({ phrase }) => ({ phrase })),
        },
      },
      on: {
        CHOSE: { guard: 'choseElement', actions: 'chooseElement', target: 'deciding' },
        GAVE: [
          { guard: 'otherMatter', actions: ['note', 'forgetGuide'], target: 'deciding' },
          { actions: 'note', target: 'deciding' },
        ],
        NO: 'enough',
        YES: { actions: assign({ intent: 'guide.materials' as const }), target: 'deciding' },
      },
    },
    listening: {
      entry: { type: 'ask', params: { phrase: 'guide.anythingMore', for: 'nothing' } },
      on: {
        GAVE: [
          { guard: 'otherMatter', actions: ['note', 'forgetGuide'], target: 'deciding' },
          { actions: 'note', target: 'deciding' },
        ],
        YES: 'offeringElements',
        NO: 'enough',
      },
    },
    unknown: { type: 'final', entry: { type: 'say', params: { phrase: 'guide.unknown' } } },
    enough: { type: 'final', entry: { type: 'say', params: { phrase: 'guide.enough' } } },
    finished: { type: 'final' },
  },
});

export const guide: ErrandDefinition = { machine, version: 1 };

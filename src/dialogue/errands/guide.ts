/** 办事指南: one matter, one element at a time, in reviewed words. Materials come two at a time. */
import { and, assign, not, setup } from 'xstate';
import { type Ask, type ErrandDefinition, type Open, type Run, returned, type Start, type Tell } from './errand.ts';
import {
  asksHours,
  breath,
  elementTold,
  further,
  type GuideContext,
  type GuideEvent,
  isAboutStation,
  left,
  NEXT_ELEMENTS,
  namesElement,
  namesService,
  noted,
  stationHours,
  stationKey,
  stationNow,
  ticked,
  unticked,
  wantsChecklist,
  words,
} from './guide.facts.ts';

export type { GuideContext, GuideForHer } from './guide.facts.ts';

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
    note: assign(({ context, event }) => noted(context, event)),
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
    keep: assign(({ context, event }) =>
      event.type === 'FOUND' ? { guide: event.guide, told: 0, fetchedFor: stationKey(context) } : {},
    ),
    keepCheck: assign(({ event }) => (event.type === 'CHECKED' ? { eligibility: event.eligibility } : {})),
    chooseElement: assign(({ event }) =>
      event.type === 'CHOSE' ? { intent: NEXT_ELEMENTS[event.n - 1]?.intent ?? ('guide.lookup' as const) } : {},
    ),
    further: assign(({ context }) => further(context)),
    beginTicking: assign(({ context }) => ({ open: unticked(context) })),
    tick: assign(({ context }) => ticked(context, true)),
    leaveOpen: assign(({ context }) => ticked(context, false)),
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
    aboutStation: ({ context }) => isAboutStation(context),
    otherDay: ({ context }) => context.fetchedFor !== stationKey(context),
    namesElement: ({ context }) => namesElement(context),
    asksHours: ({ context }) => asksHours(context),
    namesService: ({ context }) => namesService(context),
    wantsChecklist: ({ context }) => wantsChecklist(context),
    tickedBefore: ({ context }) => (context.guide?.ticked?.length ?? 0) > 0,
    allTicked: ({ context }) => unticked(context).length === 0,
    moreToTick: ({ context }) => (context.open?.length ?? 0) > 0,
    hasPartner: ({ context }) => context.guide?.partner !== undefined,
    saysNow: ({ context }) => stationNow(context) !== undefined,
    namesElementNow: ({ event }) => event.type === 'GAVE' && Boolean(event.slots.element || event.slots.item),
  },
}).createMachine({
  id: 'guide',
  context: ({ input }) => ({ ...input, told: 0, open: [] }),
  initial: 'deciding',
  states: {
    deciding: {
      always: [
        { guard: and(['aboutStation', not('hasGuide')]), target: 'fetching' },
        { guard: and(['aboutStation', 'otherDay']), target: 'fetching' },
        { guard: 'asksHours', target: 'stationWhen' },
        { guard: 'namesService', target: 'element' },
        { guard: and(['aboutStation', 'where', not('knowsMatter')]), target: 'stationWhere' },
        { guard: and(['aboutStation', 'when', not('knowsMatter')]), target: 'stationWhen' },
        { guard: 'who', target: 'who' },
        { guard: not('knowsMatter'), target: 'askingMatter' },
        { guard: not('hasGuide'), target: 'fetching' },
        { guard: 'wantsChecklist', target: 'decidingTicks' },
        { guard: 'namesElement', target: 'element' },
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
        GAVE: { guard: 'namesElementNow', actions: 'note', target: 'deciding' },
      },
    },
    keepingTicks: {
      entry: { type: 'run', params: { effect: 'tick' } },
      on: {
        TICKED: [{ guard: 'moreToTick', target: 'ticking' }, { target: 'ticksTold' }],
      },
    },
    ticksTold: {
      entry: { type: 'say', params: ({ context }) => tickedTold(context) },
      always: 'told',
    },
    element: { entry: { type: 'say', params: ({ context }) => elementTold(context) }, always: 'told' },
    gist: {
      entry: { type: 'say', params: words('gist') },
      always: [
        { guard: 'hasPartner', target: 'partner' },
        { guard: 'aside', target: 'finished' },
        { target: 'offeringElements' },
      ],
    },
    /** Done along with another matter, in one go. */
    partner: {
      entry: {
        type: 'say',
        params: ({ context }) => ({ phrase: 'guide.partner', values: { matter: context.guide?.partner } }),
      },
      always: [{ guard: 'aside', target: 'finished' }, { target: 'offeringElements' }],
    },
    where: { entry: { type: 'say', params: words('where') }, always: 'told' },
    when: { entry: { type: 'say', params: words('when') }, always: 'told' },
    stationWhere: { entry: { type: 'say', params: words('stationWhere') }, always: 'told' },
    stationWhen: {
      entry: { type: 'say', params: ({ context }) => stationHours(context) },
      always: [{ guard: 'saysNow', target: 'stationNow' }, { target: 'told' }],
    },
    stationNow: {
      entry: { type: 'say', params: ({ context }) => stationNow(context) ?? stationHours(context) },
      always: 'told',
    },
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

/** What of the list is at hand, and what is not. */
function tickedTold(context: GuideContext): Tell {
  const missing = unticked(context);
  return missing.length === 0
    ? { phrase: 'guide.allTicked' }
    : { phrase: 'guide.stillMissing', values: { list: missing } };
}

export const guide: ErrandDefinition = { machine, version: 2 };

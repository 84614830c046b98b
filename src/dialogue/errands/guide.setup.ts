/** What the errand of explaining can do, and what it decides by. */
import { assign, setup } from 'xstate';
import { acts, type Start, type Tell } from './errand.ts';
import { inBreaths, nextBreath } from './guide.breath.ts';
import {
  chosenElement,
  isReplacedElsewhere,
  isUnwritten,
  NEXT_ELEMENTS,
  namesElement,
  replacedAs,
  wantsItHere,
  wantsReplacement,
} from './guide.elements.ts';
import { further, type GuideContext, type GuideEvent, inList, left, noted } from './guide.facts.ts';
import { asksOfMaterial } from './guide.material.ts';
import { asksHours, isAboutStation, namesService, stationKey, stationNow } from './guide.station.ts';
import { tellsOfList, ticked, tickedOff, unticked, wantsChecklist } from './guide.ticks.ts';

const OPEN = 'guide.eligible_unknown';

const wants =
  (intent: string) =>
  ({ context }: { context: GuideContext }) =>
    context.intent === intent;

/** Named actions and guards; the states stand beside, by what they are about. */
export const explaining = setup({
  types: { context: {} as GuideContext, events: {} as GuideEvent, input: {} as Start },
  actions: {
    ...acts,
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
    forgetGuide: assign({ guide: undefined, told: 0, reading: undefined, offered: undefined }),
    keepOffer: assign(({ context }) => ({ offered: replacedAs(context) })),
    forgetOffer: assign({ offered: undefined }),
    keep: assign(({ context, event }) =>
      event.type === 'FOUND' ? { guide: event.guide, told: 0, fetchedFor: stationKey(context) } : {},
    ),
    keepCheck: assign(({ event }) => (event.type === 'CHECKED' ? { eligibility: event.eligibility } : {})),
    chooseElement: assign(({ context, event }) => (event.type === 'CHOSE' ? chosenElement(context, event.n) : {})),
    keepRest: assign((_, tell: Tell) => ({ rest: inBreaths(tell).rest })),
    dropRest: assign({ rest: undefined }),
    goOnWithRest: assign(({ context }) => ({ rest: nextBreath(context.rest ?? []).rest })),
    /** It holds for the one question that named it. */
    forgetElement: assign(({ context }) => {
      const { element: _, material: __, has: ___, lacks: ____, more: _____, ...slots } = context.slots;
      return { slots };
    }),
    forgetAlso: assign(({ context }) => {
      const { also: _, ...slots } = context.slots;
      return { slots };
    }),
    further: assign(({ context }) => further(context)),
    beginTicking: assign(({ context }) => ({ open: unticked(context), reading: undefined })),
    tick: assign(({ context }) => ticked(context, true)),
    leaveOpen: assign(({ context, event }) =>
      ticked(context, false, event.type === 'GAVE' ? event.slots.material : undefined),
    ),
    tickOff: assign(({ context }) => tickedOff(context)),
    beginList: assign({ reading: true as const }),
    endList: assign({ reading: undefined }),
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
    /** In the midst of the list: whatever she asks beside it, it goes on. */
    inList: ({ context }) => inList(context),
    asksMissing: ({ context }) => context.slots.element === 'missing',
    /** Put behind what she has told of it: 「接着说吧，身份证我有」. */
    goesOn: ({ context }) => context.slots.more === 'yes',
    /** When it falls due nobody wrote down. */
    dayUnknown: ({ event }) => event.type === 'CHECKED' && (event.eligibility?.phrase ?? OPEN) === OPEN,
    tellsOfList: ({ context }) => tellsOfList(context),
    wantsRestOfList: ({ context }) => context.slots.element === 'restOfList' && inList(context),
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
    hasRest: ({ context }) => (context.rest?.length ?? 0) > 0,
    /** She would like to be told when the day has come. */
    wantsReminder: ({ context }) => context.slots.element === 'remind',
    /** In the breath in which she asked where it is. */
    opensToo: ({ context }) => context.slots.also === 'hours',
    asksReason: ({ context }) => context.slots.element === 'reason',
    /** What one gets is told to nobody who may not have it. */
    isNotHers: ({ context }) => context.eligibility?.phrase === 'guide.eligible_no',
    willBeReminded: ({ event }) => event.type === 'CHECKED' && event.reminded === true,
    isUnwritten: ({ context }) => isUnwritten(context),
    stillOffered: ({ context }) => context.offered !== undefined,
    wantsItHere: ({ context }) => wantsItHere(context),
    wantsReplacement: ({ context }) => wantsReplacement(context),
    isReplacedElsewhere: ({ context }) => isReplacedElsewhere(context),
    asksOfMaterial: ({ context }) => asksOfMaterial(context),
    /** She asked in the midst of the list, or of going through it: that goes on. */
    inTicks: ({ context }) => (context.open?.length ?? 0) > 0,
    /** Not the one that she is asked about. */
    lacksAnother: ({ context, event }) =>
      event.type === 'GAVE' &&
      event.slots.element === 'lacks' &&
      event.slots.material !== undefined &&
      event.slots.material !== context.open?.[0],
    lacksIt: ({ event }) => event.type === 'GAVE' && event.slots.element === 'lacks',
    hasHerAmount: ({ context }) => context.guide?.words.herAmount !== undefined,
    tickedBefore: ({ context }) => (context.guide?.ticked?.length ?? 0) > 0,
    allTicked: ({ context }) => unticked(context).length === 0,
    moreToTick: ({ context }) => (context.open?.length ?? 0) > 0,
    hasPartner: ({ context }) => context.guide?.partner !== undefined,
    saysNow: ({ context }) => stationNow(context) !== undefined,
    namesElementNow: ({ event }) => event.type === 'GAVE' && Boolean(event.slots.element || event.slots.item),
  },
});

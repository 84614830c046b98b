/** What the errand of applying can do and what it decides by. */
import { assign, setup } from 'xstate';
import {
  ANSWERS,
  type ApplyContext,
  type ApplyEvent,
  caseFor,
  draftFor,
  given,
  givesAnswer,
  goingOn,
  isOtherMatter,
  itemNamed,
  knowsPhone,
  lastAnswered,
  materialsFor,
  matterOf,
  missesDraft,
  noted,
  reopened,
  saysAgain,
  withdrawable,
  without,
} from './apply.facts.ts';
import { acts, chosen, isFullNumber, isLongNumber, type Start } from './errand.ts';

/** Named actions and guards; the states stand beside, by what they are about. */
export const applying = setup({
  types: { context: {} as ApplyContext, events: {} as ApplyEvent, input: {} as Start },
  actions: {
    ...acts,
    keepLooked: assign(({ event }) => {
      if (event.type !== 'LOOKED') return {};
      const { type: _, ...looked } = event;
      return looked;
    }),
    keepVerdict: assign(({ event }) => (event.type === 'CHECKED' ? { verdict: event.verdict } : {})),
    keepStanding: assign(({ event }) => (event.type === 'STANDS' ? { standing: event.standing } : {})),
    keepNumber: assign(({ event }) => (event.type === 'SUBMITTED' ? { tail: event.tail, partner: event.partner } : {})),
    note: assign(({ context, event }) => noted(context, event)),
    chooseMatter: assign(({ context, event }) => ({
      slots: { ...context.slots, item: (event.type === 'CHOSE' && chosen(context.matters, event.n)) || '' },
    })),
    chooseWithdrawn: assign(({ context, event }) => ({
      slots: { ...context.slots, item: (event.type === 'CHOSE' && chosen(withdrawable(context), event.n)) || '' },
    })),
    onlyWithdrawn: assign(({ context }) => ({ slots: { ...context.slots, item: withdrawable(context)[0] ?? '' } })),
    onlyDraft: assign(({ context }) => ({ slots: { ...context.slots, item: context.drafts[0]?.matter ?? '' } })),
    onlyStanding: assign(({ context }) => ({ slots: { ...context.slots, item: goingOn(context)[0]?.matter ?? '' } })),
    forgetDraft: assign(({ context }) => ({ slots: without(context.slots, ['draft']) })),
    takeDraft: assign(({ context }) => ({
      draftSettled: true,
      slots: { ...draftFor(context)?.answers, ...context.slots },
    })),
    leaveDraft: assign({ draftSettled: true }),
    chooseMaterials: assign(({ context, event }) => ({
      slots: {
        ...context.slots,
        materials: (event.type === 'CHOSE' && chosen([...materialsFor(context)], event.n)) || 'pickup',
      },
    })),
    bring: assign(({ context }) => ({ slots: { ...context.slots, materials: 'pickup' } })),
    phoneOnFile: assign(({ context }) => ({ slots: { ...context.slots, phone: 'file' } })),
    phoneAgreed: assign(({ context }) => ({
      slots: { ...context.slots, phone: context.heardPhone ?? '' },
      heardPhone: undefined,
    })),
    phoneWrong: assign(({ context }) => ({
      heardPhone: undefined,
      phoneTail: undefined,
      refusedTail: context.phoneTail ?? context.refusedTail,
    })),
    phoneAfterAll: assign(({ context }) => ({
      phoneTail: context.refusedTail,
      slots: { ...context.slots, phone: 'file' },
    })),
    promise: assign(({ context }) => ({ slots: { ...context.slots, promise: 'yes' } })),
    noPromise: assign(({ context }) => ({ slots: { ...context.slots, promise: 'no' } })),
    firstRight: assign(({ context }) => ({ right: { ...context.right, first: true } })),
    secondRight: assign(({ context }) => ({ right: { ...context.right, second: true } })),
    reopen: assign(({ context, event }) => reopened(context, itemNamed(event))),
    reopenLast: assign(({ context }) => reopened(context, Math.max(1, lastAnswered(context)))),
    reopenChosenFirst: assign(({ context, event }) => reopened(context, [2, -1].includes(itemNamed(event)) ? 2 : 1)),
    reopenChosenSecond: assign(({ context, event }) =>
      reopened(context, [2, 4, -1].includes(itemNamed(event)) ? 4 : 3),
    ),
    withdrawInstead: assign(({ context }) => ({ intent: 'apply.withdraw' as const, slots: context.slots })),
  },
  guards: {
    wantsWithdraw: ({ context }) => context.intent === 'apply.withdraw',
    turnsToWithdraw: ({ context, event }) =>
      event.type === 'GAVE' && event.intent === 'apply.withdraw' && context.intent !== 'apply.withdraw',
    withdrawsStill: ({ event }) => event.type === 'GAVE' && event.intent === 'apply.withdraw',
    /** Somebody else's paper needs her own word: a person hears it. */
    forAnother: ({ context }) => Boolean(context.slots.name),
    knowsMatter: ({ context }) => Boolean(context.slots.item),
    byVoice: ({ context }) => context.matters.includes(matterOf(context)),
    /** It is no draft any more that she asks for: she has handed it in. */
    handedInAlready: ({ context }) => missesDraft(context) && !context.slots.item && goingOn(context).length === 1,
    missesDraft: ({ context }) => missesDraft(context),
    oneDraft: ({ context }) => context.drafts.length === 1,
    hasDraft: ({ context }) => !context.draftSettled && draftFor(context) !== undefined,
    waitsForHer: ({ context }) => caseFor(context)?.delivery === 'ready' && context.slots.kind === undefined,
    stands: ({ context }) => caseFor(context) !== undefined && caseFor(context)?.delivery !== 'ready',
    knowsKind: ({ context }) => Boolean(context.slots.kind),
    checked: ({ context }) => context.verdict?.matter === matterOf(context),
    heardPhone: ({ context }) => context.heardPhone !== undefined,
    knowsPhone: ({ context }) => knowsPhone(context),
    refusedPhone: ({ context }) => context.refusedTail !== undefined,
    phoneOnRecord: ({ context }) => context.phoneTail !== undefined,
    knowsMaterials: ({ context }) => Boolean(context.slots.materials),
    promiseSettled: ({ context }) => Boolean(context.slots.promise),
    firstIsRight: ({ context }) => context.right.first,
    secondIsRight: ({ context }) => context.right.second,
    hasPartner: ({ event }) => event.type === 'SUBMITTED' && event.partner !== undefined,
    collectedAtHome: ({ context }) => context.slots.materials === 'home',
    may: ({ event }) => event.type === 'CHECKED' && event.verdict.answer === 'yes',
    notYet: ({ event }) => event.type === 'CHECKED' && event.verdict.answer === 'not_yet',
    choseMatter: ({ context, event }) => event.type === 'CHOSE' && chosen(context.matters, event.n) !== undefined,
    callEnded: ({ event }) => event.type === 'WITHDRAWN' && event.callEnded === true,
    choseWithdrawn: ({ context, event }) =>
      event.type === 'CHOSE' && chosen(withdrawable(context), event.n) !== undefined,
    choseMaterials: ({ context, event }) =>
      event.type === 'CHOSE' && chosen([...materialsFor(context)], event.n) !== undefined,
    choseOne: ({ event }) => event.type === 'CHOSE' && event.n === 1,
    choseTwo: ({ event }) => event.type === 'CHOSE' && (event.n === 2 || event.n === -1),
    namesItem: ({ event }) => ANSWERS[itemNamed(event) - 1] !== undefined,
    gaveAnswer: ({ event }) => {
      if (event.type === 'GAVE' && event.intent === 'apply.withdraw') return false;
      return givesAnswer(event);
    },
    isOtherMatter: ({ context, event }) => isOtherMatter(context, event),
    namesItemOnly: ({ event }) => !givesAnswer(event) && ANSWERS[itemNamed(event) - 1] !== undefined,
    asksMeaning: ({ event }) => given(event).explain === 'promise',
    longPhone: ({ event }) => isLongNumber(given(event).phone),
    badPhone: ({ event }) => Boolean(given(event).phone) && !isFullNumber(given(event).phone),
    saysApply: ({ context, event }) => saysAgain(context, event),
    nothingToWithdraw: ({ context }) => withdrawable(context).length === 0,
    oneToWithdraw: ({ context }) => withdrawable(context).length === 1,
    namedToWithdraw: ({ context }) => withdrawable(context).includes(matterOf(context)),
  },
});

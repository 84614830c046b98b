/** 在家申请: a matter that can be applied for at the speaker, from the first question to the number of its case; and taking it back. */
import { and, assign, not, setup } from 'xstate';
import type { Values } from '../../speech/speech.ts';
import {
  type Ask,
  chosen,
  type ErrandDefinition,
  type Open,
  type Remembered,
  type Run,
  returned,
  type Said,
  type Start,
  type Tell,
} from './errand.ts';
import { type IdentityEvent, identifying } from './identify.ts';
import type { CaseForHer } from './progress.ts';

/** What she began another day: the answers by the slot that they fill. */
export interface DraftForHer {
  matter: string;
  answers: Record<string, string>;
}

export interface Verdict {
  matter: string;
  answer: 'yes' | 'not_yet' | 'no' | 'unknown';
  /** With `not_yet`: the first day, and the age that is wanted. */
  from?: string;
  age?: number;
  documents: string[];
}

export interface ApplyContext extends Remembered {
  /** Official names of the matters that can be applied for here. */
  matters: string[];
  drafts: DraftForHer[];
  /** Cases that are still going on, or whose document waits. */
  standing: CaseForHer[];
  /** Matters she has had before: her photo and documents are there. */
  onFile: string[];
  phoneTail?: string;
  verdict?: Verdict;
  /** A number she has said and not yet agreed to. */
  heardPhone?: string;
  /** Whether to go on with a draft has been asked. */
  draftSettled: boolean;
  /** The groups of the read-back that she has agreed to. */
  right: { first: boolean; second: boolean };
  tail?: string;
  /** Another matter that she may apply for in the same breath (一件事一次办). */
  partner?: string;
}

export type ApplyEvent =
  | Said
  | IdentityEvent
  | {
      type: 'LOOKED';
      matters: string[];
      drafts: DraftForHer[];
      standing: CaseForHer[];
      onFile: string[];
      phoneTail?: string;
    }
  | { type: 'CHECKED'; verdict: Verdict }
  | { type: 'KEPT' }
  | { type: 'STANDS'; standing: CaseForHer[] }
  | { type: 'SUBMITTED'; tail: string; partner?: string }
  | { type: 'WITHDRAWN' }
  | { type: 'TOO_LATE' };

/** In the order in which they are asked and read back. */
const ANSWERS = ['kind', 'phone', 'materials', 'promise'] as const;
const MATERIALS = ['pickup', 'home', 'file'] as const;
const FULL_NUMBER = /^(1\d{10}|0\d{9,11}|\d{8})$/;
const NEITHER = { first: false, second: false };

const matterOf = ({ slots }: ApplyContext) => slots.item ?? '';
const caseFor = (context: ApplyContext) => context.standing.find((one) => one.matter === matterOf(context));
const draftFor = (context: ApplyContext) => context.drafts.find((one) => one.matter === matterOf(context));
/** What could be taken back: handed in or begun. */
const withdrawable = ({ standing, drafts }: ApplyContext): string[] => [
  ...new Set([
    ...standing.filter((one) => one.delivery !== 'ready').map((one) => one.matter),
    ...drafts.map((one) => one.matter),
  ]),
];
const materialsFor = (context: ApplyContext) =>
  MATERIALS.filter((one) => one !== 'file' || context.onFile.includes(matterOf(context)));
const knowsPhone = ({ slots, phoneTail }: ApplyContext) =>
  slots.phone === 'file' ? phoneTail !== undefined : FULL_NUMBER.test(slots.phone ?? '');

const given = (event: ApplyEvent) => (event.type === 'GAVE' ? event.slots : {});
/** 「第二项不对」 by number, as a choice or inside a correction. */
function itemNamed(event: ApplyEvent): number {
  if (event.type === 'CHOSE') return event.n;
  return event.type === 'GAVE' ? Number(event.slots.ordinal ?? 0) : 0;
}
function givesAnswer(event: ApplyEvent): boolean {
  const { item, kind, phone } = given(event);
  return Boolean(item || kind || (phone && FULL_NUMBER.test(phone)));
}
/** She says the wish itself once more instead of a yes. */
function saysAgain({ slots }: ApplyContext, event: ApplyEvent): boolean {
  const { item = slots.item, kind, phone, name } = given(event);
  return event.type === 'GAVE' && event.intent === 'apply.start' && item === slots.item && !kind && !phone && !name;
}

function noted({ slots, heardPhone, right }: ApplyContext, event: ApplyEvent): Partial<ApplyContext> {
  const { item, kind, name, phone } = given(event);
  // 「打我闺女的」 names whose number it is, not whose paper.
  const other = phone ? undefined : name;
  const said = Object.fromEntries(
    Object.entries({ item, kind, name: other }).filter(([, value]) => value),
  ) as typeof slots;
  const fresh = phone && FULL_NUMBER.test(phone) ? phone : undefined;
  const changed = fresh !== undefined || Object.keys(said).length > 0;
  const kept = fresh ? without(slots, ['phone']) : slots;
  return {
    slots: { ...kept, ...said },
    heardPhone: fresh ?? heardPhone,
    right: changed ? { ...right, first: false } : right,
  };
}

const without = (slots: Record<string, string>, names: readonly string[]) =>
  Object.fromEntries(Object.entries(slots).filter(([name]) => !names.includes(name)));

/** One answer is asked anew; all others stay. */
function reopened({ slots, right }: ApplyContext, n: number): Partial<ApplyContext> {
  const name = ANSWERS[n - 1] as string;
  return {
    slots: without(slots, [name]),
    heardPhone: undefined,
    right: n <= 2 ? { ...right, first: false } : { ...right, second: false },
  };
}
const lastAnswered = ({ slots }: ApplyContext) => ANSWERS.findLastIndex((name) => slots[name] !== undefined) + 1;

const about = (context: ApplyContext): Values => ({
  matter: matterOf(context),
  kind: context.slots.kind,
  materials: context.slots.materials,
  documents: context.verdict?.documents,
  from: context.verdict?.from,
  age: context.verdict?.age,
  tail: context.tail ?? caseFor(context)?.tail,
});
const phoneValues = ({ slots, phoneTail, heardPhone }: ApplyContext): Values => ({
  tail: slots.phone && slots.phone !== 'file' ? slots.phone.slice(-4) : phoneTail,
  phone: heardPhone,
});
const ask =
  (phrase: string, rest: Omit<Ask, 'phrase'>) =>
  ({ context }: { context: ApplyContext }): Ask => ({
    phrase: `apply.${phrase}`,
    values: { ...phoneValues(context), ...about(context), ...phoneOnly(phrase, context) },
    ...rest,
  });
const say =
  (phrase: string) =>
  ({ context }: { context: ApplyContext }): Tell => ({ phrase: `apply.${phrase}`, values: about(context) });

/** `tail` is a telephone's in these, the case's in all others. */
const OF_PHONE = new Set(['confirmPhone', 'readBackFirst']);
const phoneOnly = (phrase: string, context: ApplyContext): Values => (OF_PHONE.has(phrase) ? phoneValues(context) : {});

/** Where the standing case is, in the words of the errand that tells of cases. */
function standingTold(context: ApplyContext): Tell {
  const one = caseFor(context);
  if (!one) return { phrase: 'apply.again' };
  return {
    phrase: `progress.${one.overdueDays > 0 ? 'overdue' : one.status}`,
    values: {
      matter: one.matter,
      tail: one.tail,
      promised: one.promisedRoughly ? undefined : one.promisedOn,
      roughly: one.promisedRoughly ? one.promisedOn : undefined,
      days: one.overdueDays,
      missing: one.missing,
      reason: one.reason,
      remedy: one.remedy,
      handler: one.handler,
    },
  };
}

const materialOptions = (context: ApplyContext): Tell[] =>
  materialsFor(context).map((one) => ({ phrase: `apply.materials_${one}` }));

export const machine = setup({
  types: { context: {} as ApplyContext, events: {} as ApplyEvent, input: {} as Start },
  actions: {
    ask: (_, _params: Ask) => returned(),
    say: (_, _params: Tell) => returned(),
    run: (_, _params: Run) => returned(),
    open: (_, _params: Open) => returned(),
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
    phoneWrong: assign({ heardPhone: undefined, phoneTail: undefined }),
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
    oneDraft: ({ context }) => context.drafts.length === 1,
    hasDraft: ({ context }) => !context.draftSettled && draftFor(context) !== undefined,
    waitsForHer: ({ context }) => caseFor(context)?.delivery === 'ready' && context.slots.kind === undefined,
    stands: ({ context }) => caseFor(context) !== undefined && caseFor(context)?.delivery !== 'ready',
    knowsKind: ({ context }) => Boolean(context.slots.kind),
    checked: ({ context }) => context.verdict?.matter === matterOf(context),
    heardPhone: ({ context }) => context.heardPhone !== undefined,
    knowsPhone: ({ context }) => knowsPhone(context),
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
    namesItemOnly: ({ event }) => !givesAnswer(event) && ANSWERS[itemNamed(event) - 1] !== undefined,
    badPhone: ({ event }) => Boolean(given(event).phone) && !FULL_NUMBER.test(given(event).phone ?? ''),
    saysApply: ({ context, event }) => saysAgain(context, event),
    nothingToWithdraw: ({ context }) => withdrawable(context).length === 0,
    oneToWithdraw: ({ context }) => withdrawable(context).length === 1,
    namedToWithdraw: ({ context }) => withdrawable(context).includes(matterOf(context)),
  },
}).createMachine({
  id: 'apply',
  context: ({ input }) => ({
    ...input,
    slots: input.slots.phone === 'file' ? input.slots : without(input.slots, ['phone']),
    heardPhone: FULL_NUMBER.test(input.slots.phone ?? '') ? input.slots.phone : undefined,
    matters: [],
    drafts: [],
    standing: [],
    onFile: [],
    draftSettled: false,
    right: NEITHER,
  }),
  initial: 'looking',
  on: {
    GAVE: [
      { guard: 'turnsToWithdraw', actions: 'withdrawInstead', target: '.looking' },
      { guard: 'gaveAnswer', actions: 'note', target: '.deciding' },
    ],
    BACK: { actions: 'reopenLast', target: '.deciding' },
  },
  states: {
    looking: {
      entry: { type: 'run', params: { effect: 'look' } },
      on: { LOOKED: { actions: 'keepLooked', target: 'deciding' } },
    },
    deciding: {
      always: [
        { guard: 'wantsWithdraw', target: 'decidingWithdraw' },
        { guard: 'forAnother', target: 'handingOverAnother' },
        { guard: and([not('knowsMatter'), 'oneDraft']), actions: 'onlyDraft', target: 'offeringDraft' },
        { guard: not('knowsMatter'), target: 'askingMatter' },
        { guard: not('byVoice'), target: 'notHere' },
        { guard: 'waitsForHer', target: 'offeringPickup' },
        { guard: 'stands', target: 'again' },
        { guard: 'hasDraft', target: 'offeringDraft' },
        { guard: not('knowsKind'), target: 'askingKind' },
        { guard: not('checked'), target: 'checking' },
        { target: 'keeping' },
      ],
    },
    decidingAnswers: {
      always: [
        { guard: and([not('knowsPhone'), 'heardPhone']), target: 'readingPhoneBack' },
        { guard: and([not('knowsPhone'), 'phoneOnRecord']), target: 'confirmingPhone' },
        { guard: not('knowsPhone'), target: 'askingPhone' },
        { guard: not('knowsMaterials'), target: 'askingMaterials' },
        { guard: not('promiseSettled'), target: 'askingPromise' },
        { guard: not('firstIsRight'), target: 'readingFirst' },
        { guard: not('secondIsRight'), target: 'readingSecond' },
        { target: 'confirming' },
      ],
    },
    askingMatter: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({
          phrase: 'apply.whichMatter',
          for: 'choice',
          options: context.matters.map((matter) => ({ phrase: 'apply.matter', values: { matter } })),
        }),
      },
      on: { CHOSE: { guard: 'choseMatter', actions: 'chooseMatter', target: 'deciding' }, NO: 'leftAlone' },
    },
    offeringDraft: {
      entry: { type: 'ask', params: ask('resumeDraft', { for: 'yesno', offer: 'resume' }) },
      on: {
        YES: { actions: 'takeDraft', target: 'deciding' },
        NO: { actions: 'leaveDraft', target: 'deciding' },
        GAVE: { guard: 'saysApply', actions: 'takeDraft', target: 'deciding' },
      },
    },
    askingKind: {
      entry: { type: 'ask', params: ask('whichKind', { for: 'kind' }) },
      on: { NO: 'leftAlone' },
    },
    checking: {
      entry: { type: 'run', params: { effect: 'check' } },
      on: {
        CHECKED: [
          { guard: 'may', actions: 'keepVerdict', target: 'keeping' },
          { guard: 'notYet', actions: 'keepVerdict', target: 'notYet' },
          { actions: 'keepVerdict', target: 'handingOverHukou' },
        ],
      },
    },
    keeping: {
      entry: { type: 'run', params: { effect: 'keep' } },
      on: { KEPT: 'decidingAnswers', STANDS: { actions: 'keepStanding', target: 'again' } },
    },
    confirmingPhone: {
      entry: { type: 'ask', params: ask('confirmPhone', { for: 'yesno', offer: 'phone' }) },
      on: {
        YES: { actions: 'phoneOnFile', target: 'keeping' },
        NO: { actions: 'phoneWrong', target: 'askingOtherPhone' },
      },
    },
    askingPhone: {
      entry: { type: 'ask', params: ask('whichPhone', { for: 'phone' }) },
      on: { GAVE: { guard: 'badPhone', target: 'askingPhoneAgain' }, NO: 'leftAlone' },
    },
    askingOtherPhone: {
      entry: { type: 'ask', params: ask('otherPhone', { for: 'phone' }) },
      on: { GAVE: { guard: 'badPhone', target: 'askingPhoneAgain' }, NO: 'leftAlone' },
    },
    askingPhoneAgain: {
      entry: { type: 'ask', params: { phrase: 'agent.oddPhone', for: 'phone' } },
      on: { GAVE: { guard: 'badPhone', target: 'askingPhoneAgain', reenter: true }, NO: 'leftAlone' },
    },
    readingPhoneBack: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({ phrase: 'agent.readPhoneBack', for: 'yesno', values: phoneValues(context) }),
      },
      on: {
        YES: { actions: 'phoneAgreed', target: 'keeping' },
        NO: { actions: 'phoneWrong', target: 'askingOtherPhone' },
      },
    },
    askingMaterials: {
      entry: {
        type: 'ask',
        params: (args) => ({ ...ask('howMaterials', { for: 'choice' })(args), options: materialOptions(args.context) }),
      },
      on: {
        CHOSE: { guard: 'choseMaterials', actions: 'chooseMaterials', target: 'keeping' },
        NO: { actions: 'bring', target: 'keeping' },
      },
    },
    askingPromise: {
      entry: { type: 'ask', params: ask('promise', { for: 'yesno', offer: 'promise' }) },
      on: { YES: { actions: 'promise', target: 'keeping' }, NO: { actions: 'noPromise', target: 'keeping' } },
    },
    readingFirst: {
      entry: { type: 'ask', params: ask('readBackFirst', { for: 'yesno', offer: 'right' }) },
      on: {
        YES: { actions: 'firstRight', target: 'decidingAnswers' },
        NO: 'askingWhichFirst',
        CHOSE: { guard: 'namesItem', actions: 'reopen', target: 'deciding' },
        GAVE: { guard: 'namesItemOnly', actions: 'reopen', target: 'deciding' },
      },
    },
    readingSecond: {
      entry: {
        type: 'ask',
        params: (args) =>
          ask(args.context.slots.promise === 'yes' ? 'readBackPromise' : 'readBackNoPromise', {
            for: 'yesno',
            offer: 'right',
          })(args),
      },
      on: {
        YES: { actions: 'secondRight', target: 'decidingAnswers' },
        NO: 'askingWhichSecond',
        CHOSE: { guard: 'namesItem', actions: 'reopen', target: 'deciding' },
        GAVE: { guard: 'namesItemOnly', actions: 'reopen', target: 'deciding' },
      },
    },
    askingWhichFirst: {
      entry: {
        type: 'ask',
        params: {
          phrase: 'apply.whichOfFirst',
          for: 'choice',
          options: [{ phrase: 'apply.item_kind' }, { phrase: 'apply.item_phone' }],
        },
      },
      on: { CHOSE: { actions: 'reopenChosenFirst', target: 'deciding' }, NO: 'readingFirst', YES: 'readingFirst' },
    },
    askingWhichSecond: {
      entry: {
        type: 'ask',
        params: {
          phrase: 'apply.whichOfSecond',
          for: 'choice',
          options: [{ phrase: 'apply.item_materials' }, { phrase: 'apply.item_promise' }],
        },
      },
      on: { CHOSE: { actions: 'reopenChosenSecond', target: 'deciding' }, NO: 'readingSecond', YES: 'readingSecond' },
    },
    confirming: {
      entry: { type: 'ask', params: ask('handIn', { for: 'yesno', offer: 'apply' }) },
      on: {
        YES: 'assuring',
        NO: 'keptForLater',
        CHOSE: { guard: 'namesItem', actions: 'reopen', target: 'deciding' },
        GAVE: { guard: 'namesItemOnly', actions: 'reopen', target: 'deciding' },
      },
    },
    ...identifying('known', 'notNow'),
    /** Only with her agreed digits is anything handed in or taken back. */
    known: { always: [{ guard: 'wantsWithdraw', target: 'withdrawing' }, { target: 'submitting' }] },
    notNow: { always: [{ guard: 'wantsWithdraw', target: 'kept' }, { target: 'keptForLater' }] },
    submitting: {
      entry: { type: 'run', params: { effect: 'submit' } },
      on: {
        SUBMITTED: [
          { guard: 'collectedAtHome', actions: 'keepNumber', target: 'submittedForVisit' },
          { guard: 'hasPartner', actions: 'keepNumber', target: 'offeringPartner' },
          { actions: 'keepNumber', target: 'submitted' },
        ],
        STANDS: { actions: 'keepStanding', target: 'again' },
      },
    },

    /** 一件事一次办: what she has just answered is not asked again for the other. */
    offeringPartner: {
      entry: [
        { type: 'say', params: say('submitted') },
        {
          type: 'ask',
          params: ({ context }) => ({
            phrase: 'apply.partner',
            for: 'yesno',
            offer: 'apply',
            values: { matter: context.partner },
          }),
        },
      ],
      on: { YES: 'toPartner', NO: 'justThisOne' },
    },
    toPartner: {
      type: 'final',
      entry: {
        type: 'open',
        params: ({ context: { partner = '', slots } }) => ({
          errand: 'apply',
          intent: 'apply.start',
          slots: { ...without(slots, ['item', 'name']), item: partner, kind: 'first' },
        }),
      },
    },
    justThisOne: { type: 'final', entry: { type: 'say', params: { phrase: 'apply.justThisOne' } } },

    notHere: {
      entry: {
        type: 'ask',
        params: (args) => ({
          ...ask('notHere', { for: 'choice' })(args),
          options: [{ phrase: 'apply.optionGuide' }, { phrase: 'apply.optionPerson' }],
        }),
      },
      on: {
        CHOSE: [
          { guard: 'choseOne', target: 'toGuide' },
          { guard: 'choseTwo', target: 'toPerson' },
        ],
        YES: 'toGuide',
        NO: 'leftAlone',
      },
    },
    handingOverHukou: {
      entry: { type: 'ask', params: ask('hukou', { for: 'yesno', offer: 'callback' }) },
      on: { YES: 'toPersonForHukou', NO: 'leftAlone' },
    },
    handingOverAnother: {
      entry: { type: 'ask', params: ask('forAnother', { for: 'yesno', offer: 'callback' }) },
      on: { YES: 'toPerson', NO: 'leftAlone' },
    },
    offeringPickup: {
      entry: { type: 'ask', params: ask('waitsForHer', { for: 'yesno', offer: 'pickup' }) },
      on: { YES: 'toPickup', NO: 'leftAlone' },
    },

    decidingWithdraw: {
      always: [
        { guard: 'nothingToWithdraw', target: 'nothingToWithdraw' },
        { guard: and(['knowsMatter', 'namedToWithdraw']), target: 'confirmingWithdraw' },
        { guard: 'knowsMatter', target: 'nothingToWithdraw' },
        { guard: 'oneToWithdraw', actions: 'onlyWithdrawn', target: 'confirmingWithdraw' },
        { target: 'askingWhichWithdraw' },
      ],
    },
    askingWhichWithdraw: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({
          phrase: 'apply.whichWithdraw',
          for: 'choice',
          options: withdrawable(context).map((matter) => ({ phrase: 'apply.matter', values: { matter } })),
        }),
      },
      on: { CHOSE: { guard: 'choseWithdrawn', actions: 'chooseWithdrawn', target: 'deciding' }, NO: 'kept' },
    },
    confirmingWithdraw: {
      entry: { type: 'ask', params: ask('reallyWithdraw', { for: 'yesno', offer: 'cancel' }) },
      on: { YES: 'assuring', NO: 'kept', GAVE: { guard: 'withdrawsStill', target: 'assuring' } },
    },
    withdrawing: {
      entry: { type: 'run', params: { effect: 'withdraw' } },
      on: { WITHDRAWN: 'withdrawn', TOO_LATE: 'tooLate' },
    },
    tooLate: {
      entry: { type: 'ask', params: ask('tooLate', { for: 'yesno', offer: 'callback' }) },
      on: { YES: 'toPerson', NO: 'kept' },
    },

    toGuide: {
      type: 'final',
      entry: {
        type: 'open',
        params: ({ context }) => ({
          errand: 'guide',
          intent: 'guide.lookup',
          slots: { item: matterOf(context) },
        }),
      },
    },
    toPerson: { type: 'final', entry: { type: 'open', params: ({ context }) => personFor(context, 'apply') } },
    toPersonForHukou: { type: 'final', entry: { type: 'open', params: ({ context }) => personFor(context, 'hukou') } },
    toPickup: {
      type: 'final',
      entry: {
        type: 'open',
        params: ({ context }) => ({
          errand: 'pickup',
          intent: 'pickup.book',
          slots: { item: matterOf(context), direction: 'collect' },
        }),
      },
    },
    submittedForVisit: {
      type: 'final',
      entry: [
        { type: 'say', params: say('submitted') },
        {
          type: 'open',
          params: ({ context }) => ({
            errand: 'visit',
            intent: 'visit.request',
            slots: { item: matterOf(context), forPapers: 'yes' },
          }),
        },
      ],
    },
    submitted: { type: 'final', entry: { type: 'say', params: say('submitted') } },
    again: {
      type: 'final',
      entry: [
        { type: 'say', params: { phrase: 'apply.again' } },
        { type: 'say', params: ({ context }) => standingTold(context) },
      ],
    },
    notYet: { type: 'final', entry: { type: 'say', params: say('notYet') } },
    keptForLater: { type: 'final', entry: { type: 'say', params: say('keptForLater') } },
    nothingToWithdraw: { type: 'final', entry: { type: 'say', params: say('nothingToWithdraw') } },
    withdrawn: { type: 'final', entry: { type: 'say', params: say('withdrawn') } },
    kept: { type: 'final', entry: { type: 'say', params: say('kept') } },
    leftAlone: { type: 'final', entry: { type: 'say', params: say('leftAlone') } },
  },
});

function personFor(context: ApplyContext, reason: string): Open {
  return { errand: 'agent', intent: 'callback.request', slots: { item: matterOf(context), reason } };
}

export const apply: ErrandDefinition = { machine, version: 2 };

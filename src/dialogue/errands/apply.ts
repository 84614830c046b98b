/** 在家申请: a matter that can be applied for at the speaker, from the first question to the number of its case; and taking it back. */
import { and, not } from 'xstate';
import { NEITHER, say, without } from './apply.facts.ts';
import { leads } from './apply.leads.ts';
import { questions } from './apply.questions.ts';
import { readBack } from './apply.readback.ts';
import { applying } from './apply.setup.ts';
import { withdrawing } from './apply.withdraw.ts';
import { type ErrandDefinition, isFullNumber } from './errand.ts';
import { identifying } from './identify.ts';

const machine = applying.createMachine({
  id: 'apply',
  context: ({ input }) => ({
    ...input,
    slots: input.slots.phone === 'file' ? input.slots : without(input.slots, ['phone']),
    heardPhone: isFullNumber(input.slots.phone) ? input.slots.phone : undefined,
    matters: [],
    drafts: [],
    standing: [],
    onFile: [],
    draftSettled: input.slots.draft === 'anew',
    right: NEITHER,
  }),
  initial: 'looking',
  on: {
    GAVE: [
      { guard: 'turnsToWithdraw', actions: 'withdrawInstead', target: '.looking' },
      {
        guard: and(['gaveAnswer', 'isOtherMatter']),
        actions: ['note', { type: 'say', params: say('matterNow') }],
        target: '.deciding',
      },
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
        { guard: 'handedInAlready', actions: 'onlyStanding', target: 'again' },
        { guard: 'missesDraft', target: 'noDraft' },
        { guard: and([not('knowsMatter'), 'oneDraft']), actions: 'onlyDraft', target: 'offeringDraft' },
        { guard: not('knowsMatter'), target: 'askingMatter' },
        { guard: not('byVoice'), target: 'notHere' },
        { guard: 'waitsForHer', target: 'offeringPickup' },
        { guard: 'stands', target: 'again' },
        { guard: 'hasDraft', target: 'offeringDraft' },
        { guard: not('checked'), target: 'checking' },
        { guard: not('knowsKind'), target: 'askingKind' },
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
    checking: {
      entry: { type: 'run', params: { effect: 'check' } },
      on: {
        CHECKED: [
          { guard: 'may', actions: 'keepVerdict', target: 'deciding' },
          { guard: 'notYet', actions: 'keepVerdict', target: 'notYet' },
          { actions: 'keepVerdict', target: 'handingOverHukou' },
        ],
      },
    },
    keeping: {
      entry: { type: 'run', params: { effect: 'keep' } },
      on: { KEPT: 'decidingAnswers', STANDS: { actions: 'keepStanding', target: 'again' } },
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
    ...questions,
    ...readBack,
    ...withdrawing,
    ...leads,
  },
});

export const apply: ErrandDefinition = { machine, version: 2 };

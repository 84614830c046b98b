/** Policies that concern her: the list, one at a time, why her, the detail when she asks; sensitive ones only after 「旁边方便吗」. */
import { and, not } from 'xstate';
import type { ErrandDefinition } from './errand.ts';
import { applyFor, guideFor, leading, personFor } from './leads.ts';
import { current, type PolicyContext, partAsked, values, whatNext } from './policy.facts.ts';
import { telling } from './policy.setup.ts';

const machine = telling.createMachine({
  id: 'policy',
  context: ({ input }) => ({ ...input, policies: [], at: 0, privacyGiven: false, heard: 'partly' }),
  initial: 'looking',
  states: {
    looking: {
      entry: { type: 'run', params: { effect: 'look' } },
      on: { LOOKED: { actions: 'keep', target: 'counting' } },
    },
    counting: {
      always: [
        { guard: and(['none', 'asksWhatThereIs', 'mayApply']), target: 'openToHer' },
        { guard: and(['none', 'asksWhatThereIs']), target: 'noneOfHers' },
        { guard: and(['none', 'namesMatter']), target: 'leadToNamed' },
        { guard: 'none', target: 'none' },
        { guard: and(['asksPart', not('sensitive')]), actions: 'keepHeard', target: 'turning' },
        { guard: 'several', target: 'announcing' },
        { target: 'deciding' },
      ],
    },
    announcing: {
      entry: {
        type: 'say',
        params: ({ context }) => ({ phrase: 'policy.count', values: { count: context.policies.length } }),
      },
      always: 'deciding',
    },
    deciding: { always: [{ guard: 'sensitive', target: 'askingPrivacy' }, { target: 'telling' }] },
    askingPrivacy: {
      entry: { type: 'ask', params: { phrase: 'policy.private', for: 'yesno', offer: 'privacy' } },
      on: {
        YES: { actions: 'privacyGiven', target: 'telling' },
        NO: 'later',
        GAVE: 'later',
      },
    },
    telling: {
      entry: [
        'answered',
        'fromTheStart',
        { type: 'say', params: ({ context }) => ({ phrase: 'policy.one', values: values(context) }) },
        { type: 'say', params: ({ context }) => current(context)?.reason ?? { phrase: 'policy.forEveryone' } },
      ],
      always: 'asking',
    },
    tellingDetail: {
      entry: [
        'heardAll',
        'answered',
        { type: 'say', params: ({ context }) => ({ phrase: 'policy.detail', values: values(context) }) },
      ],
      always: 'goingOn',
    },
    tellingPart: {
      entry: [
        { type: 'say', params: ({ context }) => ({ phrase: 'policy.part', values: { part: context.slots.part } }) },
        'answered',
      ],
      always: 'goingOn',
    },
    sayingWasAll: { entry: ['answered', { type: 'say', params: { phrase: 'policy.wasAll' } }], always: 'goingOn' },
    tellingSource: {
      entry: [
        'answered',
        { type: 'say', params: ({ context }) => ({ phrase: 'policy.source', values: values(context) }) },
      ],
      always: 'goingOn',
    },
    goingOn: {
      always: [{ guard: and(['detailTold', 'nothingElse']), target: 'markingLast' }, { target: 'asking' }],
    },
    asking: {
      entry: { type: 'ask', params: ({ context }) => whatNext(context) },
      on: {
        CHOSE: [
          { guard: 'pickedMore', target: 'tellingDetail' },
          { guard: 'pickedDo', target: 'leadingOn' },
          { guard: 'pickedNext', target: 'marking' },
          { target: 'markingLast' },
        ],
        YES: [
          { guard: 'pickedMore', target: 'tellingDetail' },
          { guard: 'pickedDo', target: 'leadingOn' },
          { target: 'marking' },
        ],
        NO: [{ guard: 'hasNext', target: 'marking' }, { target: 'markingLast' }],
        GAVE: [
          { guard: 'gavePart', actions: 'note', target: 'turning' },
          { guard: not('detailTold'), target: 'tellingDetail' },
        ],
      },
    },
    /** What she asks of the one being told. */
    turning: {
      always: [
        { guard: 'wantsWhy', target: 'explaining' },
        { guard: 'asksWhatThereIs', actions: 'toTheFirst', target: 'looking' },
        { guard: 'wantsPart', target: 'tellingPart' },
        { guard: 'wantsAll', target: 'sayingWasAll' },
        { guard: 'wantsSource', target: 'tellingSource' },
        { guard: 'wantsItAsked', target: 'toPerson' },
        { guard: 'unwritten', target: 'notWritten' },
        { guard: 'wantsNoMore', target: 'refusing' },
        { guard: and(['wantsBefore', not('isFirst')]), actions: 'previous', target: 'deciding' },
        { guard: 'wantsBefore', target: 'deciding' },
        { guard: 'hasEnough', target: 'markingLast' },
        { guard: and(['wantsNext', 'hasNext']), target: 'marking' },
        { guard: 'wantsNext', target: 'markingLast' },
        { guard: and(['wantsToKnowIfSheMay', 'hasMatter']), target: 'checking' },
        { guard: 'wantsToKnowIfSheMay', target: 'forHerKind' },
        { guard: and(['wantsHow', 'hasMatter']), target: 'leadingOn' },
        { guard: and(['wantsDiscount', 'hasMatter']), target: 'leadingToGuide' },
        { guard: not('detailTold'), target: 'tellingDetail' },
        { guard: 'hasMatter', target: 'leadingToGuide' },
        { target: 'notWritten' },
      ],
    },
    explaining: {
      entry: [
        'answered',
        { type: 'say', params: ({ context }) => current(context)?.reason ?? { phrase: 'policy.forEveryone' } },
      ],
      always: 'goingOn',
    },
    checking: {
      entry: { type: 'run', params: { effect: 'check' } },
      on: { CHECKED: { actions: 'keepCheck', target: 'checked' } },
    },
    checked: {
      entry: [
        'answered',
        { type: 'say', params: ({ context }) => context.eligibility ?? { phrase: 'policy.forHerKind' } },
      ],
      always: 'goingOn',
    },
    forHerKind: {
      entry: ['answered', { type: 'say', params: { phrase: 'policy.forHerKind' } }],
      always: 'goingOn',
    },
    /** It is not told to her again. */
    refusing: {
      entry: ['answered', 'declined', { type: 'run', params: { effect: 'mark' } }],
      on: { MARKED: 'refused' },
    },
    refused: {
      entry: { type: 'say', params: { phrase: 'policy.noMore' } },
      always: [{ guard: 'hasNext', actions: 'next', target: 'deciding' }, { target: 'stopped' }],
    },
    /** The text has no more: somebody who knows rings her. */
    notWritten: {
      entry: ['answered', { type: 'ask', params: { phrase: 'policy.notWritten', for: 'yesno', offer: 'callback' } }],
      on: {
        YES: 'toPerson',
        NO: 'declinedPerson',
        GAVE: [{ guard: 'gavePart', actions: 'note', target: 'turning' }, { target: 'goingOn' }],
      },
    },
    declinedPerson: {
      entry: { type: 'say', params: { phrase: 'policy.later' } },
      always: [{ guard: 'nothingElse', target: 'stopped' }, { target: 'asking' }],
    },
    leadingToGuide: {
      entry: { type: 'run', params: { effect: 'mark' } },
      on: { MARKED: 'lead' },
    },
    marking: {
      entry: { type: 'run', params: { effect: 'mark' } },
      on: { MARKED: { actions: 'next', target: 'deciding' } },
    },
    markingLast: {
      entry: { type: 'run', params: { effect: 'mark' } },
      on: { MARKED: 'done' },
    },
    leadingOn: {
      entry: { type: 'run', params: { effect: 'mark' } },
      on: {
        MARKED: [{ guard: 'applies', target: 'toApply' }, { target: 'lead' }],
      },
    },
    /** Nothing new of what she has heard of: how it is done is told. */
    leadToNamed: leading((context: PolicyContext) => guideFor(context.slots.item)),
    lead: leading((context: PolicyContext) => guideFor(current(context)?.matter, partAsked(context))),
    toApply: leading((context: PolicyContext) => applyFor(current(context)?.matter)),
    toPerson: leading((context: PolicyContext) => personFor(current(context)?.matter, 'policy')),
    later: {
      entry: ['declined', { type: 'say', params: { phrase: 'policy.later' } }],
      always: [{ guard: 'hasNext', actions: 'next', target: 'deciding' }, { target: 'stopped' }],
    },
    stopped: { type: 'final' },
    openToHer: {
      type: 'final',
      entry: { type: 'say', params: ({ context }) => ({ phrase: 'policy.openToHer', values: { ...context.open } }) },
    },
    noneOfHers: { type: 'final', entry: { type: 'say', params: { phrase: 'policy.noneOfHers' } } },
    none: { type: 'final', entry: { type: 'say', params: { phrase: 'policy.none' } } },
    done: { type: 'final', entry: { type: 'say', params: { phrase: 'policy.done' } } },
  },
});

export const policy: ErrandDefinition = { machine, version: 5 };

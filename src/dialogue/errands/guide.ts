/** 办事指南: one matter, one element at a time, in reviewed words. Materials come two at a time. */
import { and, assign, not } from 'xstate';
import type { ErrandDefinition } from './errand.ts';
import { NEXT_ELEMENTS } from './guide.elements.ts';
import { list } from './guide.list.ts';
import { explaining } from './guide.setup.ts';
import { told } from './guide.told.ts';

const machine = explaining.createMachine({
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
        { guard: 'tellsOfList', target: 'tickingOff' },
        { guard: and(['asksMissing', 'tickedBefore']), actions: 'forgetElement', target: 'ticksTold' },
        { guard: 'asksMissing', actions: ['forgetElement', 'fromTheStart'], target: 'recording' },
        { guard: 'wantsRestOfList', actions: ['forgetElement', 'further'], target: 'materials' },
        { guard: 'asksOfMaterial', target: 'material' },
        { guard: 'wantsItHere', target: 'offeringHere' },
        { guard: 'wantsReplacement', target: 'offeringReplacement' },
        { guard: 'isReplacedElsewhere', target: 'replacedElsewhere' },
        { guard: 'wantsReminder', target: 'checking' },
        { guard: 'asksReason', target: 'checking' },
        { guard: 'isUnwritten', target: 'askingWindow' },
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
    ...list,
    ...told,
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

export const guide: ErrandDefinition = { machine, version: 6 };

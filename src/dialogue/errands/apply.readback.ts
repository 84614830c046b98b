/** All that she answered is read back in two groups; what is wrong is asked anew, and nothing else. */
import { ask } from './apply.facts.ts';
import { applying } from './apply.setup.ts';

/** Leaves for `assuring` on her yes to handing it in. */
export const readBack = applying.createStateConfig({
  states: {
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
  },
}).states;

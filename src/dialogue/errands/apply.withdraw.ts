/** Taking it back: asked once, with her digits, and honestly too late where the card is being made. */
import { and } from 'xstate';
import { ask, say, withdrawable } from './apply.facts.ts';
import { applying } from './apply.setup.ts';

/** Enter at `decidingWithdraw`. */
export const withdrawing = applying.createStateConfig({
  states: {
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
      on: {
        WITHDRAWN: [{ guard: 'callEnded', target: 'withdrawnWithCall' }, { target: 'withdrawn' }],
        TOO_LATE: 'tooLate',
      },
    },
    tooLate: {
      entry: { type: 'ask', params: ask('tooLate', { for: 'yesno', offer: 'callback' }) },
      on: { YES: 'toPerson', NO: 'kept' },
    },
    nothingToWithdraw: { type: 'final', entry: { type: 'say', params: say('nothingToWithdraw') } },
    withdrawnWithCall: { type: 'final', entry: { type: 'say', params: say('withdrawnWithCall') } },
    withdrawn: { type: 'final', entry: { type: 'say', params: say('withdrawn') } },
    kept: { type: 'final', entry: { type: 'say', params: say('kept') } },
    leftAlone: { type: 'final', entry: { type: 'say', params: say('leftAlone') } },
  },
}).states;

/** What steers the talk at any moment: again, slower, back, stop, a small question beside it. */

import { talking } from './conversation.setup.ts';
import { asideIn, droppedPhrase } from './conversation.told.ts';

const SLOWER = -30;
const FASTER = 30;

/** Valid in every state. */
export const control = talking.createStateConfig({
  on: {
    /** Answered, and back to the same question. */
    ASIDE: {
      actions: ['understood', { type: 'say', params: ({ event }) => asideIn(event) }, { type: 'askAgain', params: {} }],
    },
    /** In the middle of a question it is answered and asked on; else it is how she takes leave. */
    THANKS: [
      {
        guard: 'binding',
        actions: [
          'understood',
          { type: 'say', params: { phrase: 'conversation.welcome' } },
          { type: 'askAgain', params: {} },
        ],
      },
      {
        target: '.attending',
        actions: ['understood', 'forget', 'dropAll', { type: 'say', params: { phrase: 'conversation.welcome' } }],
      },
    ],
    PACKED: { actions: ['understood', { type: 'say', params: { phrase: 'conversation.packed' } }] },
    UNPACKED: { actions: ['understood', { type: 'say', params: { phrase: 'conversation.unpacked' } }] },
    /** What she keeps to herself she may tell a person: at the window, or at home. */
    REFUSES: {
      target: '.offeringWay',
      actions: [
        'understood',
        'keepMatter',
        {
          type: 'ask',
          params: {
            phrase: 'conversation.otherWay',
            for: 'choice',
            options: [
              { phrase: 'conversation.wayWindow' },
              { phrase: 'conversation.wayVisit' },
              { phrase: 'conversation.wayOn' },
            ],
          },
        },
      ],
    },
    /** What is half done stays as it is, for when she comes back. */
    LATER: { actions: ['understood', 'leaveOff', { type: 'say', params: { phrase: 'conversation.later' } }, 'close'] },
    /** She is there again: the question that waits is asked anew. */
    COMES_BACK: { actions: ['understood', { type: 'askAgain', params: { back: true } }] },
    ENOUGH: { target: '.attending', actions: ['understood', 'forget', 'dropAll', 'close'] },
    REPEAT: { actions: ['understood', 'repeatLast'] },
    SLOWER: { actions: ['understood', { type: 'pace', params: { by: SLOWER } }, 'repeatLast'] },
    FASTER: { actions: ['understood', { type: 'pace', params: { by: FASTER } }, 'repeatLast'] },
    LOUDER: {
      actions: [
        'understood',
        { type: 'say', params: { phrase: 'conversation.louder' } },
        { type: 'askAgain', params: {} },
      ],
    },
    SOFTER: {
      actions: [
        'understood',
        { type: 'say', params: { phrase: 'conversation.softer' } },
        { type: 'askAgain', params: {} },
      ],
    },
    HELP: { actions: ['understood', { type: 'helpNow', params: {} }] },
    CANCEL: [
      {
        guard: 'inErrand',
        target: '.attending',
        actions: [
          'understood',
          'forget',
          'drop',
          { type: 'say', params: ({ event }) => ({ phrase: droppedPhrase(event) }) },
          { type: 'askAgain', params: { back: true } },
        ],
      },
      {
        target: '.attending',
        actions: ['understood', { type: 'say', params: { phrase: 'conversation.allRight' } }, 'close'],
      },
    ],
    STOP: {
      target: '.attending',
      actions: ['understood', 'forget', { type: 'say', params: { phrase: 'conversation.goodbye' } }, 'close'],
    },
    WAIT: { actions: ['understood', 'hold', { type: 'say', params: { phrase: 'conversation.waiting' } }] },
    WHY: { actions: ['understood', 'explain'] },
    ELSEWHERE: [
      {
        guard: 'asksTheTime',
        actions: [
          'understood',
          { type: 'run', params: { effect: 'now' } },
          { type: 'askAgain', params: { back: true } },
        ],
      },
      {
        guard: 'wantsFamily',
        actions: [
          'understood',
          { type: 'say', params: { phrase: 'conversation.family' } },
          { type: 'askAgain', params: { back: true } },
        ],
      },
      {
        actions: [
          'understood',
          { type: 'say', params: { phrase: 'conversation.elsewhere' } },
          { type: 'askAgain', params: { back: true } },
        ],
      },
    ],
  },
}).on;

/** Where nothing was understood, or nothing said: the ladder of repair, and coming back. */
import { and, not } from 'xstate';
import { talking } from './conversation.setup.ts';
import { notKnown, stayPhrase } from './conversation.told.ts';

/** Valid in every state. */
export const repair = talking.createStateConfig({
  on: {
    LAUNCH: [
      { guard: 'alarmed', actions: ['understood', { type: 'run', params: { effect: 'alarm' } }] },
      { guard: 'heldErrand', actions: ['understood', { type: 'askAgain', params: {} }] },
      {
        guard: 'inErrand',
        target: '.resuming',
        actions: [
          'understood',
          {
            type: 'ask',
            params: ({ event }) => ({
              phrase: 'conversation.resume',
              for: 'yesno',
              offer: 'resume',
              values: event.values,
            }),
          },
        ],
      },
      { target: '.attending', actions: ['understood', { type: 'run', params: { effect: 'greet' } }] },
    ],
    SILENCE: [
      {
        guard: and(['despairs', not('lastSilence')]),
        actions: ['silent', { type: 'say', params: { phrase: 'conversation.company' } }],
      },
      {
        guard: and(['alarmed', not('lastSilence')]),
        actions: ['silent', { type: 'say', params: ({ event }) => ({ phrase: stayPhrase(event.alarm) }) }],
      },
      { guard: 'alarmed', actions: ['understood', 'close'] },
      { guard: 'holding', actions: 'close' },
      { guard: ({ event }) => !event.asked, actions: 'close' },
      { guard: 'firstSilence', actions: ['silent', { type: 'askAgain', params: {} }] },
      {
        guard: 'secondSilence',
        actions: ['silent', { type: 'say', params: { phrase: 'conversation.noRush' } }],
      },
      { actions: ['understood', { type: 'say', params: { phrase: 'conversation.comeBack' } }, 'close'] },
    ],
    UNCLEAR: [
      { guard: 'drownedBefore', actions: 'close' },
      { guard: 'noise', actions: ['drowned', { type: 'say', params: { phrase: 'conversation.television' } }] },
      {
        guard: and(['inQuestion', 'firstMiss']),
        actions: [
          'missed',
          { type: 'say', params: ({ event }) => ({ phrase: notKnown(event) ?? 'conversation.notHeard' }) },
          { type: 'askAgain', params: {} },
        ],
      },
      {
        guard: 'firstMiss',
        actions: [
          'missed',
          { type: 'say', params: ({ event }) => ({ phrase: notKnown(event) ?? 'conversation.notHeardOpen' }) },
        ],
      },
      {
        guard: and(['inQuestion', 'secondMiss', 'asksSomething']),
        actions: [
          'missed',
          { type: 'say', params: ({ event }) => ({ phrase: notKnown(event) ?? 'conversation.noAnswer' }) },
          { type: 'askAgain', params: {} },
        ],
      },
      {
        guard: and(['inQuestion', 'secondMiss']),
        actions: ['missed', { type: 'helpNow', params: { whole: true } }],
      },
      {
        guard: 'secondMiss',
        actions: ['missed', { type: 'ask', params: { phrase: 'conversation.choices', for: 'nothing' } }],
      },
      {
        target: '.offeringPerson',
        actions: [
          'missed',
          'wantsPerson',
          { type: 'ask', params: { phrase: 'conversation.offerPerson', for: 'yesno', offer: 'callback' } },
        ],
      },
    ],
    /** Understood, and yet it leads nowhere: she is not asked a third time. */
    STUCK: [
      {
        guard: 'reachesPerson',
        target: '.attending',
        actions: ['understood', 'dropAll', { type: 'say', params: { phrase: 'conversation.stuckHere' } }, 'close'],
      },
      {
        target: '.offeringInstead',
        actions: [
          'understood',
          'wantsPersonStuck',
          { type: 'ask', params: { phrase: 'conversation.offerInstead', for: 'yesno', offer: 'callback' } },
        ],
      },
    ],
    HEARD: { actions: 'understood' },
  },
}).on;

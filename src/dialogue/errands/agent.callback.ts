/** Being called back: to which number, read back, and when. */
import { type AgentContext, askValues, onFile, saysWish, standsPhrase, values } from './agent.facts.ts';
import { reaching } from './agent.setup.ts';

/** What she may say where a number is asked for; an hour beside it is kept by each state. */
const NUMBER = reaching.createStateConfig({
  on: {
    GAVE: [
      { guard: 'notYet', target: 'declined' },
      { guard: 'gaveWish', actions: 'keepWish', target: 'tellingWish' },
      { guard: 'gavePhone', actions: 'note', target: 'readingPhoneBack' },
      { guard: 'longPhone', target: 'askingPhoneShorter', reenter: true },
      { guard: 'badPhone', target: 'askingPhoneAgain', reenter: true },
      { guard: 'callsOffNow', target: 'lookingForAny' },
      { guard: 'meansKnown', actions: ['note', 'knownAfterAll'], target: 'confirmingPhone' },
    ],
    // The number that is known, after all.
    YES: { guard: 'knownPhone', target: 'requesting' },
    NO: 'declined',
  },
}).on;

const asksNumber = (phrase: `agent.${string}`) =>
  ({
    type: 'ask',
    params: ({ context }: { context: AgentContext }) => ({ phrase, for: 'phone' as const, values: onFile(context) }),
  }) as const;

/** Enter at `deciding`. */
export const callback = reaching.createStateConfig({
  states: {
    deciding: { always: [{ guard: 'alreadyAsked', target: 'decidingPhone' }, { target: 'offering' }] },
    offering: {
      entry: { type: 'ask', params: { phrase: 'agent.offerCallback', for: 'yesno', offer: 'callback' } },
      on: {
        YES: 'decidingPhone',
        GAVE: [
          { guard: 'notYet', target: 'declined' },
          { guard: 'gaveWish', actions: 'keepWish', target: 'tellingWish' },
          { actions: 'note', target: 'decidingPhone' },
        ],
        NO: 'declined',
      },
    },
    decidingPhone: {
      always: [
        { guard: 'hasPhone', target: 'readingPhoneBack' },
        { guard: 'wantsOther', target: 'askingPhone' },
        { guard: 'knownPhone', target: 'confirmingPhone' },
        { guard: 'inFright', target: 'requesting' },
        { target: 'askingPhone' },
      ],
    },
    confirmingPhone: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({ phrase: 'agent.knownPhone', for: 'yesno', values: askValues(context) }),
      },
      on: {
        YES: 'requesting',
        NO: { actions: 'forgetPhone', target: 'askingPhone' },
        GAVE: [
          { guard: 'notYet', target: 'declined' },
          { guard: 'gaveWish', actions: 'keepWish', target: 'tellingWish' },
          { guard: 'gavePhone', actions: 'note', target: 'readingPhoneBack' },
          { guard: 'callsOffNow', target: 'lookingForAny' },
          { guard: 'agreedWithTime', actions: 'note', target: 'requesting' },
          { guard: 'gaveWhen', actions: 'note', target: 'confirmingPhone', reenter: true },
          { guard: 'asksForTime', target: 'askingFirstTime' },
          { guard: 'saysGone', actions: 'forgetKnown', target: 'askingPhone' },
          { target: 'askingPhone' },
        ],
      },
    },
    /** What whoever rings is to know: said back, and on with the number. */
    tellingWish: { entry: saysWish, always: 'decidingPhone' },
    /** She would rather be called at another time than soon. */
    askingFirstTime: {
      entry: { type: 'ask', params: { phrase: 'agent.callbackWhichTime', for: 'date' } },
      on: { GAVE: { guard: 'gaveWhen', actions: 'note', target: 'decidingPhone' }, NO: 'decidingPhone' },
    },
    /** Not wanted any more: the one that stands already, if there is one. */
    lookingForAny: {
      entry: { type: 'run', params: { effect: 'standing' } },
      on: { STANDS: { actions: 'keepStanding', target: 'confirmingGiveUp' }, NONE: 'declined' },
    },
    askingPhone: {
      entry: asksNumber('agent.whichPhone'),
      on: {
        ...NUMBER,
        GAVE: [...NUMBER.GAVE, { guard: 'gaveWhen', actions: 'note', target: 'askingPhone', reenter: true }],
      },
    },
    askingPhoneAgain: {
      entry: asksNumber('agent.oddPhone'),
      on: {
        ...NUMBER,
        GAVE: [...NUMBER.GAVE, { guard: 'gaveWhen', actions: 'note', target: 'askingPhoneAgain', reenter: true }],
      },
    },
    askingPhoneShorter: {
      entry: asksNumber('agent.longPhone'),
      on: {
        ...NUMBER,
        GAVE: [...NUMBER.GAVE, { guard: 'gaveWhen', actions: 'note', target: 'askingPhoneAgain' }],
      },
    },
    readingPhoneBack: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({ phrase: 'agent.readPhoneBack', for: 'yesno', values: values(context) }),
      },
      on: {
        YES: 'requesting',
        NO: { actions: 'forgetPhone', target: 'askingPhone' },
        GAVE: [
          { guard: 'notYet', target: 'declined' },
          { guard: 'gaveWish', actions: 'keepWish', target: 'tellingWish' },
          { guard: 'gavePhone', actions: 'note', target: 'readingPhoneBack', reenter: true },
          { guard: 'callsOffNow', target: 'lookingForAny' },
          { guard: 'agreedWithTime', actions: 'note', target: 'requesting' },
          { guard: 'gaveWhen', actions: 'note', target: 'readingPhoneBack', reenter: true },
          { target: 'askingPhone' },
        ],
      },
    },
    requesting: {
      entry: { type: 'run', params: { effect: 'request' } },
      on: {
        REQUESTED: [
          { guard: 'movesNew', actions: 'keepCallback', target: 'movingCall' },
          { guard: 'standing', actions: 'keepCallback', target: 'stands' },
          { guard: 'otherHour', actions: 'keepCallback', target: 'callNearest' },
          { actions: 'keepCallback', target: 'noted' },
        ],
      },
    },
    noted: {
      type: 'final',
      entry: { type: 'say', params: ({ context }) => ({ phrase: 'agent.callbackNoted', values: values(context) }) },
    },
    stands: {
      type: 'final',
      entry: { type: 'say', params: ({ context }) => ({ phrase: standsPhrase(context), values: values(context) }) },
    },
    declined: { type: 'final', entry: { type: 'say', params: { phrase: 'agent.declined' } } },
  },
}).states;

/** A call that she has been promised: when it comes and from whom, another time for it, or none any more. */
import { callOption, callsOffered, offeredValues, saysWish, values } from './agent.facts.ts';
import { reaching } from './agent.setup.ts';

/** Enter at `lookingStanding`. */
export const standing = reaching.createStateConfig({
  states: {
    lookingStanding: {
      entry: { type: 'run', params: { effect: 'standing' } },
      on: {
        STANDS: [
          { guard: 'notesWish', actions: 'keepStanding', target: 'notingWish' },
          { guard: 'endsAll', actions: 'keepStanding', target: 'confirmingAll' },
          { guard: 'unsureWhich', actions: 'keepStanding', target: 'askingWhichCall' },
          { guard: 'callsOff', actions: 'keepStanding', target: 'confirmingGiveUp' },
          { guard: 'asksNumber', actions: 'keepStanding', target: 'toldNumber' },
          { guard: 'movesCall', actions: 'keepStanding', target: 'decidingMove' },
          { guard: 'lateCall', actions: 'keepStanding', target: 'urging' },
          { actions: 'keepStanding', target: 'toldStanding' },
        ],
        NONE: [
          { guard: 'onlyReminds', target: 'nothingOwed' },
          { guard: 'callsOff', target: 'nothingToGiveUp' },
          { guard: 'alreadyAgreed', actions: 'asksAnew', target: 'looking' },
          { target: 'offeringNew' },
        ],
      },
    },
    askingWhichCall: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({
          phrase: 'agent.callbackWhich',
          for: 'choice',
          values: offeredValues(context),
          options: callsOffered(context).map(callOption),
        }),
      },
      on: {
        CHOSE: { guard: 'choseCall', actions: 'keepChosenCall', target: 'decidingChosen' },
        GAVE: { guard: 'endsAllNow', target: 'confirmingAll' },
        NO: 'leftStanding',
      },
    },
    decidingChosen: { always: [{ guard: 'callsOff', target: 'confirmingGiveUp' }, { target: 'decidingMove' }] },
    leftStanding: { type: 'final', entry: { type: 'say', params: { phrase: 'agent.callbacksStand' } } },
    notingWish: {
      entry: { type: 'run', params: { effect: 'note' } },
      on: { WISH_KEPT: 'wishKept' },
    },
    wishKept: { type: 'final', entry: saysWish },
    toldNumber: {
      type: 'final',
      entry: { type: 'say', params: ({ context }) => ({ phrase: 'agent.callbackToWhich', values: values(context) }) },
    },
    toldStanding: {
      type: 'final',
      entry: { type: 'say', params: ({ context }) => ({ phrase: 'agent.callbackWhen', values: values(context) }) },
    },
    /** It should have come by now: that is ours to be sorry for, and it is promised anew. */
    urging: {
      entry: { type: 'run', params: { effect: 'moveCallback' } },
      on: { MOVED: { actions: 'keepStanding', target: 'urged' } },
    },
    urged: {
      type: 'final',
      entry: { type: 'say', params: ({ context }) => ({ phrase: 'agent.callbackLate', values: values(context) }) },
    },
    decidingMove: { always: [{ guard: 'knowsWhen', target: 'movingCall' }, { target: 'askingWhen' }] },
    askingWhen: {
      entry: { type: 'ask', params: { phrase: 'agent.callbackWhichTime', for: 'date' } },
      on: { GAVE: { guard: 'gaveWhen', actions: 'note', target: 'movingCall' }, NO: 'toldStanding' },
    },
    movingCall: {
      entry: { type: 'run', params: { effect: 'moveCallback' } },
      on: {
        MOVED: [
          { guard: 'putOff', actions: 'keepStanding', target: 'callPutOff' },
          { guard: 'otherHour', actions: 'keepStanding', target: 'callNearest' },
          { actions: 'keepStanding', target: 'callMoved' },
        ],
      },
    },
    callMoved: {
      type: 'final',
      entry: {
        type: 'say',
        params: ({ context }) => ({
          phrase: context.noted ? 'agent.callbackNotedFor' : 'agent.callbackMoved',
          values: values(context),
        }),
      },
    },
    nothingOwed: { type: 'final' },
    callNearest: {
      type: 'final',
      entry: { type: 'say', params: ({ context }) => ({ phrase: 'agent.callbackNearest', values: values(context) }) },
    },
    /** Nobody rings in these days. */
    callPutOff: {
      type: 'final',
      entry: { type: 'say', params: ({ context }) => ({ phrase: 'agent.callbackPutOff', values: values(context) }) },
    },
    confirmingGiveUp: {
      entry: {
        type: 'ask',
        params: ({ context }) => ({
          phrase: 'agent.callbackReallyNot',
          for: 'yesno',
          offer: 'cancel',
          values: values(context),
        }),
      },
      on: {
        YES: 'givingUp',
        NO: 'toldStanding',
        GAVE: [
          { guard: 'endsAllNow', target: 'givingUpAll' },
          { guard: 'endsNow', target: 'givingUp' },
          { guard: 'putsOff', actions: 'keepLater', target: 'movingCall' },
          { guard: 'gaveWhen', actions: 'note', target: 'movingCall' },
        ],
      },
    },
    givingUp: {
      entry: { type: 'run', params: { effect: 'giveUp' } },
      on: { GIVEN_UP: 'givenUp' },
    },
    confirmingAll: {
      entry: { type: 'ask', params: { phrase: 'agent.callbacksReallyNot', for: 'yesno', offer: 'cancel' } },
      on: { YES: 'givingUpAll', NO: 'leftStanding', GAVE: { guard: 'endsAllNow', target: 'givingUpAll' } },
    },
    givingUpAll: {
      entry: { type: 'run', params: { effect: 'giveUpAll' } },
      on: { GIVEN_UP: 'allGivenUp' },
    },
    allGivenUp: { type: 'final', entry: { type: 'say', params: { phrase: 'agent.callbacksGivenUp' } } },
    givenUp: { type: 'final', entry: { type: 'say', params: { phrase: 'agent.callbackGivenUp' } } },
    nothingToGiveUp: { type: 'final', entry: { type: 'say', params: { phrase: 'agent.callbackNone' } } },
    offeringNew: {
      entry: { type: 'ask', params: { phrase: 'agent.callbackNoneOffer', for: 'yesno', offer: 'callback' } },
      on: { YES: { actions: 'asksAnew', target: 'looking' }, NO: 'declined' },
    },
  },
}).states;

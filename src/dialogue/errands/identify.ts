/** Before something sensitive is told: the agreed digits once, held for some minutes; a person where there are none or they are locked. */
interface Digits {
  type: 'PIN_RIGHT';
  triedBefore?: boolean;
}
/** What an errand hears of who she is; it answers the effect `assure` and the question for the digits. */
export type IdentityEvent =
  | { type: 'ASSURED'; level: 'verified' | 'pin' | 'none' }
  | Digits
  | { type: 'PIN_WRONG' }
  | { type: 'PIN_LOCKED' }
  | { type: 'FORGOT' };

type Event = { event: { type: string } };

const isVerified = ({ event }: Event) => (event as IdentityEvent & { level?: string }).level === 'verified';
const hasPin = ({ event }: Event) => (event as IdentityEvent & { level?: string }).level === 'pin';
const wasTried = ({ event }: Event) => (event as Digits).triedBefore === true;

const asks = <P extends string>(phrase: P, how: 'pin' | 'yesno') =>
  ({
    type: 'ask',
    params: how === 'pin' ? { phrase, for: 'pin' as const } : { phrase, for: 'yesno' as const, offer: 'callback' },
  }) as const;

const hearingDigits = <Known extends string, Later extends string, Wrong extends string>(
  known: Known,
  later: Later,
  wrong: Wrong,
) =>
  ({
    PIN_RIGHT: [{ guard: wasTried, target: 'warning' }, { target: known }],
    PIN_WRONG: { target: wrong, reenter: true },
    PIN_LOCKED: 'offeringPersonLocked',
    GAVE: { target: 'askingPinUnheard', reenter: true },
    CHOSE: { target: 'askingPinUnheard', reenter: true },
    FORGOT: 'offeringPersonForgot',
    NO: later,
  }) as const;

const offeringPerson = <Later extends string>(phrase: string, later: Later) =>
  ({
    entry: asks(phrase, 'yesno'),
    on: { YES: 'findingPerson', NO: later, GAVE: later },
  }) as const;

/** The states of an errand that may only go on with her: enter at `assuring`, leave at `known` or `later`. */
export const identifying = <Known extends string, Later extends string>(known: Known, later: Later) =>
  ({
    assuring: {
      entry: { type: 'run', params: { effect: 'assure' } },
      on: {
        ASSURED: [
          { guard: isVerified, target: known },
          { guard: hasPin, target: 'askingPin' },
          { target: 'offeringPersonInstead' },
        ],
      },
    },
    askingPin: { entry: asks('identity.pin', 'pin'), on: hearingDigits(known, later, 'askingPinAgain') },
    askingPinAgain: { entry: asks('identity.pinWrong', 'pin'), on: hearingDigits(known, later, 'askingPinOnce') },
    /** Not the same words a second time: the way to a person is said. */
    askingPinOnce: { entry: asks('identity.pinStillWrong', 'pin'), on: hearingDigits(known, later, 'askingPinAgain') },
    askingPinUnheard: { entry: asks('identity.pinUnheard', 'pin'), on: hearingDigits(known, later, 'askingPinAgain') },
    warning: { entry: { type: 'say', params: { phrase: 'identity.triedBefore' } }, always: known },
    offeringPersonInstead: offeringPerson('identity.noPin', later),
    /** They may come back to her while a person is offered. */
    offeringPersonForgot: {
      entry: asks('identity.forgot', 'yesno'),
      on: {
        YES: 'findingPerson',
        NO: later,
        GAVE: later,
        PIN_RIGHT: [{ guard: wasTried, target: 'warning' }, { target: known }],
        PIN_WRONG: 'askingPinAgain',
        PIN_LOCKED: 'offeringPersonLocked',
      },
    },
    offeringPersonLocked: offeringPerson('identity.locked', later),
    findingPerson: {
      type: 'final',
      entry: {
        type: 'open',
        params: { errand: 'agent', intent: 'agent.call', slots: { agreed: 'yes', reason: 'identity' } },
      },
    },
  }) as const;

/** Every refusal the product knows. Codes are never reused; each has a phrase to speak, and a test looks for it in every locale. */
const CATALOGUE = {
  SeatTaken: { code: 'PICKUP_SEAT_TAKEN', status: 409, log: 'info', phrase: 'pickup.taken' },
  HoldExpired: { code: 'PICKUP_HOLD_EXPIRED', status: 409, log: 'info', phrase: 'pickup.taken' },
  AlreadyBooked: { code: 'PICKUP_ALREADY_BOOKED', status: 409, log: 'info', phrase: 'pickup.alreadyOther' },
  BookingNotLive: { code: 'PICKUP_NOT_LIVE', status: 409, log: 'info', phrase: 'pickup.none' },
  SpeakerUnknown: { code: 'SPEAKER_UNKNOWN', status: 404, log: 'info', phrase: 'conversation.unknownSpeaker' },
  NotFound: { code: 'NOT_FOUND', status: 404, log: 'info', phrase: 'conversation.failed' },
  Forbidden: { code: 'FORBIDDEN', status: 403, log: 'warn', phrase: 'conversation.failed' },
  SignInRequired: { code: 'SIGN_IN_REQUIRED', status: 401, log: 'info', phrase: 'conversation.failed' },
  SignInFailed: { code: 'SIGN_IN_FAILED', status: 401, log: 'warn', phrase: 'conversation.failed' },
  SecondFactorRequired: { code: 'SECOND_FACTOR_REQUIRED', status: 401, log: 'info', phrase: 'conversation.failed' },
  PasswordChangeRequired: { code: 'PASSWORD_CHANGE_REQUIRED', status: 403, log: 'info', phrase: 'conversation.failed' },
  PasswordTooWeak: { code: 'PASSWORD_TOO_WEAK', status: 422, log: 'info', phrase: 'conversation.failed' },
  CsrfFailed: { code: 'CSRF_FAILED', status: 403, log: 'warn', phrase: 'conversation.failed' },
  TooManyRequests: { code: 'TOO_MANY_REQUESTS', status: 429, log: 'warn', phrase: 'conversation.failed' },
  Overloaded: { code: 'OVERLOADED', status: 503, log: 'error', phrase: 'conversation.storeDown' },
  NotInThisState: { code: 'NOT_IN_THIS_STATE', status: 409, log: 'info', phrase: 'conversation.failed' },
  SecondPersonNeeded: { code: 'SECOND_PERSON_NEEDED', status: 409, log: 'info', phrase: 'conversation.failed' },
  NoChineseFont: { code: 'NO_CHINESE_FONT', status: 503, log: 'warn', phrase: 'conversation.failed' },
  WorkerNotFree: { code: 'WORKER_NOT_FREE', status: 409, log: 'info', phrase: 'conversation.failed' },
  SpeakerNotReachable: { code: 'SPEAKER_NOT_REACHABLE', status: 409, log: 'info', phrase: 'conversation.failed' },
  NoPhone: { code: 'CALL_NO_PHONE', status: 409, log: 'info', phrase: 'conversation.failed' },
  ColleagueBusy: { code: 'CALL_COLLEAGUE_BUSY', status: 409, log: 'info', phrase: 'conversation.failed' },
  DeviceTaken: { code: 'DEVICE_TAKEN', status: 409, log: 'info', phrase: 'conversation.failed' },
  AlreadyThere: { code: 'ALREADY_THERE', status: 409, log: 'info', phrase: 'conversation.failed' },
  PinTooEasy: { code: 'PIN_TOO_EASY', status: 422, log: 'info', phrase: 'conversation.failed' },
  FileUnreadable: { code: 'FILE_UNREADABLE', status: 422, log: 'info', phrase: 'conversation.failed' },
  NotAgreed: { code: 'NOT_AGREED', status: 409, log: 'info', phrase: 'conversation.failed' },
  BadInput: { code: 'BAD_INPUT', status: 400, log: 'info', phrase: 'conversation.failed' },
  StoreUnavailable: { code: 'STORE_UNAVAILABLE', status: 503, log: 'error', phrase: 'conversation.storeDown' },
  Busy: { code: 'CONVERSATION_BUSY', status: 503, log: 'warn', phrase: 'conversation.busy' },
  RecogniserBusy: { code: 'RECOGNISER_BUSY', status: 503, log: 'warn', phrase: 'conversation.hearingBusy' },
  RecogniserUnavailable: {
    code: 'RECOGNISER_UNAVAILABLE',
    status: 503,
    log: 'error',
    phrase: 'conversation.hearingDown',
  },
  Unexpected: { code: 'UNEXPECTED', status: 500, log: 'error', phrase: 'conversation.failed' },
} as const;

export type RefusalName = keyof typeof CATALOGUE;

/** A refusal by name, with values for its phrase. Holds no personal data: it may be logged. */
export class Refusal extends Error {
  readonly code: string;
  readonly status: number;
  readonly level: 'info' | 'warn' | 'error';
  readonly phrase: string;

  constructor(
    readonly refusal: RefusalName,
    readonly values: Record<string, string | number> = {},
    options?: ErrorOptions,
  ) {
    const entry = CATALOGUE[refusal];
    super(entry.code, options);
    this.name = 'Refusal';
    this.code = entry.code;
    this.status = entry.status;
    this.level = entry.log;
    this.phrase = entry.phrase;
  }
}

/** All refusals, for the test that looks for their phrases and for the interface's documentation. */
export const refusals = CATALOGUE;

/** Anything thrown, as a refusal, also one that a library has wrapped: what is not of the catalogue is `Unexpected` and keeps its cause. */
export function asRefusal(thrown: unknown): Refusal {
  if (thrown instanceof Refusal) return thrown;
  if (thrown instanceof Error && thrown.cause instanceof Refusal) return thrown.cause;
  return new Refusal('Unexpected', {}, { cause: thrown });
}

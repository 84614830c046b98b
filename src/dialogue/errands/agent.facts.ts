/** What the errand of reaching a person knows of a call and of a callback, and the values of its phrases. */
import type { Values } from '../../speech/speech.ts';
import type { Slots } from '../../understanding/meaning.ts';
import { type Remembered, type Said, type Settled, type Tell, wishesBeside } from './errand.ts';

export interface CallbackForHer {
  id?: string;
  /** She should have been called by now. */
  late?: boolean;
  station: string;
  clerk?: string;
  day: string;
  time: string;
  /** She is not rung before. */
  after?: string;
  place: number;
  already: boolean;
  phoneTail?: string;
}

/** A call that waits, rings or is over, as far as she is told of it. */
export interface CallForHer {
  id: string;
  /** 1 is next; a clerk is free for her where `least` is missing. */
  position?: number;
  /** Minutes. */
  least?: number;
  most?: number;
  who?: string;
  station?: string;
  code?: string;
}

/** What became of a call. */
export type CallResult = 'booked' | 'submitted' | 'visit' | 'callback' | 'cut' | 'missed' | 'nothing';

export interface AgentContext extends Remembered {
  phoneTail?: string;
  callback?: CallbackForHer;
  /** It was just noted for the first time: its hour is nothing that was changed. */
  noted?: boolean;
  /** All that are owed to her. */
  open?: CallbackForHer[];
  call?: CallForHer;
  result?: CallResult;
  /** Of what was done: the matter, the day, the time, the place. */
  done?: { item?: string; day?: string; time?: string; place?: string };
}

export type AgentEvent =
  | Said
  | { type: 'LOOKED'; phoneTail?: string; live?: boolean }
  | { type: 'REQUESTED'; callback: CallbackForHer }
  | { type: 'STANDS'; callback: CallbackForHer; open: CallbackForHer[]; unsure: boolean }
  | { type: 'NONE' }
  | { type: 'MOVED'; callback: CallbackForHer }
  | { type: 'GIVEN_UP' }
  | { type: 'WISH_KEPT' }
  | { type: 'CALLING'; call: CallForHer }
  | { type: 'RINGS'; call: CallForHer }
  | { type: 'GONE' }
  | { type: 'ANSWERED' }
  | { type: 'REFUSED' }
  | { type: 'LEFT' }
  | { type: 'STAYS' }
  | {
      type: 'RESULT';
      result: CallResult;
      clerk?: string;
      rate: boolean;
      done?: AgentContext['done'];
      callback?: CallbackForHer;
    };

/** What the clerk did in the call, as she would have done it here. */
const SETTLES: Partial<Record<CallResult, string>> = { booked: 'pickup', submitted: 'apply', visit: 'visit' };

/** Undefined where nothing of hers was finished. */
export function settledBy({ result, done }: Pick<AgentContext, 'result' | 'done'>): Settled | undefined {
  const errand = result && SETTLES[result];
  return errand === undefined ? undefined : { errand, item: done?.item };
}

/** How many are before her is told where somebody is. */
const placeInLine = ({ callback }: AgentContext) => (callback && callback.place > 1 ? callback.place : undefined);

/** What may be named of the call back. */
export const values = (context: AgentContext): Values => ({
  station: context.callback?.station,
  clerk: context.callback?.clerk,
  day: context.callback?.day,
  time: context.callback?.time,
  place: placeInLine(context),
  after: context.callback?.after,
  tail: context.slots.phone?.slice(-4) || (context.phoneTail ?? context.callback?.phoneTail),
  phone: context.slots.phone,
});
const MOST_READ = 3;
/** The calls among which she is asked to choose. */
export const callsOffered = ({ open = [] }: AgentContext) => open.slice(0, MOST_READ);
/** When each of them comes. */
export const offeredValues = (context: AgentContext): Values =>
  Object.fromEntries(
    callsOffered(context).flatMap(({ day, time }, at) => [
      [`day${at + 1}`, day],
      [`time${at + 1}`, time],
    ]),
  );
/** One of them as a choice. */
export const callOption = ({ day, time }: CallbackForHer): Tell => ({
  phrase: 'agent.callbackOption',
  values: { day, time },
});
/** The number that is known here, while another is asked for. */
export const onFile = (context: AgentContext): Values => (isKnown(context) ? { tail: context.phoneTail } : {});
/** One is on file, and she wishes for no other. */
export const isKnown = ({ phoneTail, slots }: AgentContext): boolean => phoneTail !== undefined && slots.gone !== 'yes';
/** It stood already; what is new is the number that she gave. */
export const standsPhrase = ({ slots }: AgentContext): string =>
  slots.phone ? 'agent.callbackReached' : 'agent.callbackStands';
/** When she would like to be called, beside the number that is asked about. */
export const askValues = (context: AgentContext): Values => {
  const { date, time } = context.slots;
  const half = time?.length === 2 ? time : undefined;
  return { ...values(context), day: date?.split('/')[0], half, time: half ? undefined : time };
};

/** What may be named of the call. */
export const callValues = ({ call, slots }: AgentContext): Values => ({
  position: call?.position,
  least: call?.least,
  most: call?.most,
  clerk: call?.who,
  station: call?.station,
  code: call?.code,
  item: slots.item,
});
const resultValues = ({ done, call, callback, phoneTail }: AgentContext): Values => ({
  ...done,
  clerk: call?.who,
  ...(callback ? { day: callback.day, time: callback.time, tail: callback.phoneTail ?? phoneTail } : {}),
});

/** What whoever rings is to know with what she says of it now; what was none of hers is gone from it. */
export function wishNow({ slots }: AgentContext, { wish = '', about }: Slots): Slots {
  const others = wishesBeside(slots.wishes?.split(',') ?? [], wish);
  if (about === 'unnote') return { ...slots, wish: '', wishes: others.join() };
  return { ...slots, wish, wishes: [...others, wish].join() };
}

/** What whoever rings is to know, said back; or that it is gone. */
export const saysWish = {
  type: 'say' as const,
  params: ({ context: { slots } }: { context: AgentContext }) => ({
    phrase: slots.about === 'unnote' || !slots.wish ? 'agent.wishGone' : `agent.wish_${slots.wish}`,
  }),
};

export const saysResult = {
  type: 'say' as const,
  params: ({ context }: { context: AgentContext }) => ({
    phrase: `agent.result_${context.result ?? 'nothing'}`,
    values: resultValues(context),
  }),
};

/** Words for what the live socket tells in codes. */
import type { AudioState, AwayReason, LiveState, PresenceState, RoleInCall } from '../../../calls/wire.ts';
import { t } from '../../words/clerk.ts';
import type { Tone } from '../words.ts';

export const callStates: Record<LiveState, { words: string; tone: Tone }> = {
  queued: { words: t.queuing, tone: 'plain' },
  offered: { words: t.ringing, tone: 'warn' },
  connecting: { words: t.connectingShort, tone: 'warn' },
  talking: { words: t.talking, tone: 'good' },
  held: { words: t.onHold, tone: 'warn' },
  transferring: { words: t.beingHandedOver, tone: 'warn' },
  wrapping: { words: t.outcomeBeGiven, tone: 'info' },
  ended: { words: t.ended, tone: 'plain' },
  callback: { words: t.turnedIntoCallback, tone: 'plain' },
};

export const presenceWords: Record<PresenceState, string> = {
  available: t.canTakeCallsShort,
  busy: t.busy,
  away: t.away,
};

export const awayWords: Record<AwayReason, string> = {
  lunch: t.lunch,
  visit: t.visit,
  meeting: t.meeting,
  training: t.training,
  other: t.somethingElse,
};

export const roleWords: Record<RoleInCall, string> = {
  clerk: t.inCall,
  transfer: t.takingOver,
  listen: t.listening,
  coach: t.speaksYouOnly,
  barge: t.allThreeHear,
};

export const audioWords: Record<Exclude<AudioState, 'ok'>, string> = {
  no_uplink: t.youCannotHearSoundDoes,
  dead_microphone: t.microphoneSilentAskLookAt,
};

/** The far end does not hear this one. */
export const unheardWords: typeof audioWords = {
  no_uplink: t.sheDoesNotHearYou,
  dead_microphone: t.yourMicrophoneSilent,
};

const reasons: Record<string, string> = {
  agent: t.wantsTalkPerson,
  'agent.call': t.wantsTalkPerson,
  agent_call: t.wantsTalkPerson,
  'callback.request': t.wantsBeCalledBack,
  callback: t.wantsBeCalledBack,
  'visit.request': t.wantsSomebodyVisit,
  visit: t.wantsSomebodyVisit,
  hukou: t.residenceUnclear,
  misunderstood: t.speakerDidNotUnderstand,
  emergency: t.emergency,
  complaint: t.wantsComplain,
  pickup: t.handingInOrCollecting,
  progress: t.howFarShort,
  guide: t.howDone,
  apply: t.wantsApply,
  policy: t.aboutPolicies,
  rate: t.rating,
  identity: t.whoSpeaking,
  case: t.aboutCase,
  life: t.familyHasChanged,
  overdue: t.caseOverdueAnswerOwed,
  fraud: t.mayBeSwindled,
  harm: t.treatedBadlyHome,
  company: t.wantsCompany,
  moved: t.speakerStandsElsewhere,
  store_down: t.systemWasDown,
  privacy: t.aboutPersonalData,
  dial: t.youCalled,
};

/** Why she wants somebody; an unknown code is shown as it is, so that it is noticed. */
export const reasonWords = (code: string): string => reasons[code] ?? code;

const errands: Record<string, string> = {
  policy: t.aboutPolicies,
  guide: t.howDone,
  progress: t.progress,
  pickup: t.handingInOrCollecting,
  apply: t.application,
  agent: t.askedPerson,
  visit: t.aVisit,
  rate: t.rating,
  complaint: t.complaints,
};

/** An errand that this page does not know yet is shown by its code. */
export const errandWords = (name: string): string => errands[name] ?? name;

const slots: Record<string, string> = {
  item: t.matter,
  date: t.day,
  time: t.time,
  direction: t.handInOrCollect,
  mode: t.how,
  place: t.where,
  name: t.name,
  phone: t.telephone,
  kind: t.whichKind,
  reason: t.reason,
  ordinal: t.whichOne,
  case_no: t.caseNumber,
  case_no_tail: t.lastDigits,
  materials: t.photoPapers,
  promise: t.promise,
  element: t.whatSheAsks,
};

/** The same of a slot. */
export const slotWords = (name: string): string => slots[name] ?? name;

const slotValues: Record<string, string> = {
  collect: t.collects,
  hand_in: t.handsIn,
  window: t.window,
  locker: t.locker,
  courier: t.courier,
  home: t.atHome,
  proxy: t.byAnother,
  AM: t.morning,
  PM: t.afternoon,
  first: t.firstTime,
  renewal: t.renewalByAge,
  lost: t.lostBeReplaced,
  damaged: t.damagedBeReplaced,
};

/** Where the same code means another thing. */
const answers: Record<string, Record<string, string>> = {
  phone: { file: t.onRecord },
  materials: { file: t.onRecord, pickup: t.broughtAtCollection, home: t.collectedAtHome },
  promise: { yes: t.promisesProofFollows, no: t.bringsProofInstead },
};

/** A value that is not shown was said all the same. */
export const slotValue = (name: string, value: string): string =>
  /^[*\uff0a]+$/.test(value) ? t.wasSaid : (answers[name]?.[value] ?? slotValues[value] ?? value);

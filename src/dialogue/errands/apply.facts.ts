/** What the errand of applying knows, how it reads an answer to one of its four questions, and the values of its phrases. */

import type { Values } from '../../speech/speech.ts';
import type { Slots } from '../../understanding/meaning.ts';
import { type Ask, isFullNumber, type Remembered, type Said, type Tell } from './errand.ts';
import type { IdentityEvent } from './identify.ts';
import type { CaseForHer } from './progress.facts.ts';

/** What she began another day: the answers by the slot that they fill. */
export interface DraftForHer {
  matter: string;
  answers: Record<string, string>;
}

export interface Verdict {
  matter: string;
  answer: 'yes' | 'not_yet' | 'no' | 'unknown';
  /** With `not_yet`: the first day, and the age that is wanted. */
  from?: string;
  age?: number;
  documents: string[];
}

export interface ApplyContext extends Remembered {
  /** Official names of the matters that can be applied for here. */
  matters: string[];
  drafts: DraftForHer[];
  /** Cases that are still going on, or whose document waits. */
  standing: CaseForHer[];
  /** Matters she has had before: her photo and documents are there. */
  onFile: string[];
  phoneTail?: string;
  /** Of the number on file that she did not want, and may want after all. */
  refusedTail?: string;
  verdict?: Verdict;
  /** A number she has said and not yet agreed to. */
  heardPhone?: string;
  /** Whether to go on with a draft has been asked. */
  draftSettled: boolean;
  quiet?: string[];
  /** The groups of the read-back that she has agreed to. */
  right: { first: boolean; second: boolean };
  tail?: string;
  /** Another matter that she may apply for in the same breath (一件事一次办). */
  partner?: string;
}

export type ApplyEvent =
  | Said
  | IdentityEvent
  | {
      type: 'LOOKED';
      matters: string[];
      drafts: DraftForHer[];
      standing: CaseForHer[];
      onFile: string[];
      phoneTail?: string;
      /** Matters that are not named where somebody may listen. */
      quiet?: string[];
    }
  | { type: 'CHECKED'; verdict: Verdict }
  | { type: 'KEPT' }
  | { type: 'STANDS'; standing: CaseForHer[] }
  | { type: 'SUBMITTED'; tail: string; partner?: string }
  /** `callEnded`: somebody was to ring her about fetching its papers. */
  | { type: 'WITHDRAWN'; callEnded?: boolean }
  | { type: 'TOO_LATE' };
/** In the order in which they are asked and read back. */
export const ANSWERS = ['kind', 'phone', 'materials', 'promise'] as const;
const MATERIALS = ['pickup', 'home', 'file'] as const;
export const NEITHER = { first: false, second: false };

/** The matter that is applied for. */
export const matterOf = ({ slots }: ApplyContext) => slots.item ?? '';
/** Her case of this matter, where one is going on. */
export const caseFor = (context: ApplyContext) => context.standing.find((one) => one.matter === matterOf(context));
/** What she began of it another day. */
export const draftFor = (context: ApplyContext) => context.drafts.find((one) => one.matter === matterOf(context));
/** What she handed in and does not hold yet. */
export const goingOn = ({ standing }: ApplyContext) => standing.filter((one) => one.delivery !== 'ready');
/** She asks for what she began, and there is none of it. */
export const missesDraft = (context: ApplyContext): boolean =>
  context.slots.draft === 'yes' && (context.slots.item ? draftFor(context) === undefined : context.drafts.length === 0);
/** What could be taken back: handed in or begun. */
export const withdrawable = (context: ApplyContext): string[] => [
  ...new Set([...goingOn(context), ...context.drafts].map((one) => one.matter)),
];
/** The ways in which her papers may come. */
export const materialsFor = (context: ApplyContext) =>
  MATERIALS.filter((one) => one !== 'file' || context.onFile.includes(matterOf(context)));
/** A number is agreed upon: the one on file, or one that she said in full. */
export const knowsPhone = ({ slots, phoneTail }: ApplyContext) =>
  slots.phone === 'file' ? phoneTail !== undefined : isFullNumber(slots.phone);

/** What she said, where it told something. */
export const given = (event: ApplyEvent) => (event.type === 'GAVE' ? event.slots : {});
/** 「第二项不对」 by number, as a choice or inside a correction. */
export function itemNamed(event: ApplyEvent): number {
  if (event.type === 'CHOSE') return event.n;
  return event.type === 'GAVE' ? Number(event.slots.ordinal ?? 0) : 0;
}

/** It answers, or opens again, one of the questions. */
export function givesAnswer(event: ApplyEvent): boolean {
  const { item, kind, phone, materials, reopen, forHerself } = given(event);
  return Boolean(item || kind || isFullNumber(phone) || materials || reopen || forHerself);
}
/** She says the wish itself once more instead of a yes. */
export function saysAgain({ slots }: ApplyContext, event: ApplyEvent): boolean {
  const { item = slots.item, kind, phone, name } = given(event);
  return event.type === 'GAVE' && event.intent === 'apply.start' && item === slots.item && !kind && !phone && !name;
}

/** What is known with what she says now, and which group of the read-back has to be agreed to anew. */
export function noted(context: ApplyContext, event: ApplyEvent): Partial<ApplyContext> {
  const { slots, heardPhone, right } = context;
  const { item, kind, phone, reopen, forHerself } = given(event);
  const materials = paperWay(context, event);
  const said = Object.fromEntries(
    Object.entries({ item, kind, materials, name: whoElse(event) }).filter(([, value]) => value),
  ) as typeof slots;
  const fresh = isFullNumber(phone) ? phone : undefined;
  const anotherPhone = reopen === 'phone';
  const gone = [
    ...(fresh ? ['phone'] : []),
    ...(reopen ? [reopen] : []),
    ...(forHerself ? ['name'] : []),
    ...(isOtherMatter(context, event) ? OF_ITS_MATTER : []),
  ];
  const first = right.first && !(fresh || anotherPhone || reopen === 'kind' || item || kind || said.name);
  const ofSecond = reopen === 'materials' || reopen === 'promise';
  return {
    slots: { ...without(slots, gone), ...said },
    heardPhone: anotherPhone ? undefined : (fresh ?? heardPhone),
    ...(anotherPhone ? { phoneTail: undefined, refusedTail: context.phoneTail ?? context.refusedTail } : {}),
    right: { first, second: right.second && !materials && !ofSecond },
  };
}

/** Asked anew of another matter; whether it is her first and her telephone are read back. */
const OF_ITS_MATTER = ['materials', 'promise'];
/** 「弄错了，我要办的是乘车卡」 in the midst of the other. */
export function isOtherMatter({ slots }: ApplyContext, event: ApplyEvent): boolean {
  const { item } = given(event);
  return Boolean(item && slots.item && item !== slots.item);
}

/** Whose paper it is to be; 「打我闺女的」 names whose number it is. */
function whoElse(event: ApplyEvent): string | undefined {
  const { name, phone, reopen, forHerself } = given(event);
  return phone || reopen || forHerself ? undefined : name;
}

/** Only a way that there is. */
function paperWay(context: ApplyContext, event: ApplyEvent): string | undefined {
  const { materials } = given(event);
  return materialsFor(context).find((one) => one === materials);
}

/** Without these. */
export const without = (slots: Record<string, string>, names: readonly string[]) =>
  Object.fromEntries(Object.entries(slots).filter(([name]) => !names.includes(name)));

/** One answer is asked anew; all others stay. */
export function reopened({ slots, right }: ApplyContext, n: number): Partial<ApplyContext> {
  const name = ANSWERS[n - 1] as string;
  return {
    slots: without(slots, [name]),
    heardPhone: undefined,
    right: n <= 2 ? { ...right, first: false } : { ...right, second: false },
  };
}

/** How many of the questions lie behind her. */
export const lastAnswered = ({ slots }: ApplyContext) => ANSWERS.findLastIndex((name) => slots[name] !== undefined) + 1;

const about = (context: ApplyContext): Values => ({
  matter: matterOf(context),
  kind: context.slots.kind,
  materials: context.slots.materials,
  documents: context.verdict?.documents,
  from: context.verdict?.from,
  age: context.verdict?.age,
  tail: context.tail ?? caseFor(context)?.tail,
});
/** The number that she gave in place of the one that is known: it is not asked for again. */
export const phoneNamed = ({ slots }: ApplyContext): Slots => (isFullNumber(slots.phone) ? { phone: slots.phone } : {});

/** The number as it may be spoken: its last digits where it is on file. */
export const phoneValues = ({ slots, phoneTail, heardPhone }: ApplyContext): Values => ({
  tail: slots.phone && slots.phone !== 'file' ? slots.phone.slice(-4) : phoneTail,
  phone: heardPhone,
});
/** A question of this errand, with all that it may name. */
export const ask =
  (phrase: string, rest: Omit<Ask, 'phrase'>) =>
  ({ context }: { context: ApplyContext }): Ask => ({
    phrase: `apply.${phrase}`,
    values: { ...phoneValues(context), ...about(context), ...phoneOnly(phrase, context) },
    ...rest,
  });
/** A sentence of this errand, with all that it may name. */
export const say =
  (phrase: string) =>
  ({ context }: { context: ApplyContext }): Tell => ({ phrase: `apply.${phrase}`, values: about(context) });

/** `tail` is a telephone's in these, the case's in all others. */
const OF_PHONE = new Set(['confirmPhone', 'readBackFirst']);
const phoneOnly = (phrase: string, context: ApplyContext): Values => (OF_PHONE.has(phrase) ? phoneValues(context) : {});
/** Its name, unless somebody may hear it who should not. */
export const aloud = ({ quiet = [], slots }: ApplyContext): Values =>
  quiet.includes(slots.item ?? '') ? { matter: undefined } : {};

/** Where the standing case is, in the words of the errand that tells of cases. */
export function standingTold(context: ApplyContext): Tell {
  const one = caseFor(context);
  if (!one) return { phrase: 'apply.again' };
  return {
    phrase: `progress.${one.overdueDays > 0 ? 'overdue' : one.status}`,
    values: {
      matter: one.matter,
      tail: one.tail,
      promised: one.promisedRoughly ? undefined : one.promisedOn,
      roughly: one.promisedRoughly ? one.promisedOn : undefined,
      days: one.overdueDays,
      missing: one.missing,
      reason: one.reason,
      remedy: one.remedy,
      handler: one.handler,
    },
  };
}

/** Those ways, as they are read out. */
export const materialOptions = (context: ApplyContext): Tell[] =>
  materialsFor(context).map((one) => ({ phrase: `apply.materials_${one}` }));

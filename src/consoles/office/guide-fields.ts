import type { Guide, GuideAmount, GuideMaterial } from '../rest/records.ts';
import { t } from '../words/office.ts';

/** Elements that are one text each, in the official order; `needed`: not submitted without. */
export const guideTexts: { key: string; name: string; needed?: true; hint?: string }[] = [
  { key: 'gist', name: t.sentence, needed: true, hint: t.toldFirstWhenShe },
  { key: 'acceptedBy', name: t.acceptingOffice, needed: true },
  { key: 'category', name: t.category, needed: true },
  { key: 'basis', name: t.legalBasis, needed: true, hint: t.nameDocumentArticleDay },
  { key: 'audience', name: t.forWhom, needed: true },
  { key: 'conditions', name: t.whoMayApply, needed: true },
  { key: 'materialsNote', name: t.materialsWords, hint: t.addedWhereListNot },
  { key: 'commonMistakes', name: t.samplesCommonMistakes, needed: true },
  { key: 'steps', name: t.basicProcedure, needed: true },
  { key: 'fee', name: t.feesTheirBasis, needed: true },
  { key: 'timeLimit', name: t.timeLimit, needed: true },
  { key: 'enquiry', name: t.whereAsk, needed: true },
  { key: 'supervision', name: t.supervision, needed: true },
  { key: 'place', name: t.placesShort, needed: true },
  { key: 'hours', name: t.openingHours, needed: true },
  { key: 'phone', name: t.telephoneOffice },
  { key: 'channels', name: t.channels, needed: true },
  { key: 'trips', name: t.numberTrips, needed: true },
  { key: 'amount', name: t.standard },
  { key: 'arrears', name: t.backPay, hint: t.backPayHint },
];

/** Fields of GB/T 39046—2020 beside the elements. */
export const standardTexts: { key: string; name: string }[] = [
  { key: 'basicCode', name: t.basicCode },
  { key: 'implementationCode', name: t.implementationCode },
  { key: 'matterType', name: t.typeMatter1 },
  { key: 'servedCode', name: t.codeWhomServes4 },
  { key: 'formCode', name: t.formHandling5 },
  { key: 'caseType', name: t.typeCase6 },
  { key: 'legalLimit', name: t.statutoryLimit },
  { key: 'promisedLimit', name: t.promisedLimit },
  { key: 'resultName', name: t.nameResult },
  { key: 'complaintPhone', name: t.telephoneForComplaints },
];

export const standardYes: { key: string; name: string }[] = [
  { key: 'charged', name: t.charged },
  { key: 'bookable', name: t.canBeBooked },
  { key: 'courier', name: t.canBeSentBy },
  { key: 'online', name: t.canBeDoneOnline },
];

export interface GuideDraft {
  matter: string;
  elements: Record<string, unknown>;
  department: string;
  source: string;
  checkedOn: string;
  effectiveFrom: string;
  effectiveUntil?: string;
}

/** A first version, with one empty line of materials to type into; checked and in force from `today`. */
export const emptyGuide = (today: string): GuideDraft => ({
  matter: '',
  elements: { materials: [{ name: '' }] },
  department: '',
  source: '',
  checkedOn: today,
  effectiveFrom: today,
});

/** The next version begins from the one at hand. */
export function nextOf(one: Guide, today: string): GuideDraft {
  const { matter, department, source, elements = {} } = one;
  const draft = one.state === 'draft';
  return {
    matter,
    department,
    source,
    elements,
    checkedOn: draft ? one.checkedOn : today,
    effectiveFrom: draft ? one.effectiveFrom : today,
    effectiveUntil: one.effectiveUntil ?? undefined,
  };
}

/** What is sent: without what was left empty. */
export function bodyOf({ matter: _matter, elements, ...text }: GuideDraft) {
  const told = Object.entries(elements).filter(([, value]) => value !== '' && value !== undefined);
  const materials = materialsOf(elements).filter(({ name }) => name.trim());
  const amounts = amountsOf(elements).flatMap(({ ageFrom, text }) =>
    ageFrom && text?.trim() ? [{ ageFrom, text }] : [],
  );
  const { amounts: _written, ...others } = Object.fromEntries(told);
  return { ...text, elements: { ...others, materials, ...(amounts.length > 0 ? { amounts } : {}) } };
}

/** Materials of a guide as it came from the server; none where they were never written. */
export const materialsOf = (elements: Record<string, unknown>): GuideMaterial[] =>
  (elements.materials as GuideMaterial[] | undefined) ?? [];

/** As they are being written: one half may still be missing. */
export const amountsOf = (elements: Record<string, unknown>): Partial<GuideAmount>[] =>
  (elements.amounts as Partial<GuideAmount>[] | undefined) ?? [];

/** The names of the elements that are still missing. */
export function missingIn(elements: Record<string, unknown>): string[] {
  const texts = guideTexts.filter(({ key, needed }) => needed && !elements[key]).map(({ name }) => name);
  return materialsOf(elements).some(({ name }) => name.trim()) ? texts : [...texts, t.materials];
}

/** An element in one line, for comparing. */
export function elementWords(value: unknown): string {
  if (Array.isArray(value)) return value.map((one: GuideMaterial | GuideAmount) => rowWords(one)).join('\n');
  if (typeof value === 'boolean') return value ? t.yes : t.isNot;
  return value === undefined || value === null ? '' : String(value);
}

const rowWords = (one: GuideMaterial | GuideAmount) =>
  'ageFrom' in one ? t.fromAgeOn(one.ageFrom, one.text) : materialWords(one);

const materialWords = ({ name, original, copies, note }: GuideMaterial) =>
  [name, original ? t.originalsShort(original) : '', copies ? t.copiesShort(copies) : '', note]
    .filter(Boolean)
    .join(' · ');

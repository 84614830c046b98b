import { t } from '../words/office.ts';

/** The thirteen elements of 津滨政办发〔2017〕40号 in their order, then what is told by voice beside them. */
export const guideElements: [string, string][] = [
  ['gist', t.sentence],
  ['acceptedBy', t.acceptingOffice],
  ['category', t.categoryErrand],
  ['basis', t.legalBasis],
  ['audience', t.forWhom],
  ['conditions', t.conditionsErrand],
  ['materials', t.materials],
  ['commonMistakes', t.samplesCommonMistakes],
  ['steps', t.stepsErrand],
  ['fee', t.charged],
  ['timeLimit', t.timeLimit],
  ['enquiry', t.whereAsk],
  ['supervision', t.supervisionComplaints],
  ['amount', t.standard],
  ['place', t.placesShort],
  ['hours', t.openingHours],
  ['phone', t.telephone],
  ['channels', t.channels],
  ['trips', t.numberTrips],
];

const ELEMENT_NAMES = new Map([
  ...guideElements,
  ['reason', t.whySheTold],
  ['body', t.whenSheAsksFor],
  ['materialsNote', t.materialsWords],
]);

/** The name of an element as it stands in the official list. */
export const elementName = (element: string) => ELEMENT_NAMES.get(element) ?? element;

export const guideStates: Record<string, { words: string; tone: string }> = {
  draft: { words: t.draft, tone: 'info' },
  submitted: { words: t.waitsForSignature, tone: 'warn' },
  effective: { words: t.holds, tone: 'good' },
  withdrawn: { words: t.takeBack, tone: 'plain' },
};

export const policyStates: Record<string, { words: string; tone: string }> = {
  draft: { words: t.draft, tone: 'plain' },
  submitted: { words: t.waitsForSignature, tone: 'warn' },
  published: { words: t.publishedShort, tone: 'good' },
  paused: { words: t.paused, tone: 'info' },
  recalled: { words: t.takenBackShort, tone: 'late' },
};

export const results: Record<string, { words: string; tone: string }> = {
  done: { words: t.done, tone: 'good' },
  denied: { words: t.notAllowed, tone: 'late' },
  failed: { words: t.failed, tone: 'warn' },
};

import { listed as enumerated } from '../words/marks.ts';
import { t } from '../words/office.ts';

/** Whom a policy concerns, as the form holds it and as it is said in words. */
export interface Condition {
  ageFrom?: number;
  ageTo?: number;
  turns?: { age: number; withinDays: number };
  sex?: string;
  hukou?: string[];
  community?: string[];
  building?: string[];
  flags?: string[];
  anyFlags?: string[];
  notFlags?: string[];
  disability?: { kinds?: string[]; grades?: number[] };
  cases?: { matter?: string; statuses?: string[]; delivery?: string };
  heard?: string;
}

export interface Rule extends Condition {
  any?: Condition[];
  none?: Condition[];
  reason?: string;
}

const words = (table: Record<string, string>) => Object.entries(table).map(([value, label]) => ({ value, label }));

const HUKOU: Record<string, string> = {
  binhai: t.binhaiNewArea,
  tianjin: t.otherDistrictsTianjin,
  outside: t.elsewhere,
};
const SEX: Record<string, string> = { female: t.woman, male: t.man };
const FLAGS: Record<string, string> = {
  dibao: t.minimumIncomeSupport,
  edge: t.lowIncome,
  tekun: t.extremeHardship,
  disability: t.disability,
  alone: t.livesAlone,
  special: t.specialCareList,
  mobility: t.hardWalking,
  hearing: t.hardHearing,
  widow: t.widowed,
  unregisteredCare: t.notRegisteredForHealth,
};
const STATUSES: Record<string, string> = {
  submitted: t.submitted,
  received: t.received,
  correction: t.beCompleted,
  accepted: t.accepted,
  reviewing: t.underReview,
  producing: t.beingMade,
  concluded: t.concluded,
  rejected: t.notAccepted,
  denied: t.refused,
  withdrawn: t.withdrawnShort,
};
const DOCUMENT: Record<string, string> = {
  ready: t.certificateWaiting,
  collected: t.certificateCollected,
  mailed: t.certificateSent,
};

export const options = {
  hukou: words(HUKOU),
  sex: words(SEX),
  flags: words(FLAGS),
  statuses: words(STATUSES),
  document: words(DOCUMENT),
  grades: [1, 2, 3, 4].map((value) => ({ value, label: t.gradeOf(t.numerals[value - 1]) })),
};

const listed = (values: string[], table: Record<string, string> = {}) =>
  enumerated(values.map((value) => table[value] ?? value));

/** One condition in words; all of them must hold. */
export function conditionWords(one: Condition): string[] {
  const { turns, disability, cases } = one;
  const caseWords = cases && [
    cases.matter ?? t.anyMatter,
    cases.statuses ? listed(cases.statuses, STATUSES) : '',
    cases.delivery ? (DOCUMENT[cases.delivery] ?? '') : '',
  ];
  return [
    one.ageFrom === undefined ? '' : t.orOlder(one.ageFrom),
    one.ageTo === undefined ? '' : t.orYounger(one.ageTo),
    turns ? t.turningWithinDays(turns.withinDays, turns.age) : '',
    one.sex ? (SEX[one.sex] ?? '') : '',
    one.hukou ? t.hukouShort(listed(one.hukou, HUKOU)) : '',
    one.community ? t.lives(listed(one.community)) : '',
    one.building ? listed(one.building) : '',
    one.flags ? listed(one.flags, FLAGS) : '',
    one.anyFlags ? t.anyOf(listed(one.anyFlags, FLAGS)) : '',
    one.notFlags ? t.noneOf(listed(one.notFlags, FLAGS)) : '',
    disability?.grades
      ? t.disabilityGrade(enumerated(disability.grades.map((grade) => t.numerals[grade - 1] ?? '')))
      : '',
    caseWords ? t.underWay(caseWords.filter(Boolean).join(' ')) : '',
    one.heard ? t.hasHeardOneTaken : '',
  ].filter(Boolean);
}

/** A field that was emptied is no condition. */
export function without<T extends object>(condition: T): T {
  return Object.fromEntries(
    Object.entries(condition).filter(
      ([, value]) =>
        value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0),
    ),
  ) as T;
}

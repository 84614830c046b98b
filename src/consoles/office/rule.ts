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

const HUKOU: Record<string, string> = { binhai: '滨海新区', tianjin: '天津其他区', outside: '外地' };
const SEX: Record<string, string> = { female: '女', male: '男' };
const FLAGS: Record<string, string> = {
  dibao: '低保',
  edge: '低收入',
  tekun: '特困',
  disability: '残疾',
  alone: '独居',
  special: '重点关心',
  mobility: '行动不便',
  hearing: '耳背',
  widow: '丧偶',
  unregisteredCare: '还没登记健康关爱金',
};
const STATUSES: Record<string, string> = {
  submitted: '已提交',
  received: '已收件',
  correction: '待补正',
  accepted: '已受理',
  reviewing: '审查中',
  producing: '制证中',
  concluded: '已办结',
  rejected: '不予受理',
  denied: '不予通过',
  withdrawn: '已撤件',
};
const DOCUMENT: Record<string, string> = { ready: '证件待领', collected: '证件已领', mailed: '证件已寄' };

export const options = {
  hukou: words(HUKOU),
  sex: words(SEX),
  flags: words(FLAGS),
  statuses: words(STATUSES),
  document: words(DOCUMENT),
  grades: [1, 2, 3, 4].map((value) => ({ value, label: `${'一二三四'[value - 1]}级` })),
};

const listed = (values: string[], table: Record<string, string> = {}) =>
  values.map((value) => table[value] ?? value).join('、');

/** One condition in words; all of them must hold. */
export function conditionWords(one: Condition): string[] {
  const { turns, disability, cases } = one;
  const caseWords = cases && [
    cases.matter ?? '任何事项',
    cases.statuses ? listed(cases.statuses, STATUSES) : '',
    cases.delivery ? (DOCUMENT[cases.delivery] ?? '') : '',
  ];
  return [
    one.ageFrom === undefined ? '' : `满 ${one.ageFrom} 岁`,
    one.ageTo === undefined ? '' : `不过 ${one.ageTo} 岁`,
    turns ? `${turns.withinDays} 天里满 ${turns.age} 岁` : '',
    one.sex ? (SEX[one.sex] ?? '') : '',
    one.hukou ? `${listed(one.hukou, HUKOU)}户口` : '',
    one.community ? `住在${listed(one.community)}` : '',
    one.building ? listed(one.building) : '',
    one.flags ? listed(one.flags, FLAGS) : '',
    one.anyFlags ? `有一样：${listed(one.anyFlags, FLAGS)}` : '',
    one.notFlags ? `不是：${listed(one.notFlags, FLAGS)}` : '',
    disability?.grades ? `残疾${disability.grades.map((grade) => '一二三四'[grade - 1]).join('、')}级` : '',
    caseWords ? `在办：${caseWords.filter(Boolean).join(' ')}` : '',
    one.heard ? '听过被撤回的那条' : '',
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

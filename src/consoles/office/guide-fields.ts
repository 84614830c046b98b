import type { Guide, GuideMaterial } from '../rest/records.ts';

/** Elements that are one text each, in the official order; `needed`: not submitted without. */
export const guideTexts: { key: string; name: string; needed?: true; hint?: string }[] = [
  { key: 'gist', name: '一句话', needed: true, hint: '问起这件事先说它' },
  { key: 'acceptedBy', name: '受理单位', needed: true },
  { key: 'category', name: '事项类别', needed: true },
  { key: 'basis', name: '设定依据', needed: true, hint: '文件名、条款、日子、机关、文号' },
  { key: 'audience', name: '服务对象', needed: true },
  { key: 'conditions', name: '申请条件', needed: true },
  { key: 'materialsNote', name: '材料的话', hint: '单子不全时补一句' },
  { key: 'commonMistakes', name: '示范文本及常见错误', needed: true },
  { key: 'steps', name: '基本流程', needed: true },
  { key: 'fee', name: '收费依据及标准', needed: true },
  { key: 'timeLimit', name: '办理时限', needed: true },
  { key: 'enquiry', name: '咨询方式', needed: true },
  { key: 'supervision', name: '监督部门', needed: true },
  { key: 'place', name: '办理地点', needed: true },
  { key: 'hours', name: '办理时间', needed: true },
  { key: 'phone', name: '办理电话' },
  { key: 'channels', name: '办理渠道', needed: true },
  { key: 'trips', name: '跑几趟', needed: true },
  { key: 'amount', name: '标准' },
];

/** Fields of GB/T 39046—2020 beside the elements. */
export const standardTexts: { key: string; name: string }[] = [
  { key: 'basicCode', name: '基本编码' },
  { key: 'implementationCode', name: '实施编码' },
  { key: 'matterType', name: '事项类型（A.1）' },
  { key: 'servedCode', name: '服务对象代码（A.4）' },
  { key: 'formCode', name: '办理形式（A.5）' },
  { key: 'caseType', name: '办件类型（A.6）' },
  { key: 'legalLimit', name: '法定办结时限' },
  { key: 'promisedLimit', name: '承诺办结时限' },
  { key: 'resultName', name: '结果名称' },
  { key: 'complaintPhone', name: '监督电话' },
];

export const standardYes: { key: string; name: string }[] = [
  { key: 'charged', name: '收费' },
  { key: 'bookable', name: '能预约' },
  { key: 'courier', name: '能快递' },
  { key: 'online', name: '能网办' },
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
  return { ...text, elements: { ...Object.fromEntries(told), materials } };
}

export const materialsOf = (elements: Record<string, unknown>): GuideMaterial[] =>
  (elements.materials as GuideMaterial[] | undefined) ?? [];

/** The names of the elements that are still missing. */
export function missingIn(elements: Record<string, unknown>): string[] {
  const texts = guideTexts.filter(({ key, needed }) => needed && !elements[key]).map(({ name }) => name);
  return materialsOf(elements).some(({ name }) => name.trim()) ? texts : [...texts, '申请材料'];
}

/** An element in one line, for comparing. */
export function elementWords(value: unknown): string {
  if (Array.isArray(value)) return value.map((one) => materialWords(one as GuideMaterial)).join('\n');
  if (typeof value === 'boolean') return value ? '是' : '不是';
  return value === undefined || value === null ? '' : String(value);
}

const materialWords = ({ name, original, copies, note }: GuideMaterial) =>
  [name, original ? `原件 ${original}` : '', copies ? `复印件 ${copies}` : '', note].filter(Boolean).join(' · ');

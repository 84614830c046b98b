import type { Speaker } from '../rest/records.ts';

/** The brands, for the filter. */
export const brandWords: Record<string, string> = {
  speaker: '社区音箱',
  dueros: '小度',
  aligenie: '天猫精灵',
  xiaoai: '小爱同学',
  alexa: 'Alexa',
};

export const statusWords: Record<Speaker['status'], { words: string; tone: string }> = {
  new: { words: '没装', tone: 'info' },
  bound: { words: '在用', tone: 'good' },
  suspended: { words: '停用', tone: 'warn' },
  wiped: { words: '已清除', tone: 'plain' },
};

export const scopeWords: Record<string, string> = {
  'speakers:read': '看音箱',
  'speakers:write': '管音箱',
  'households:read': '看住户地址',
  'households:write': '登记住户地址',
};

export const eventWords: Record<string, string> = {
  'speaker.registered': '登记',
  'speaker.bound': '绑定',
  'speaker.moved': '移机',
  'speaker.suspended': '停用',
  'speaker.resumed': '恢复',
  'speaker.unbound': '解绑',
  'speaker.wiped': '清除',
  'speaker.settings': '改设置',
  'speaker.installed': '装好',
  'speaker.silent': '久未在线',
  'speaker.back': '又在线了',
};

/** Where it stands: 「季景峰阁 3 号楼 2 门」. */
export function placeWords({ household }: Speaker): string {
  return household ? [household.community, household.building, household.unit].join(' ') : '还没装到谁家';
}

/** Who talks to it, as they want to be called. */
export function calledWords({ residents }: Speaker): string {
  return residents.map(({ called }) => called).join('、');
}

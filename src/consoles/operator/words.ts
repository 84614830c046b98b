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

/** Where it stands: 「季景峰阁 3 号楼 2 门」. */
export function placeWords({ household }: Speaker): string {
  return household ? [household.community, household.building, household.unit].join(' ') : '还没装到谁家';
}

/** Who talks to it, as they want to be called. */
export function calledWords({ residents }: Speaker): string {
  return residents.map(({ called }) => called).join('、');
}

/** Words for codes, where the server sends none, and the colour each stands in. */
export type Tone = 'plain' | 'good' | 'warn' | 'late' | 'info';

export const directionWords: Record<string, string> = { collect: '来取', hand_in: '来交' };

export const modeWords: Record<string, string> = {
  window: '窗口',
  locker: '信包箱',
  courier: '快递',
  home: '上门',
  proxy: '代领',
};

export const bookingStates: Record<string, { words: string; tone: Tone }> = {
  booked: { words: '还没来', tone: 'plain' },
  attended: { words: '到了', tone: 'good' },
  missed: { words: '没来', tone: 'late' },
  cancelled: { words: '取消了', tone: 'plain' },
};

export const caseStates: Record<string, { words: string; tone: Tone }> = {
  submitted: { words: '已提交', tone: 'info' },
  received: { words: '收件', tone: 'info' },
  correction: { words: '补正', tone: 'warn' },
  accepted: { words: '受理', tone: 'info' },
  reviewing: { words: '审查', tone: 'info' },
  producing: { words: '制卡', tone: 'info' },
  concluded: { words: '办结', tone: 'good' },
  rejected: { words: '不予受理', tone: 'plain' },
  denied: { words: '不予通过', tone: 'plain' },
  withdrawn: { words: '撤件', tone: 'plain' },
};

export const deliveryWords: Record<string, string> = {
  none: '',
  ready: '证在窗口，等人来取',
  collected: '已取',
  mailed: '已寄',
};

/** Codes of surfaces.md section 5: how a call or callback ended. */
export const outcomes: { code: string; words: string }[] = [
  { code: 'solved', words: '解决了' },
  { code: 'continued', words: '还要接着办' },
  { code: 'callback', words: '另约了回电' },
  { code: 'visit', words: '安排上门' },
  { code: 'transferred', words: '转给别处' },
  { code: 'no_contact', words: '一直联系不上' },
  { code: 'other', words: '其他' },
];

/** A case over its promise is the first thing to see; one that is closed never is. */
export const CLOSED_CASES = ['concluded', 'rejected', 'denied', 'withdrawn'];

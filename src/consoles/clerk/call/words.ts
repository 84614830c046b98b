/** Words for what the live socket tells in codes. */
import type { AudioState, AwayReason, LiveState, PresenceState, RoleInCall } from '../../../calls/wire.ts';
import type { Tone } from '../words.ts';

export const callStates: Record<LiveState, { words: string; tone: Tone }> = {
  queued: { words: '排队中', tone: 'plain' },
  offered: { words: '正在响铃', tone: 'warn' },
  connecting: { words: '正在接通', tone: 'warn' },
  talking: { words: '通话中', tone: 'good' },
  held: { words: '请她等着', tone: 'warn' },
  transferring: { words: '正在转接', tone: 'warn' },
  wrapping: { words: '等着填结果', tone: 'info' },
  ended: { words: '结束了', tone: 'plain' },
  callback: { words: '转成回电', tone: 'plain' },
};

export const presenceWords: Record<PresenceState, string> = { available: '能接', busy: '在忙', away: '离开' };

export const awayWords: Record<AwayReason, string> = {
  lunch: '吃饭',
  visit: '入户',
  meeting: '开会',
  training: '培训',
  other: '有事',
};

export const roleWords: Record<RoleInCall, string> = {
  clerk: '接着电话',
  transfer: '在接过去',
  listen: '在听',
  coach: '只跟您说话',
  barge: '三方都听得见',
};

export const audioWords: Record<Exclude<AudioState, 'ok'>, string> = {
  no_uplink: '听不见对方：她那边的声音没传过来。请喊两声，不行就改成回电。',
  dead_microphone: '对方的话筒没有声音。请她看看音箱，不行就改成回电。',
};

const reasons: Record<string, string> = {
  agent: '想找人说说',
  'agent.call': '想找人说说',
  agent_call: '想找人说说',
  'callback.request': '要人回电话',
  callback: '要人回电话',
  'visit.request': '想请人上门',
  visit: '想请人上门',
  hukou: '户口的事说不准',
  misunderstood: '音箱没听懂',
  emergency: '紧急求助',
  complaint: '要投诉',
  pickup: '约交证、取证',
  progress: '问办到哪了',
  guide: '问怎么办',
  apply: '要申请',
  policy: '问政策',
  rate: '评价',
  identity: '核对身份',
  store_down: '系统停了',
  privacy: '问个人信息',
  dial: '您打过去的',
};

/** Why she wants somebody; an unknown code is shown as it is, so that it is noticed. */
export const reasonWords = (code: string): string => reasons[code] ?? code;

const errands: Record<string, string> = {
  policy: '问政策',
  guide: '问怎么办',
  progress: '查进度',
  pickup: '约交证、取证',
  apply: '申请',
  agent: '找人',
  visit: '约上门',
  rate: '评价',
  complaint: '投诉',
};

export const errandWords = (name: string): string => errands[name] ?? name;

const slots: Record<string, string> = {
  item: '事项',
  date: '日子',
  time: '时间',
  direction: '交还是取',
  mode: '怎么办',
  place: '在哪',
  name: '姓名',
  phone: '电话',
  kind: '哪一种',
  reason: '原因',
  ordinal: '第几个',
  case_no: '办件编号',
  case_no_tail: '编号尾号',
};

export const slotWords = (name: string): string => slots[name] ?? name;

const slotValues: Record<string, string> = {
  collect: '来取',
  hand_in: '来交',
  window: '窗口',
  locker: '信包箱',
  courier: '快递',
  home: '上门',
  proxy: '代领',
  AM: '上午',
  PM: '下午',
  first: '头一回办',
  renewal: '到龄换证',
  lost: '丢了补办',
  damaged: '坏了换',
};

/** A value that is not shown was said all the same. */
export const slotValue = (value: string): string => (/^[*＊]+$/.test(value) ? '说过了' : (slotValues[value] ?? value));

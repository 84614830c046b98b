/** What an elder wants, how she answers each question on the way, and what the database must hold when she is done. */
import { eq, inArray } from 'drizzle-orm';
import type { Db } from '../../src/store/database.ts';
import { application, booking, rating, slot, ticket, visit } from '../../src/store/schema.ts';
import type { HomeWish } from '../conversations/home.ts';
import type { Random } from './random.ts';

export interface Goal {
  name: string;
  errand: string;
  home: HomeWish;
  opening: string[];
  /** By the phrase of the question. */
  answers: Record<string, string[]>;
  /** What she says first by mistake, and takes back in the same breath. */
  wrong: Record<string, string>;
  /** Slots that must not be otherwise once they are known. */
  wants: Record<string, string>;
  /** Phrases that tell her she has it. */
  done: string[];
  holds(db: Db, residents: string[]): Promise<boolean>;
}

const NOW = '2026-11-23T09:30';
const CARD = '老年优待证';
const YES = ['对', '对，就这么着', '是', '行', '好'];
const GO_ON = ['行', '好', '成'];
const NO = ['不用了', '不了'];
const DAYS: { words: string[]; date: string }[] = [
  { words: ['后天上午', '后天'], date: '2026-11-25' },
  { words: ['礼拜四', '礼拜四上午', '这礼拜四'], date: '2026-11-26' },
  { words: ['礼拜五', '二十七号'], date: '2026-11-27' },
  { words: ['明天', '明天上午'], date: '2026-11-24' },
];
const OTHER_DAY = '下礼拜二';

const bookingsOf = (db: Db, residents: string[]) =>
  db
    .select({ day: slot.day, state: booking.state, matter: booking.matter })
    .from(booking)
    .innerJoin(slot, eq(slot.id, booking.slotId))
    .where(inArray(booking.residentId, residents));

function collecting(day: (typeof DAYS)[number]): Goal {
  return {
    name: 'collect',
    errand: 'pickup',
    home: { now: NOW, resident: { readyCertificates: [CARD] } },
    opening: ['我想约个时间去拿老年证', '给我约个日子取优待证', '约个时间去取老年证'],
    answers: {
      'pickup.whichDay': day.words,
      'pickup.twoTimes': ['第一个', '头一个', '第二个'],
      'pickup.nearestTwo': ['第一个'],
      'pickup.oneTime': YES,
      'pickup.readBack': YES,
    },
    wrong: { 'pickup.whichDay': `${OTHER_DAY}，不对不对，${day.words[0]}` },
    wants: { item: CARD, date: day.date },
    done: ['pickup.booked'],
    holds: async (db, residents) => {
      const all = await bookingsOf(db, residents);
      return all.length === 1 && all[0]?.day === day.date && all[0].state === 'booked' && all[0].matter === CARD;
    },
  };
}

const standing = [{ matter: CARD, day: '2026-11-25', start: '09:00' }];

function cancelling(): Goal {
  return {
    name: 'cancel',
    errand: 'pickup',
    home: { now: NOW, resident: { readyCertificates: [CARD], booked: standing } },
    opening: ['我约的取证取消了吧', '取证那个我不去了，给我取消', '把我约的取消了'],
    answers: { 'pickup.reallyCancel': ['对，取消', '对', '是，取消吧'] },
    wrong: {},
    wants: {},
    done: ['pickup.cancelled'],
    holds: async (db, residents) => (await bookingsOf(db, residents)).every(({ state }) => state === 'cancelled'),
  };
}

function changing(day: (typeof DAYS)[number]): Goal {
  return {
    name: 'change',
    errand: 'pickup',
    home: { now: NOW, resident: { readyCertificates: [CARD], booked: standing } },
    opening: ['取证的日子我想改改', '约好的时间给我改一下', '我取证那天去不了，换一天'],
    answers: {
      'pickup.whichDay': day.words,
      'pickup.already': YES,
      'pickup.twoTimes': ['第一个', '第二个'],
      'pickup.nearestTwo': ['第一个'],
      'pickup.oneTime': YES,
      'pickup.readBackChange': YES,
      'pickup.reallyCancel': ['不是，改时间'],
    },
    wrong: { 'pickup.whichDay': `${OTHER_DAY}，不对不对，${day.words[0]}` },
    wants: { date: day.date },
    done: ['pickup.changed'],
    holds: async (db, residents) => {
      const all = await bookingsOf(db, residents);
      return all.length === 1 && all[0]?.day === day.date && all[0].state === 'booked';
    },
  };
}

function applying(): Goal {
  return {
    name: 'apply',
    errand: 'apply',
    home: { now: NOW, resident: { pin: '3719', age: 62, phone: '13800001234' } },
    opening: ['给我办个老年证', '我想申请老年优待证', '我要办老年证'],
    answers: {
      'apply.whichKind': ['头一回办', '第一次办'],
      'apply.confirmPhone': GO_ON,
      'apply.howMaterials': ['第一个', '取证那天带来'],
      'apply.promise': ['我承诺', '承诺'],
      'apply.readBackFirst': YES,
      'apply.readBackPromise': YES,
      'apply.readBackNoPromise': YES,
      'apply.handIn': ['交吧', '好', '行，交上去'],
      'identity.pin': ['三七一九'],
      'identity.pinUnheard': ['三七一九'],
      'identity.pinWrong': ['三七一九'],
      'apply.partner': NO,
    },
    wrong: { 'apply.whichKind': '补办，不对，头一回办' },
    wants: { item: CARD, kind: 'first' },
    done: ['apply.submitted'],
    holds: async (db, residents) => {
      const all = await db.select().from(application).where(inArray(application.residentId, residents));
      return all.length === 1 && all[0]?.state === 'submitted' && all[0].kind === 'first' && all[0].matter === CARD;
    },
  };
}

function visiting(day: (typeof DAYS)[number]): Goal {
  return {
    name: 'visit',
    errand: 'visit',
    home: { now: NOW, resident: { flags: { special: { grade: 1 }, mobility: true } } },
    opening: ['我下不了楼，能来家里办老年证吗', '让人上门来给我办老年证'],
    answers: {
      'visit.whichMatter': ['老年证'],
      'visit.whichDay': [`${day.words[0]}`],
      'visit.otherDay': day.words,
      'visit.whichHalf': ['上午', '上午吧'],
      'visit.readBack': YES,
    },
    wrong: { 'visit.whichDay': `${OTHER_DAY}，不对不对，${day.words[0]}` },
    wants: { item: CARD, date: day.date },
    done: ['visit.noted'],
    holds: async (db, residents) => {
      const all = await db.select().from(visit).where(inArray(visit.residentId, residents));
      return all.length === 1 && all[0]?.day === day.date && all[0].matter === CARD;
    },
  };
}

function complaining(): Goal {
  return {
    name: 'complain',
    errand: 'complaint',
    home: { now: NOW, resident: {} },
    opening: ['我要投诉', '我有意见要提'],
    answers: {
      'complaint.ask_complaint': ['窗口那个人说话太冲，我去了三趟都没办成', '排队排了一上午没人管'],
      'complaint.ask_suggestion': ['窗口那个人说话太冲', '排队排了一上午没人管'],
      'complaint.ask_cannot_get_done': ['老年证跑了三趟没办成'],
      'complaint.readBack': ['行', '就这么交', '对'],
      'complaint.handIn': ['行', '交吧'],
      'complaint.addThis': ['不用写', '这句别写'],
      'conversation.meant_complaint': ['对'],
    },
    wrong: {},
    wants: {},
    done: ['complaint.noted'],
    holds: async (db, residents) =>
      (await db.select().from(ticket).where(inArray(ticket.residentId, residents))).length === 1,
  };
}

function rates(): Goal {
  return {
    name: 'rate',
    errand: 'rate',
    home: { now: NOW, resident: { finished: [{ service: 'call', daysAgo: 1, clerk: '小王' }] } },
    opening: ['我要评价', '我给打个分'],
    answers: {
      'rate.ask_call': ['满意', '挺满意的'],
      'rate.confirm_call': YES,
    },
    wrong: { 'rate.ask_call': '不满意，哎不是，满意' },
    wants: {},
    done: ['rate.thanked'],
    holds: async (db, residents) => {
      const all = await db.select().from(rating).where(inArray(rating.residentId, residents));
      return all.length === 1 && (all[0]?.level ?? 9) <= 2;
    },
  };
}

/** One of each, with days drawn by the seed. */
export const goalsFor = (random: Random): Goal[] => [
  collecting(random.pick(DAYS)),
  cancelling(),
  changing(random.pick(DAYS.filter(({ date }) => date !== '2026-11-25'))),
  applying(),
  visiting(random.pick(DAYS)),
  complaining(),
  rates(),
];

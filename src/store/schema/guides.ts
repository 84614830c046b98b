/** What is known of a matter (事项): the elements and the fields of the standard. */
import { date, integer, jsonb, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import { id, sample, times } from './columns.ts';
import { staff } from './staff.ts';

export const guide = pgTable(
  'guide',
  {
    id: id(),
    /** Official name of the matter, as in intents/items.yaml. */
    matter: text().notNull(),
    version: integer().notNull(),
    effectiveFrom: date({ mode: 'string' }).notNull(),
    effectiveUntil: date({ mode: 'string' }),
    /** The thirteen elements of 津滨政办发〔2017〕40号 and the spoken extras: see catalogue/README.md. */
    elements: jsonb().$type<GuideElements>().notNull(),
    department: text().notNull(),
    source: text().notNull(),
    checkedOn: date({ mode: 'string' }).notNull(),
    state: text({ enum: ['draft', 'submitted', 'effective', 'withdrawn'] })
      .notNull()
      .default('effective'),
    /** Who wrote this version, and the other one who signed it. */
    submittedBy: uuid().references(() => staff.id),
    signedBy: uuid().references(() => staff.id),
    /** Why it was sent back, or what the next editor should know. */
    remark: text(),
    sample: sample(),
    ...times,
  },
  (t) => [unique('guide_version').on(t.matter, t.version)],
);

export interface GuideMaterial {
  name: string;
  original?: number;
  copies?: number;
  note?: string;
  /** Already held by the system: need not be brought. */
  onFile?: boolean;
}

export interface GuideElements {
  /** 一句话: what it is, in plain words. */
  gist: string;
  acceptedBy: string;
  category: string;
  basis: string;
  audience: string;
  conditions: string;
  materials: GuideMaterial[];
  commonMistakes: string;
  steps: string;
  fee: string;
  timeLimit: string;
  enquiry: string;
  supervision: string;
  place: string;
  hours: string;
  phone?: string;
  channels: string;
  trips: string;
  amount?: string;
  /** What one gets by age, youngest first, each said by itself: she hears hers alone. */
  amounts?: { ageFrom: number; text: string }[];
  /** Said after the materials when the list is not known to be whole. */
  materialsNote?: string;
  /** What is listed is only what is surely needed; the window has the rest. */
  materialsPartial?: boolean;
  /** Whether what was not drawn in time is made good. */
  arrears?: string;
  /** Who may have it, where a rule of age and hukou is known. */
  rule?: EligibilityRule;
  /** Can be applied for at the speaker. */
  byVoice?: boolean;
  /** The documents that the facts rest on. */
  sources?: GuideSource[];
  /** Not to be named aloud while others may listen. */
  sensitive?: boolean;
  standard?: GuideStandard;
  gistEn?: string;
  materialsEn?: string[];
  conditionsEn?: string;
  amountEn?: string;
  arrearsEn?: string;
  feeEn?: string;
  timeLimitEn?: string;
  placeEn?: string;
  hoursEn?: string;
}

/** Fields of GB/T 39046—2020 (事项管理) beside the elements; codes are the standard's. */
export interface GuideStandard {
  /** 基本编码, 实施编码. */
  basicCode?: string;
  implementationCode?: string;
  /** 事项类型, table A.1. */
  matterType?: string;
  /** 服务对象, table A.4. */
  servedCode?: string;
  /** 办理形式, table A.5. */
  formCode?: string;
  /** 办件类型, table A.6: 1 at once, 2 promised. */
  caseType?: string;
  legalLimit?: string;
  promisedLimit?: string;
  resultName?: string;
  charged?: boolean;
  bookable?: boolean;
  courier?: boolean;
  online?: boolean;
  complaintPhone?: string;
}

export interface GuideSource {
  document: string;
  /** 文号. */
  number?: string;
  /** When it was issued or says it holds: a year, a month or a day. */
  date?: string;
  link?: string;
  /** H official text read, M official text by a mirror or the press, L content page, K own knowledge, A assumption. */
  confidence: 'H' | 'M' | 'L' | 'K' | 'A';
  /** The elements that it covers. */
  covers: string[];
}

export interface EligibilityRule {
  ageFrom: number;
  /** May be applied for so many months before that birthday. */
  earlyMonths?: number;
  hukou?: ('binhai' | 'tianjin' | 'outside')[];
  /** What holds for another hukou: `unknown` goes to a person, never a refusal. */
  otherHukou?: 'no' | 'unknown';
}

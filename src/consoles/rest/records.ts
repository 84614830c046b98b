/** What the REST interface answers, as far as the pages show it. Times are ISO 8601 with +08:00, days `YYYY-MM-DD`, people masked. */

export interface Ref {
  id: string;
  name: string;
}

export interface Row {
  id: string;
  createdAt: string;
  updatedAt: string;
}

export interface Page<T> {
  items: T[];
  page: number;
  pageSize: number;
  total: number;
}

export type Role = 'clerk' | 'supervisor' | 'operator' | 'officer' | 'auditor' | 'security';

export interface Session {
  person: Ref;
  role: Role;
  csrfToken: string;
  place: Ref | null;
  duty: 'A' | 'B' | null;
  /** Signed in with a password that somebody else has set: nothing else works until it is changed. */
  mustChangePassword: boolean;
}

export interface Booking extends Row {
  matter: string;
  direction: 'collect' | 'hand_in';
  directionText?: string;
  mode: string;
  modeText?: string;
  place: Ref | null;
  start: string;
  end: string;
  state: 'booked' | 'attended' | 'missed' | 'cancelled';
  stateText?: string;
  resident: Ref | null;
  speaker: Ref | null;
  collector?: string | null;
}

export type CarrierState = 'ringing' | 'talked' | 'no_answer' | 'busy' | 'failed';

export interface Callback extends Row {
  resident: Ref | null;
  speaker: Ref | null;
  station: Ref | null;
  clerk: Ref | null;
  reason: string;
  reasonText?: string;
  matter: string | null;
  wanted: string | null;
  dueAt: string;
  tries: number;
  /** A carrier can ring both. */
  rings?: boolean;
  carrier?: { state: CarrierState; at: string } | null;
  state: 'open' | 'closed';
  stateText?: string;
  outcome: string | null;
  outcomeText?: string | null;
  /** What whoever rings is to know. */
  wishesText?: string[];
  notes: string | null;
}

export interface CaseStep {
  id?: string;
  status: string;
  statusText?: string;
  note: string | null;
  by?: Ref | null;
  at: string;
}

export interface Case extends Row {
  number: string;
  shortNumber?: string;
  matter: string;
  status: string;
  statusText?: string;
  delivery: 'none' | 'ready' | 'collected' | 'mailed';
  deliveryText?: string;
  promisedOn: string | null;
  overdueDays?: number;
  missing?: string[];
  reason?: string | null;
  remedy?: string | null;
  resident: Ref | null;
  handler?: Ref | null;
  firstOwner?: Ref | null;
  sensitive?: boolean;
  askedTwice?: boolean;
  steps?: CaseStep[];
  told?: { guideVersion: number; at: string; materials: string[] }[];
}

export interface Speaker extends Row {
  serial: string;
  brand: string;
  brandText: string;
  deviceId: string;
  status: 'new' | 'bound' | 'suspended' | 'wiped';
  statusText: string;
  household: { id: string; name: string; community: string; building: string; unit: string } | null;
  residents: { id: string; called: string }[];
  room: string | null;
  firmware: string | null;
  lastSeenAt: string | null;
  online: boolean;
}

export interface GuideMaterial {
  name: string;
  original?: number;
  copies?: number;
  note?: string;
  onFile?: boolean;
}

/** What one gets from an age on. */
export interface GuideAmount {
  ageFrom: number;
  text: string;
}

export interface Guide extends Row {
  matter: string;
  version: number;
  effectiveFrom: string;
  effectiveUntil: string | null;
  elements?: { materials?: GuideMaterial[]; amounts?: GuideAmount[]; [text: string]: unknown };
  department: string;
  source: string;
  checkedOn: string;
  stale?: boolean;
  submittedBy?: Ref | null;
  signedBy?: Ref | null;
  remark?: string | null;
  state: string;
  stateText?: string;
  sample?: boolean;
}

export interface AudienceRule {
  ageFrom?: number;
  ageTo?: number;
  turns?: { age: number; withinDays: number };
  hukou?: string[];
  community?: string[];
  flags?: string[];
}

export interface Policy extends Row {
  code?: string;
  title: string;
  gist: string;
  body?: string;
  source: string;
  matter: string | null;
  audience?: AudienceRule;
  titleEn?: string | null;
  gistEn?: string | null;
  startsAt?: string | null;
  canary?: boolean;
  expected?: number | null;
  remark?: string | null;
  validFrom: string;
  validUntil: string | null;
  sensitive: boolean;
  version: number;
  state: string;
  stateText?: string;
  submittedBy?: Ref | null;
  signedBy?: Ref | null;
}

export interface AuditRow extends Row {
  at: string;
  actor: Ref & { kind: string; kindText: string };
  role: string;
  roleText: string;
  action: string;
  actionText: string;
  resident: Ref | null;
  residentId: string | null;
  subject: string | null;
  fields: string[];
  reason: string | null;
  result: 'done' | 'denied' | 'failed';
  resultText: string;
  sealed: boolean;
}

/** `GET /readyz`. */
export interface Readiness {
  ready: boolean;
  /** `up` or not. */
  database?: string;
  engine?: string;
  redis?: string;
  speech?: string;
  platforms?: Record<string, boolean>;
  clock?: { now: string; demo: boolean };
  /** Live calls are there: the clerk's presence matters. */
  live?: boolean;
}

/** `GET /api/demo/speakers`: only where the sample community runs. */
export interface DemoSpeaker {
  deviceId: string;
  household: string;
  residents: { called: string; age: number }[];
}

export interface Visit extends Row {
  resident: Ref | null;
  matter: string;
  day: string;
  half: 'AM' | 'PM';
  halfText: string;
  worker: Ref | null;
  state: 'requested' | 'planned' | 'done' | 'cancelled';
  stateText: string;
  /** What whoever comes is to know. */
  wishesText?: string[];
  notes: string | null;
}

export interface Ticket extends Row {
  number: string;
  kind: string;
  kindText: string;
  resident: Ref | null;
  department: string | null;
  owner: Ref | null;
  dueAt: string;
  overdue: boolean;
  answer: string | null;
  state: 'open' | 'answered' | 'closed';
  stateText: string;
  /** What she said, in the single item only. */
  text?: string | null;
}

export interface Application extends Row {
  matter: string;
  kind: string | null;
  kindText: string | null;
  state: 'draft' | 'submitted' | 'withdrawn' | 'closed';
  stateText: string;
  resident: Ref | null;
  materials: string[];
  expiresAt: string | null;
}

export interface ApplicationAnswers {
  kind?: string | null;
  materials?: 'pickup' | 'home' | 'file' | null;
  promise?: 'yes' | 'no' | null;
}

/** `GET /api/applications/:id/draft`. */
export interface Draft extends ApplicationAnswers {
  /** Masked, or that the known number holds. */
  phone?: string | null;
}

export interface Offers {
  items: { slotId: string; place: Ref; day: string; start: string; end: string; exact: boolean }[];
}

export interface Colleague extends Ref {
  duty: 'A' | 'B' | null;
  place: Ref | null;
  skills: string[];
}

export interface CallPart {
  at: string;
  asked: number;
  answered: number;
  abandoned: number;
  callbacks: number;
  waitMedian: number | null;
  waitMost: number | null;
  talkMedian: number | null;
}

/** `GET /api/calls/figures`. */
export interface CallFigures {
  parts: CallPart[];
  total: Omit<CallPart, 'at'> & { firstContact: number | null };
}

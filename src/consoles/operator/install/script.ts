/** What stands so far of the five minutes at somebody's home. */
export interface Installation {
  id: string;
  speakerId: string;
  residentId: string;
  openUntil: string;
  steps: { step: StepName; stepText: string; doneAt: string | null }[];
  called: string;
  hearing: boolean;
  locale: 'zh-CN' | 'en-US';
  hasPin: boolean;
  quietFrom: string;
  quietUntil: string;
  consents: { purpose: Purpose; purposeText: string; text: string; given: boolean | null }[];
  contact: { name: string; relation: string; phone: string } | null;
}

export type StepName =
  | 'called'
  | 'hearing'
  | 'language'
  | 'pin'
  | 'consent'
  | 'contact'
  | 'quiet'
  | 'chime'
  | 'sticker';
export type Purpose = 'data' | 'push' | 'sms' | 'relatives';

/** What a step is handed: where it stands, and how it is answered. */
export interface StepProps {
  now: Installation;
  pending: boolean;
  /** Keeps the answer and goes on. */
  answer: (body: object, step?: string) => void;
  skip: () => void;
}

/** Alexa's own reminder: kept by the device, spoken in the evening before, where she has permitted it in the app. */
import { callOut } from '../../outward.ts';
import { at, textAt } from '../foreign.ts';
import type { Locale, Reminder } from '../platform.ts';

const PERMISSION = 'alexa::alerts:reminders:skill:readwrite';
const PATH = '/v1/alerts/reminders';
const DEADLINE_MS = 1_500;
const ZONE = 'Asia/Shanghai';

export interface RemindParts {
  /** Of the region: a request may not name another address for the user's token. */
  apiUrl: string;
  /** True once for a key, on whichever instance: a request that comes again makes no second reminder. */
  once: (key: string) => Promise<boolean>;
  now: () => Date;
}

/** Asks the user for the permission, on a card in the app. */
export const PERMISSIONS = [PERMISSION];

/** Whether she has permitted reminders. */
export function mayRemind(body: unknown): boolean {
  const scopes = at(body, 'context', 'System', 'user', 'permissions', 'scopes');
  return textAt(scopes, PERMISSION, 'status') === 'GRANTED';
}

/** Makes the reminder; false where it was not taken: our own notice comes in any case. */
export async function remind(
  body: unknown,
  { requestId, locale }: { requestId: string; locale: Locale },
  reminder: Reminder,
  { apiUrl, once, now }: RemindParts,
): Promise<boolean> {
  const token = textAt(body, 'context', 'System', 'apiAccessToken');
  if (!token || !mayRemind(body) || !(await once(`alexa-reminder:${requestId}`))) return false;
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const call = { method: 'POST' as const, headers, body: JSON.stringify(requestOf(reminder, locale, now())) };
  return callOut(new URL(PATH, apiUrl), { ...call, deadlineMs: DEADLINE_MS }).then(
    ({ status }) => status >= 200 && status < 300,
    () => false,
  );
}

const requestOf = ({ day, time, text }: Reminder, locale: Locale, now: Date) => ({
  requestTime: now.toISOString().replace('Z', ''),
  trigger: { type: 'SCHEDULED_ABSOLUTE', scheduledTime: `${day}T${time}:00.000`, timeZoneId: ZONE },
  alertInfo: { spokenInfo: { content: [{ locale, text }] } },
  pushNotification: { status: 'ENABLED' },
});

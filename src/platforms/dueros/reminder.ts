/**
 * The speaker's own reminder, since nothing can be pushed to it: she is asked for the permission with the reply that
 * promised it, and the permission's event is answered with the reminder. What to remind of travels in the token.
 */
import { shanghaiInstant } from '../../clock.ts';
import { textAt, tryParse } from '../foreign.ts';
import type { Reminder } from '../platform.ts';

const PERMISSION = 'RECORD::REMINDER';
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^\d{2}:\d{2}$/;

/** Whether its time is still to come. */
export const isAhead = ({ day, time }: Reminder, now: Date): boolean => shanghaiInstant(day, time) > now;

/** The directive that asks her phone for the permission. The token comes back with the answer, so nothing is kept here meanwhile. */
export function askToRemind(reminder: Reminder): object {
  const token = Buffer.from(JSON.stringify(reminder)).toString('base64url');
  return { type: 'Permission.AskForPermissionsConsent', token, permissions: [{ name: PERMISSION }] };
}

/** The directive that a granted permission is answered with; undefined for every other request, and for a token that is not ours. */
export function reminderGranted(body: unknown): object | undefined {
  if (textAt(body, 'request', 'type') !== 'Permission.Granted') return undefined;
  const token = textAt(body, 'request', 'token') ?? '';
  const wished = tryParse(Buffer.from(token, 'base64url').toString('utf8'));
  const [day, time, text] = [textAt(wished, 'day'), textAt(wished, 'time'), textAt(wished, 'text')];
  if (!text || !DAY.test(day ?? '') || !TIME.test(time ?? '')) return undefined;
  return {
    type: 'Reminder.CreateReminder',
    token,
    alertInfo: { spokenInfo: { content: [{ type: 'plainText', text }] } },
    trigger: { scheduledDate: day, scheduledTime: time },
  };
}

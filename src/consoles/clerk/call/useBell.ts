import { useEffect, useRef } from 'react';
import type { Ringing } from '../../live/live.ts';
import { type Bell, createBell } from '../../sound/bell.ts';
import { t } from '../../words/clerk.ts';
import { reasonWords } from './words.ts';

/** Rings, says it in the tab's title, and tells the system where the page is not looked at. */
export function useBell(ringing: Ringing[]): void {
  const bell = useRef<Bell>(undefined);
  const rings = ringing.length > 0;
  useEffect(() => {
    if (!rings) return;
    bell.current ??= createBell();
    bell.current.ring();
    const title = document.title;
    document.title = t.callHomeServices;
    return () => {
      bell.current?.stop();
      document.title = title;
    };
  }, [rings]);

  const first = ringing[0];
  const call = first?.call;
  const why = first ? reasonWords(first.reason) : '';
  useEffect(() => {
    if (!call || !document.hidden || !('Notification' in window) || Notification.permission !== 'granted') return;
    // No name: a notification is seen by whoever stands at the screen.
    const told = new Notification(t.homeServicesResidentCalling, { body: why, tag: call, requireInteraction: true });
    told.onclick = () => {
      window.focus();
      told.close();
    };
    return () => told.close();
  }, [call, why]);
}

/** Asks the browser once whether it may notify; only on a click, as browsers want it. */
export async function allowNotifications(): Promise<NotificationPermission> {
  return 'Notification' in window ? Notification.requestPermission() : 'denied';
}

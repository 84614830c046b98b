import { App, Button, Select } from 'antd';
import { useState } from 'react';
import type { AwayReason, Presence } from '../../calls/wire.ts';
import { useDeskLine } from '../live/useLive.ts';
import { t } from '../words/clerk.ts';
import { allowNotifications } from './call/useBell.ts';
import { awayWords } from './call/words.ts';

const OPTIONS = [
  { value: 'available', label: t.hereTakesCalls },
  { value: 'busy', label: t.busyNoCalls },
  {
    label: t.away,
    options: Object.entries(awayWords).map(([reason, label]) => ({
      value: `away.${reason}`,
      label: t.awayShort(label),
    })),
  },
];

function presenceOf(value: string): Presence {
  const [state, reason] = value.split('.');
  if (state === 'away') return { state: 'away', reason: reason as AwayReason };
  return { state: state === 'busy' ? 'busy' : 'available' };
}

const optionOf = ({ state, reason }: Presence) => (state === 'away' ? `away.${reason ?? 'other'}` : state);

/** Whether calls ring here, kept on the server: a reload changes nothing. */
export function PresenceSwitch() {
  const { live, say } = useDeskLine();
  const { message } = App.useApp();
  const standing = live.link === 'open' ? live.presence : undefined;
  if (live.role === 'supervisor') return live.link === 'open' ? null : <Lost />;
  return (
    <>
      <Bell />
      {live.link === 'open' ? null : <Lost />}
      <Select
        className="presence"
        aria-label={t.whetherYouCanTakeCalls}
        data-state={standing?.state ?? 'lost'}
        disabled={!standing}
        placeholder={t.connecting}
        value={standing && optionOf(standing)}
        options={OPTIONS}
        onChange={(value) => void say(presenceOf(value)).catch((error: Error) => message.error(error.message))}
      />
    </>
  );
}

function Lost() {
  return (
    <span className="chip" data-tone="late" role="status">
      {t.offlineNoCallCanRing}
    </span>
  );
}

/** Asks once for the browser's notifications: a clerk looks at other windows too. */
function Bell() {
  const [asked, setAsked] = useState(() => !('Notification' in window) || Notification.permission !== 'default');
  if (asked) return null;
  return (
    <Button className="presence-bell" onClick={() => void allowNotifications().finally(() => setAsked(true))}>
      {t.alertMeWhenCallComes}
    </Button>
  );
}

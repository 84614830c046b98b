import { App, Button, Select } from 'antd';
import { useState } from 'react';
import type { AwayReason, Presence } from '../../calls/wire.ts';
import { useDeskLine } from '../live/useLive.ts';
import { allowNotifications } from './call/useBell.ts';
import { awayWords } from './call/words.ts';

const OPTIONS = [
  { value: 'available', label: '在，能接' },
  { value: 'busy', label: '忙，先不接' },
  {
    label: '离开',
    options: Object.entries(awayWords).map(([reason, label]) => ({
      value: `away.${reason}`,
      label: `离开 · ${label}`,
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
        aria-label="现在能不能接电话"
        data-state={standing?.state ?? 'lost'}
        disabled={!standing}
        placeholder="正在连"
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
      没连上，电话响不了
    </span>
  );
}

/** Asks once for the browser's notifications: a clerk looks at other windows too. */
function Bell() {
  const [asked, setAsked] = useState(() => !('Notification' in window) || Notification.permission !== 'default');
  if (asked) return null;
  return (
    <Button className="presence-bell" onClick={() => void allowNotifications().finally(() => setAsked(true))}>
      来电时提醒我
    </Button>
  );
}

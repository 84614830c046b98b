import { Select } from 'antd';
import { useReadiness } from '../rest/readiness.ts';
import { type Away, type Presence, usePresence } from './usePresence.ts';

const AWAY: Record<Away, string> = { lunch: '吃饭', visit: '入户', meeting: '开会', training: '培训', other: '有事' };

const OPTIONS = [
  { value: 'available', label: '在，能接' },
  { value: 'busy', label: '忙，先不接' },
  {
    label: '离开',
    options: Object.entries(AWAY).map(([reason, label]) => ({ value: `away.${reason}`, label: `离开 · ${label}` })),
  },
];

function presenceOf(value: string): Presence {
  const [state, reason] = value.split('.');
  if (state === 'away') return { state: 'away', reason: reason as Away };
  return { state: state === 'busy' ? 'busy' : 'available' };
}

/** Whether calls ring here. Shown where the server has live calls. */
export function PresenceSwitch() {
  const live = useReadiness().data?.live === true;
  const { presence, connected, say } = usePresence(live);
  if (!live) return null;
  return (
    <Select
      className="presence"
      aria-label="现在能不能接电话"
      data-state={connected ? presence.state : 'lost'}
      value={presence.state === 'away' ? `away.${presence.reason}` : presence.state}
      options={OPTIONS}
      onChange={(value) => say(presenceOf(value))}
    />
  );
}

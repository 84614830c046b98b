import { useIsFetching, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useDeskLine } from '../live/useLive.ts';
import { useAttention } from '../rest/attention.ts';
import { dayOf, dayWords, timeOf } from '../rest/days.ts';
import { useBusinessNow } from '../rest/readiness.ts';
import { t } from '../words/clerk.ts';

/** The day, the hour, and that the lists below are fresh. */
export function DayHead({ onHelp }: { onHelp: () => void }) {
  const now = useBusinessNow();
  const queries = useQueryClient();
  const awake = useAttention();
  const { live } = useDeskLine();
  const reading = useIsFetching({ queryKey: ['list'] }) > 0;
  return (
    <div className="day-head">
      <p className="day-date">
        {dayWords(dayOf(now))}
        <span className="figures">{timeOf(now)}</span>
      </p>
      <p className="day-fresh" data-reading={reading}>
        {freshness(live.link === 'open', awake)}
      </p>
      <StartWork />
      <Button className="day-button" onClick={() => queries.invalidateQueries({ queryKey: ['list'] })}>
        {t.updateNow}
      </Button>
      <Button className="day-button" onClick={onHelp}>
        {t.keys} <kbd className="kbd">?</kbd>
      </Button>
    </div>
  );
}

function freshness(connected: boolean, awake: boolean): string {
  if (connected) return t.changesAreShownAtOnce;
  return awake ? t.offlineLooksEverySeconds : t.restingMoveMouseGoOn;
}

/** Signed in is not yet at the desk: one tap says so, and asks the browser for the microphone while nobody waits. */
function StartWork() {
  const { live, say, prepare } = useDeskLine();
  const { message } = App.useApp();
  if (live.link !== 'open' || live.presence?.state !== 'away' || live.role !== 'clerk') return null;
  const start = () => {
    prepare();
    void say({ state: 'available' }).catch((error: Error) => message.error(error.message));
  };
  return (
    <Button type="primary" size="large" onClick={start}>
      {t.takeCalls}
    </Button>
  );
}

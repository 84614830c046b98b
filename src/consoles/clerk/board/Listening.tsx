import { App, Button } from 'antd';
import type { CallFrame } from '../../../calls/wire.ts';
import { useDeskLine } from '../../live/useLive.ts';
import { t } from '../../words/clerk.ts';

const WORDS: Partial<Record<CallFrame['role'], string>> = {
  listen: t.youAreListeningBothCan,
  coach: t.onlyYourColleagueHearsYou,
  barge: t.allThreeHearOneAnother,
};

/** That one listens, and who hears one: never forgotten in the background. */
export function Listening({ call }: { call: CallFrame }) {
  const { live, leave } = useDeskLine();
  const { message } = App.useApp();
  const standing = live.leg.state === 'connected' ? WORDS[call.role] : t.joining;
  return (
    <p className="call-bar listening" role="status">
      <span className="call-bar-who">
        <span className="call-bar-name">{t.and(call.clerk?.name, call.resident?.name ?? t.resident)}</span>
        {standing}
      </span>
      <Button size="large" onClick={() => void leave().catch((error: Error) => message.error(error.message))}>
        {t.leave}
      </Button>
    </p>
  );
}

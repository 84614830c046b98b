import { App, Button } from 'antd';
import type { CallFrame } from '../../../calls/wire.ts';
import { useDeskLine } from '../../live/useLive.ts';

const WORDS: Partial<Record<CallFrame['role'], string>> = {
  listen: '您在听，两边都看得见有人在听，听不见您',
  coach: '只有同事听得见您',
  barge: '三方都听得见您',
};

/** That one listens, and who hears one: never forgotten in the background. */
export function Listening({ call }: { call: CallFrame }) {
  const { live, leave } = useDeskLine();
  const { message } = App.useApp();
  const standing = live.leg.state === 'connected' ? WORDS[call.role] : '正在接进去';
  return (
    <p className="call-bar listening" role="status">
      <span className="call-bar-who">
        <span className="call-bar-name">
          {call.clerk?.name} 和 {call.resident?.name ?? '居民'}
        </span>
        {standing}
      </span>
      <Button size="large" onClick={() => void leave().catch((error: Error) => message.error(error.message))}>
        不听了
      </Button>
    </p>
  );
}

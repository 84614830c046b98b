import { App, Button } from 'antd';
import { useState } from 'react';
import type { CallFrame } from '../../../calls/wire.ts';
import { useDeskLine } from '../../live/useLive.ts';
import { useBusinessNow } from '../../rest/readiness.ts';
import { lasting } from './clock.ts';
import { TransferSheet } from './TransferSheet.tsx';
import { audioWords, callStates, roleWords } from './words.ts';

/** Who is on the line, how it stands, and what can be done with it; always on screen while a call lasts. */
export function CallBar({ call }: { call: CallFrame }) {
  const state = callStates[call.state];
  return (
    <header className="call-bar" data-state={call.state}>
      <div className="call-bar-who">
        <p className="call-bar-name">
          {call.resident?.name ?? call.brief?.resident?.name ?? '没说名字'}
          <span className="chip" data-tone={state.tone}>
            {state.words}
          </span>
        </p>
        <p className="call-bar-time">
          <Since since={call.since} /> <Standing call={call} />
        </p>
      </div>
      <Watchers call={call} />
      {call.state === 'wrapping' ? null : <Actions call={call} />}
    </header>
  );
}

function Since({ since }: { since: string | undefined }) {
  const now = useBusinessNow(1_000);
  if (!since) return null;
  return <span className="figures">{lasting(now.getTime() - Date.parse(since))}</span>;
}

/** What is not as it should be, or why she cannot be heard yet. */
function Standing({ call }: { call: CallFrame }) {
  const { live } = useDeskLine();
  const audio = live.leg.audio ?? call.audio;
  if (live.microphone === 'refused') return <Trouble>浏览器没让用话筒：请在地址栏左边允许，她才听得见您。</Trouble>;
  if (call.lost === 'speaker') return <Trouble>她的音箱断了线，正在等它回来，先别挂。</Trouble>;
  if (live.link !== 'open') return <Trouble>跟服务器断了，声音不受影响，正在重新连。</Trouble>;
  if (live.leg.state === 'lost' || live.leg.state === 'failed') return <Trouble>网断了，正在重新接通。</Trouble>;
  if (audio && audio !== 'ok' && call.state === 'talking') return <Trouble>{audioWords[audio]}</Trouble>;
  if (call.state === 'connecting') return <span className="row-quiet">音箱正在告诉她您是谁</span>;
  return null;
}

function Trouble({ children }: { children: string }) {
  return (
    <span className="call-trouble" role="status">
      {children}
    </span>
  );
}

/** Who listens is never hidden from the clerk. */
function Watchers({ call }: { call: CallFrame }) {
  if (!call.watchers?.length) return null;
  return (
    <p className="call-watchers" role="status">
      {call.watchers.map(({ id, name, role }) => (
        <span key={id} className="chip" data-tone="info">
          {name}
          {roleWords[role]}
        </span>
      ))}
    </p>
  );
}

function Actions({ call }: { call: CallFrame }) {
  const { hold, hangup } = useDeskLine();
  const { message } = App.useApp();
  const [handing, setHanding] = useState(false);
  const tell = (work: Promise<void>) => void work.catch((error: Error) => message.error(error.message));
  const held = call.state === 'held';
  const talks = call.state === 'talking' || held;
  return (
    <div className="call-actions">
      <Button size="large" data-call-key="h" disabled={!talks} aria-pressed={held} onClick={() => tell(hold(!held))}>
        {held ? '接着说' : '请她等一下'} <kbd className="kbd">h</kbd>
      </Button>
      <Button size="large" data-call-key="t" disabled={!talks} onClick={() => setHanding(true)}>
        转给同事 <kbd className="kbd">t</kbd>
      </Button>
      <Button size="large" danger type="primary" data-call-key="X" onClick={() => tell(hangup())}>
        挂断 <kbd className="kbd">⇧X</kbd>
      </Button>
      <TransferSheet open={handing} onClose={() => setHanding(false)} />
    </div>
  );
}

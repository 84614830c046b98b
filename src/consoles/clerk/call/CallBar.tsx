import { App, Button } from 'antd';
import { useState } from 'react';
import type { CallFrame } from '../../../calls/wire.ts';
import { useDeskLine } from '../../live/useLive.ts';
import { useBusinessNow } from '../../rest/readiness.ts';
import { t } from '../../words/clerk.ts';
import { lasting } from './clock.ts';
import { TransferSheet } from './TransferSheet.tsx';
import { audioWords, callStates, roleWords, unheardWords } from './words.ts';

/** Who is on the line, how it stands, and what can be done with it; always on screen while a call lasts. */
export function CallBar({ call }: { call: CallFrame }) {
  const state = callStates[call.state];
  return (
    <header className="call-bar" data-state={call.state}>
      <div className="call-bar-who">
        <p className="call-bar-name">
          {call.resident?.name ?? call.brief?.resident?.name ?? t.noNameGiven}
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
  if (live.microphone === 'refused') return <Trouble>{t.browserDidNotAllowMicrophone}</Trouble>;
  if (call.lost === 'speaker') return <Trouble>{t.speakerOfflineWaitingComeBack}</Trouble>;
  if (live.link !== 'open') return <Trouble>{t.serverOutReachSoundGoes}</Trouble>;
  if (live.leg.state === 'lost' || live.leg.state === 'failed')
    return <Trouble>{t.networkFailedConnectingAgain}</Trouble>;
  const { heard } = live.leg;
  if (audio && audio !== 'ok' && call.state === 'talking') return <Trouble>{audioWords[audio]}</Trouble>;
  if (heard && heard !== 'ok' && call.state === 'talking') return <Trouble>{unheardWords[heard]}</Trouble>;
  if (call.state === 'connecting') return <span className="row-quiet">{t.speakerTellingWhoYouAre}</span>;
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
          {t.watches(name, roleWords[role])}
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
        {held ? t.goOn : t.hold} <kbd className="kbd">h</kbd>
      </Button>
      <Button size="large" data-call-key="t" disabled={!talks} onClick={() => setHanding(true)}>
        {t.handOver} <kbd className="kbd">t</kbd>
      </Button>
      <Button size="large" danger type="primary" data-call-key="X" onClick={() => tell(hangup())}>
        {t.hangUp} <kbd className="kbd">⇧X</kbd>
      </Button>
      <TransferSheet open={handing} onClose={() => setHanding(false)} />
    </div>
  );
}

import { App, Button, Input, Modal } from 'antd';
import { useState } from 'react';
import type { Going as Row } from '../../../calls/wire.ts';
import { useDeskLine } from '../../live/useLive.ts';
import { useBusinessNow } from '../../rest/readiness.ts';
import { Panel } from '../../staff/Panel.tsx';
import { ListEmpty } from '../../staff/states.tsx';
import { t } from '../../words/clerk.ts';
import { listed } from '../../words/marks.ts';
import { lasting } from '../call/clock.ts';
import { callStates, roleWords } from '../call/words.ts';

/** Calls under way: to listen in, to help, and, where one is stuck, to end it. Each is written down and shown to the clerk. */
export function Going({ going }: { going: Row[] }) {
  const [forcing, setForcing] = useState<Row>();
  return (
    <Panel title={t.talkingNow} count={going.length}>
      {going.length === 0 ? <ListEmpty>{t.nobodyTalking}</ListEmpty> : null}
      <ul className="rows">
        {going.map((one) => (
          <GoingRow key={one.call} one={one} onForce={() => setForcing(one)} />
        ))}
      </ul>
      <ForceSheet one={forcing} onClose={() => setForcing(undefined)} />
    </Panel>
  );
}

function GoingRow({ one, onForce }: { one: Row; onForce: () => void }) {
  const { live } = useDeskLine();
  const now = useBusinessNow(1_000);
  const mine = one.watchers.find(({ id }) => id === live.me?.id);
  const state = callStates[one.state];
  return (
    <li className="row board-going">
      <div className="board-row">
        <span className="board-what">
          <span className="row-who">
            {t.and(one.clerk?.name ?? '—', one.resident?.name ?? t.noNameGiven)}
            <span className="chip" data-tone={state.tone}>
              {state.words}
            </span>
          </span>
          <span className="row-quiet">
            {listed(one.watchers.map(({ name, role }) => t.watches(name, roleWords[role])))}
          </span>
        </span>
        <span className="board-since figures">{lasting(now.getTime() - Date.parse(one.since))}</span>
      </div>
      <div className="row-actions">
        <Watch one={one} role={mine?.role} />
        <Button onClick={onForce}>{t.endByForce}</Button>
      </div>
    </li>
  );
}

const WAYS = [
  { role: 'listen', words: t.listen },
  { role: 'coach', words: t.coach },
  { role: 'barge', words: t.threeWay },
] as const;

function Watch({ one, role }: { one: Row; role: string | undefined }) {
  const { ask, leave } = useDeskLine();
  const { message } = App.useApp();
  const tell = (work: Promise<void>) => void work.catch((error: Error) => message.error(error.message));
  const talks = one.state === 'talking' || one.state === 'held' || one.state === 'transferring';
  return (
    <>
      {WAYS.map((way) => (
        <Button
          key={way.role}
          className={role === way.role ? 'do' : undefined}
          aria-pressed={role === way.role}
          disabled={!talks}
          onClick={() => tell(ask({ type: way.role, call: one.call }))}
        >
          {way.words}
        </Button>
      ))}
      {role ? <Button onClick={() => tell(leave())}>{t.leave}</Button> : null}
    </>
  );
}

function ForceSheet({ one, onClose }: { one: Row | undefined; onClose: () => void }) {
  const { ask } = useDeskLine();
  const { message } = App.useApp();
  const [reason, setReason] = useState('');
  const force = () => {
    if (!one) return;
    ask({ type: 'force', call: one.call, reason: reason.trim() })
      .then(() => {
        setReason('');
        onClose();
      })
      .catch((error: Error) => message.error(error.message));
  };
  return (
    <Modal
      title={t.endThisCallByForce}
      open={one !== undefined}
      onCancel={onClose}
      okText={t.endIt}
      okButtonProps={{ danger: true, disabled: reason.trim().length < 2 }}
      cancelText={t.no}
      onOk={force}
      width={460}
      destroyOnHidden
    >
      <p className="reveal-why">{t.bothSidesAreCutOff}</p>
      <label className="field-label" htmlFor="force-reason">
        {t.why}
      </label>
      <Input id="force-reason" maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />
    </Modal>
  );
}

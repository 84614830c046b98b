import { App, Button, Input, Modal } from 'antd';
import { useState } from 'react';
import type { Going as Row } from '../../../calls/wire.ts';
import { useDeskLine } from '../../live/useLive.ts';
import { useBusinessNow } from '../../rest/readiness.ts';
import { ListEmpty } from '../../staff/states.tsx';
import { lasting } from '../call/clock.ts';
import { callStates, roleWords } from '../call/words.ts';

/** Calls under way: to listen in, to help, and, where one is stuck, to end it. Each is written down and shown to the clerk. */
export function Going({ going }: { going: Row[] }) {
  const [forcing, setForcing] = useState<Row>();
  return (
    <section className="panel" aria-labelledby="going-title">
      <header className="panel-head">
        <h2 className="panel-title" id="going-title">
          正在说的
        </h2>
        <span className="panel-count">{going.length}</span>
      </header>
      {going.length === 0 ? <ListEmpty>没有正在说的电话</ListEmpty> : null}
      <ul className="rows">
        {going.map((one) => (
          <GoingRow key={one.call} one={one} onForce={() => setForcing(one)} />
        ))}
      </ul>
      <ForceSheet one={forcing} onClose={() => setForcing(undefined)} />
    </section>
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
            {one.clerk?.name ?? '—'} 和 {one.resident?.name ?? '没说名字'}
            <span className="chip" data-tone={state.tone}>
              {state.words}
            </span>
          </span>
          <span className="row-quiet">
            {one.watchers.map(({ name, role }) => `${name}${roleWords[role]}`).join('、')}
          </span>
        </span>
        <span className="board-since figures">{lasting(now.getTime() - Date.parse(one.since))}</span>
      </div>
      <div className="row-actions">
        <Watch one={one} role={mine?.role} />
        <Button onClick={onForce}>强制结束</Button>
      </div>
    </li>
  );
}

const WAYS = [
  { role: 'listen', words: '只听' },
  { role: 'coach', words: '只跟同事说' },
  { role: 'barge', words: '三方说' },
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
      {role ? <Button onClick={() => tell(leave())}>不听了</Button> : null}
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
      title="强制结束这通电话"
      open={one !== undefined}
      onCancel={onClose}
      okText="结束它"
      okButtonProps={{ danger: true, disabled: reason.trim().length < 2 }}
      cancelText="不了"
      onOk={force}
      width={460}
      destroyOnHidden
    >
      <p className="reveal-why">两边都会马上断开。您的名字和原因会记下来。</p>
      <label className="field-label" htmlFor="force-reason">
        为什么
      </label>
      <Input id="force-reason" maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />
    </Modal>
  );
}

import { App, Button, Input, Modal } from 'antd';
import { useState } from 'react';
import type { Desk } from '../../../calls/wire.ts';
import { useDeskLine } from '../../live/useLive.ts';
import { ListEmpty } from '../../staff/states.tsx';
import { t } from '../../words/clerk.ts';
import { awayWords, presenceWords } from './words.ts';

/** Colleagues at their desks, those who can take it first. The first clerk stays on the line until the other has taken it. */
export function TransferSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { live, transfer } = useDeskLine();
  const { message } = App.useApp();
  const [sought, setSought] = useState('');
  const desks = byReadiness(live.queue?.desks ?? []).filter(
    ({ id, name, place }) => id !== live.me?.id && `${name}${place?.name ?? ''}`.includes(sought.trim()),
  );
  const hand = (to: Desk) =>
    void transfer(to.id)
      .then(() => {
        onClose();
        message.info(t.ringingHangUpOnlyOnce(to.name));
      })
      .catch((error: Error) => message.error(error.message));
  return (
    <Modal title={t.handOverWhom} open={open} onCancel={onClose} footer={null} width={480} destroyOnHidden>
      <Input
        type="search"
        aria-label={t.findColleague}
        placeholder={t.nameStation}
        value={sought}
        onChange={(event) => setSought(event.target.value)}
      />
      {desks.length === 0 ? <ListEmpty hint={t.youCanHangUpWith}>{t.noOtherColleagueHereNow}</ListEmpty> : null}
      <ul className="colleagues">
        {desks.map((desk) => (
          <li key={desk.id}>
            <span>
              <strong>{desk.name}</strong>
              <span className="row-quiet">
                {[desk.place?.name, desk.duty ? t.duty(desk.duty) : undefined, standing(desk)]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </span>
            <Button disabled={!isFree(desk)} onClick={() => hand(desk)}>
              {t.handOverShort}
            </Button>
          </li>
        ))}
      </ul>
    </Modal>
  );
}

const isFree = ({ state, call }: Desk) => state === 'available' && !call;

function standing({ state, reason, call }: Desk): string {
  if (call) return t.inCalls;
  return state === 'away' && reason ? awayWords[reason] : presenceWords[state];
}

const byReadiness = (desks: Desk[]): Desk[] =>
  [...desks].sort((a, b) => Number(isFree(b)) - Number(isFree(a)) || a.name.localeCompare(b.name, 'zh-CN'));

import { App, Button, Input, Modal } from 'antd';
import { useState } from 'react';
import type { Desk } from '../../../calls/wire.ts';
import { useDeskLine } from '../../live/useLive.ts';
import { ListEmpty } from '../../staff/states.tsx';
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
        message.info(`正在叫${to.name}，她接了您再放下`);
      })
      .catch((error: Error) => message.error(error.message));
  return (
    <Modal title="转给谁？" open={open} onCancel={onClose} footer={null} width={480} destroyOnHidden>
      <Input
        type="search"
        aria-label="找同事"
        placeholder="姓名、站点"
        value={sought}
        onChange={(event) => setSought(event.target.value)}
      />
      {desks.length === 0 ? <ListEmpty hint="可以挂断，结果选「约了回电」。">现在没有别的同事在</ListEmpty> : null}
      <ul className="colleagues">
        {desks.map((desk) => (
          <li key={desk.id}>
            <span>
              <strong>{desk.name}</strong>
              <span className="row-quiet">
                {[desk.place?.name, desk.duty ? `${desk.duty} 角` : undefined, standing(desk)]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </span>
            <Button disabled={!isFree(desk)} onClick={() => hand(desk)}>
              转给她
            </Button>
          </li>
        ))}
      </ul>
    </Modal>
  );
}

const isFree = ({ state, call }: Desk) => state === 'available' && !call;

function standing({ state, reason, call }: Desk): string {
  if (call) return '在通话';
  return state === 'away' && reason ? awayWords[reason] : presenceWords[state];
}

const byReadiness = (desks: Desk[]): Desk[] =>
  [...desks].sort((a, b) => Number(isFree(b)) - Number(isFree(a)) || a.name.localeCompare(b.name, 'zh-CN'));

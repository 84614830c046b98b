import { Modal, Switch } from 'antd';
import type { Keys } from './useKeys.ts';

const SHORTCUTS: [string, string][] = [
  ['y n', '来电：接、不接'],
  ['h', '通话：请她等一下，接着说'],
  ['t', '通话：转给同事'],
  ['⇧X', '通话：挂断'],
  ['1…7', '挂断以后：选结果'],
  ['1 2 3 4 5', '到回电、预约、办件、上门、投诉'],
  ['j k', '下一条、上一条'],
  ['c', '回电：打她的音箱'],
  ['t', '回电：没人接，记一次'],
  ['d', '回电：解决了'],
  ['o', '回电：选别的结果'],
  ['p', '看电话（要填原因）'],
  ['a', '预约：人到了'],
  ['m', '预约：没来'],
  ['g', '上门：派谁去'],
  ['e', '办件、申请、投诉：打开这一件'],
  ['/', '找办件'],
  ['r', '现在更新'],
  ['?', '打开这一页，Esc 关上'],
];

export function HelpSheet({ open, onClose, keys }: { open: boolean; onClose: () => void; keys: Keys }) {
  return (
    <Modal title="快捷键" open={open} onCancel={onClose} footer={null} width={520} destroyOnHidden>
      <dl className="help">
        {SHORTCUTS.map(([key, does]) => (
          <div key={key}>
            <dt>
              {key.split(' ').map((one) => (
                <kbd key={one} className="kbd">
                  {one}
                </kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <div className="help-switch">
        <Switch id="keys-on" checked={keys.on} onChange={keys.set} />
        <label htmlFor="keys-on">用单个字母的快捷键</label>
      </div>
    </Modal>
  );
}

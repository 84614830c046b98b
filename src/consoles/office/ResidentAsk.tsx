import { Input, Modal } from 'antd';
import { useState } from 'react';
import { Field } from './PolicyEditor.tsx';

interface AskProps<T> {
  open: boolean;
  onClose: () => void;
  onSend: (value: T) => void;
}

/** What is about to happen, and why; the reason is written down. */
export function Ask({
  open,
  title,
  note,
  verb,
  danger,
  onClose,
  onSend,
}: AskProps<string> & { title: string; note: string; verb: string; danger?: boolean }) {
  const [reason, setReason] = useState('');
  return (
    <Modal
      title={title}
      open={open}
      onCancel={onClose}
      okText={verb}
      cancelText="先不"
      okButtonProps={{ danger, disabled: reason.trim().length < 2 }}
      onOk={() => onSend(reason.trim())}
      destroyOnHidden
    >
      <p className="recall-note">{note}</p>
      <Field label="原因">
        <Input maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />
      </Field>
    </Modal>
  );
}

const STATES: [string, string, string][] = [
  ['living', '在家住', '消息、预约照常。'],
  ['hospital', '住院了', '提示音、消息、预约、上门都停下，出院再说。'],
  ['moved', '搬走了', '都停下，代办的人也不能再替她办。'],
  ['deceased', '过世了', '都停下，再不叫她的名字。改不回来。'],
];

export function StateChange({ open, state, onClose, onSend }: AskProps<object> & { state: string }) {
  const [chosen, setChosen] = useState(state);
  const [reason, setReason] = useState('');
  const consequence = STATES.find(([value]) => value === chosen)?.[2];
  return (
    <Modal
      title="她现在"
      open={open}
      onCancel={onClose}
      okText="记下"
      cancelText="先不"
      okButtonProps={{ disabled: reason.trim().length < 2 || chosen === state }}
      onOk={() => onSend({ state: chosen, reason: reason.trim() })}
      destroyOnHidden
    >
      <Field label="在哪儿">
        <select className="plain-select" value={chosen} onChange={(event) => setChosen(event.target.value)}>
          {STATES.map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
      </Field>
      <p className="recall-note">{consequence}</p>
      <Field label="谁说的、怎么知道的">
        <Input maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />
      </Field>
    </Modal>
  );
}

const CORRECTABLE: [string, string][] = [
  ['called', '称呼'],
  ['name', '姓名'],
  ['phone', '电话'],
  ['birthDate', '生日（年-月-日）'],
  ['quietFrom', '安静从几点'],
  ['quietUntil', '安静到几点'],
  ['locale', '说哪种话（zh-CN、en-US）'],
];

export function CorrectOne({ open, onClose, onSend }: AskProps<object>) {
  const [{ field, value, reason }, set] = useState({ field: 'called', value: '', reason: '' });
  const part = (name: string, text: string) => set((before) => ({ ...before, [name]: text }));
  return (
    <Modal
      title="改一项"
      open={open}
      onCancel={onClose}
      okText="改"
      cancelText="先不"
      okButtonProps={{ disabled: !value.trim() || reason.trim().length < 2 }}
      onOk={() => onSend({ field, value: value.trim(), reason: reason.trim() })}
      destroyOnHidden
    >
      <Field label="哪一项">
        <select className="plain-select" value={field} onChange={(event) => part('field', event.target.value)}>
          {CORRECTABLE.map(([key, words]) => (
            <option key={key} value={key}>
              {words}
            </option>
          ))}
        </select>
      </Field>
      <Field label="改成">
        <Input maxLength={60} value={value} onChange={(event) => part('value', event.target.value)} />
      </Field>
      <Field label="原因">
        <Input maxLength={200} value={reason} onChange={(event) => part('reason', event.target.value)} />
      </Field>
    </Modal>
  );
}

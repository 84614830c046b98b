import { Input, Modal } from 'antd';
import { useState } from 'react';
import { t } from '../words/office.ts';
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
      cancelText={t.notNow}
      okButtonProps={{ danger, disabled: reason.trim().length < 2 }}
      onOk={() => onSend(reason.trim())}
      destroyOnHidden
    >
      <p className="recall-note">{note}</p>
      <Field label={t.reason}>
        <Input maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />
      </Field>
    </Modal>
  );
}

const STATES: [string, string, string][] = [
  ['living', t.livesHome, t.noticesBookingsAsUsual],
  ['hospital', t.hospital, t.chimesNoticesBookingsVisits],
  ['moved', t.movedAway, t.allStopsHerAgents],
  ['deceased', t.deceased, t.allStopsHerName],
];

export function StateChange({ open, state, onClose, onSend }: AskProps<object> & { state: string }) {
  const [chosen, setChosen] = useState(state);
  const [reason, setReason] = useState('');
  const consequence = STATES.find(([value]) => value === chosen)?.[2];
  return (
    <Modal
      title={t.whereShe}
      open={open}
      onCancel={onClose}
      okText={t.note}
      cancelText={t.notNow}
      okButtonProps={{ disabled: reason.trim().length < 2 || chosen === state }}
      onOk={() => onSend({ state: chosen, reason: reason.trim() })}
      destroyOnHidden
    >
      <Field label={t.where}>
        <select className="plain-select" value={chosen} onChange={(event) => setChosen(event.target.value)}>
          {STATES.map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
      </Field>
      <p className="recall-note">{consequence}</p>
      <Field label={t.whoSaidSoHow}>
        <Input maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />
      </Field>
    </Modal>
  );
}

const CORRECTABLE: [string, string][] = [
  ['called', t.called],
  ['name', t.name],
  ['phone', t.telephone],
  ['birthDate', t.birthdayYearMonthDay],
  ['quietFrom', t.quietFrom],
  ['quietUntil', t.quietUntil],
  ['locale', t.languageZhCnEn],
];

export function CorrectOne({ open, onClose, onSend }: AskProps<object>) {
  const [{ field, value, reason }, set] = useState({ field: 'called', value: '', reason: '' });
  const part = (name: string, text: string) => set((before) => ({ ...before, [name]: text }));
  return (
    <Modal
      title={t.correctSomething}
      open={open}
      onCancel={onClose}
      okText={t.change}
      cancelText={t.notNow}
      okButtonProps={{ disabled: !value.trim() || reason.trim().length < 2 }}
      onOk={() => onSend({ field, value: value.trim(), reason: reason.trim() })}
      destroyOnHidden
    >
      <Field label={t.whichField}>
        <select className="plain-select" value={field} onChange={(event) => part('field', event.target.value)}>
          {CORRECTABLE.map(([key, words]) => (
            <option key={key} value={key}>
              {words}
            </option>
          ))}
        </select>
      </Field>
      <Field label={t.newValue}>
        <Input maxLength={60} value={value} onChange={(event) => part('value', event.target.value)} />
      </Field>
      <Field label={t.reason}>
        <Input maxLength={200} value={reason} onChange={(event) => part('reason', event.target.value)} />
      </Field>
    </Modal>
  );
}

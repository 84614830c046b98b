import { Input, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { t } from '../words/office.ts';
import { Field } from './PolicyEditor.tsx';

export interface AskProps<T> {
  open: boolean;
  onClose: () => void;
  onSend: (value: T) => void;
}

interface ReasonDialogProps extends AskProps<string> {
  title: string;
  /** What pressing does, and what leaving does. */
  verb: string;
  leave?: string;
  danger?: boolean;
  /** What the reason is called, where it is not that. */
  label?: string;
  /** The reason may need lines. */
  long?: boolean;
  /** Everything else that is asked for is there. */
  ready?: boolean;
  before?: ReactNode;
  after?: ReactNode;
}

/** Something that is done for a reason: what is about to happen, why, and off it goes. The next time it is asked anew. */
export function ReasonDialog({
  open,
  title,
  verb,
  leave = t.notNow,
  danger,
  label = t.reason,
  long = false,
  ready = true,
  before,
  after,
  onClose,
  onSend,
}: ReasonDialogProps) {
  const [reason, setReason] = useState('');
  const Words = long ? Input.TextArea : Input;
  return (
    <Modal
      title={title}
      open={open}
      onCancel={onClose}
      okText={verb}
      cancelText={leave}
      okButtonProps={{ danger, disabled: reason.trim().length < 2 || !ready }}
      onOk={() => onSend(reason.trim())}
      afterClose={() => setReason('')}
      destroyOnHidden
    >
      {before}
      <Field label={label}>
        <Words
          maxLength={long ? 500 : 200}
          value={reason}
          onChange={({ target }: { target: { value: string } }) => setReason(target.value)}
        />
      </Field>
      {after}
    </Modal>
  );
}

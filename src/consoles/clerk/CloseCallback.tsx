import { Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { t } from '../words/clerk.ts';
import { outcomes } from './words.ts';

interface CloseCallbackProps {
  open: boolean;
  who: string;
  pending: boolean;
  onCancel: () => void;
  onClose: (values: { outcome: string; notes?: string }) => void;
}

/** Every outcome is one tap; a note is optional and is written before the tap. */
export function CloseCallback({ open, who, pending, onCancel, onClose }: CloseCallbackProps) {
  const [notes, setNotes] = useState('');
  return (
    <Modal title={t.whatCameCall(who)} open={open} onCancel={onCancel} footer={null} width={460} destroyOnHidden>
      <label className="field-label" htmlFor="callback-notes">
        {t.notesOptional}
      </label>
      <Input.TextArea
        id="callback-notes"
        rows={2}
        maxLength={300}
        value={notes}
        onChange={(event) => setNotes(event.target.value)}
      />
      <div className="outcomes">
        {outcomes.map(({ code, words }) => (
          <Button
            key={code}
            size="large"
            disabled={pending}
            onClick={() => onClose({ outcome: code, notes: notes.trim() || undefined })}
          >
            {words}
          </Button>
        ))}
      </div>
    </Modal>
  );
}

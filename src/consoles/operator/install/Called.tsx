import { Button, Input } from 'antd';
import { useState } from 'react';
import { t } from '../../words/operator.ts';
import { Field } from '../Field.tsx';
import type { StepProps } from './script.ts';

/** As she chooses, not as she is registered. */
export function Called({ now, pending, answer }: StepProps) {
  const [called, setCalled] = useState(now.called);
  return (
    <form
      className="install-step"
      onSubmit={(event) => {
        event.preventDefault();
        answer({ called: called.trim() });
      }}
    >
      <p className="install-say">{t.whatShallSpeakerCall}</p>
      <Field label={t.called}>
        {(id) => (
          <Input
            id={id}
            size="large"
            value={called}
            maxLength={12}
            required
            onChange={(event) => setCalled(event.target.value)}
          />
        )}
      </Field>
      <Button type="primary" size="large" block htmlType="submit" loading={pending} disabled={called.trim() === ''}>
        {t.callMeThat}
      </Button>
    </form>
  );
}

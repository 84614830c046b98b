import { Button, Input } from 'antd';
import { useState } from 'react';
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
      <p className="install-say">「音箱以后怎么叫您？王姨、李老师、小名，都行。」</p>
      <Field label="称呼">
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
        就这么叫
      </Button>
    </form>
  );
}

import { Button, Input } from 'antd';
import { useState } from 'react';
import { Field } from '../Field.tsx';
import type { StepProps } from './script.ts';

/** Nothing chimes in these hours. */
export function Quiet({ now, pending, answer }: StepProps) {
  const [hours, setHours] = useState({ quietFrom: now.quietFrom, quietUntil: now.quietUntil });
  return (
    <div className="install-step">
      <p className="install-say">「您几点歇着？那会儿音箱不响。」</p>
      <div className="field-row">
        <Field label="从">
          {(id) => (
            <Input
              id={id}
              size="large"
              type="time"
              value={hours.quietFrom}
              onChange={(event) => setHours({ ...hours, quietFrom: event.target.value })}
            />
          )}
        </Field>
        <Field label="到">
          {(id) => (
            <Input
              id={id}
              size="large"
              type="time"
              value={hours.quietUntil}
              onChange={(event) => setHours({ ...hours, quietUntil: event.target.value })}
            />
          )}
        </Field>
      </div>
      <Button type="primary" size="large" block loading={pending} onClick={() => answer(hours)}>
        就这样
      </Button>
    </div>
  );
}

/** For when the speaker says nothing any more. */
export function Sticker({ pending, answer, skip }: StepProps) {
  return (
    <div className="install-step">
      <p className="install-say">「音箱要是不说话了，打这个电话。」</p>
      <p className="install-hint">把标签贴在音箱正面，字朝外，坐着也看得见。</p>
      <Button type="primary" size="large" block loading={pending} onClick={() => answer({})}>
        贴好了
      </Button>
      <Button size="large" block onClick={skip}>
        没带标签
      </Button>
    </div>
  );
}

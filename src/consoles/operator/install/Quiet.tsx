import { Button, Input } from 'antd';
import { useState } from 'react';
import { t } from '../../words/operator.ts';
import { Field } from '../Field.tsx';
import type { StepProps } from './script.ts';

/** Nothing chimes in these hours. */
export function Quiet({ now, pending, answer }: StepProps) {
  const [hours, setHours] = useState({ quietFrom: now.quietFrom, quietUntil: now.quietUntil });
  return (
    <div className="install-step">
      <p className="install-say">{t.whenDoYouRest}</p>
      <div className="field-row">
        <Field label={t.from}>
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
        <Field label={t.until}>
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
        {t.that}
      </Button>
    </div>
  );
}

/** For when the speaker says nothing any more. */
export function Sticker({ pending, answer, skip }: StepProps) {
  return (
    <div className="install-step">
      <p className="install-say">{t.shouldSpeakerFallSilent}</p>
      <p className="install-hint">{t.putLabelFrontSpeaker}</p>
      <Button type="primary" size="large" block loading={pending} onClick={() => answer({})}>
        {t.label}
      </Button>
      <Button size="large" block onClick={skip}>
        {t.noLabelWithMe}
      </Button>
    </div>
  );
}

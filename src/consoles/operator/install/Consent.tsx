import { Button, Radio } from 'antd';
import { useState } from 'react';
import { t } from '../../words/operator.ts';
import type { Purpose, StepProps } from './script.ts';

/** Each text is read aloud; what she says to it is kept, a no as well as a yes. Nothing is chosen for her. */
export function Consent({ now, pending, answer }: StepProps) {
  const done = now.steps.find(({ step }) => step === 'consent')?.doneAt;
  const [answers, setAnswers] = useState<Partial<Record<Purpose, boolean>>>(() =>
    done ? Object.fromEntries(now.consents.map(({ purpose, given }) => [purpose, given ?? false])) : {},
  );
  const complete = now.consents.every(({ purpose }) => answers[purpose] !== undefined);
  return (
    <div className="install-step">
      <p className="install-hint">{t.readThemOutOne}</p>
      {now.consents.map(({ purpose, purposeText, text }) => (
        <fieldset key={purpose} className="consent">
          <legend>{purposeText}</legend>
          <p className="install-say">{text}</p>
          <Radio.Group
            aria-label={purposeText}
            value={answers[purpose]}
            optionType="button"
            buttonStyle="solid"
            size="large"
            options={[
              { value: true, label: t.agrees },
              { value: false, label: t.doesNot },
            ]}
            onChange={(event) => setAnswers({ ...answers, [purpose]: event.target.value as boolean })}
          />
        </fieldset>
      ))}
      <Button
        type="primary"
        size="large"
        block
        disabled={!complete}
        loading={pending}
        onClick={() => answer({ answers })}
      >
        {t.noted}
      </Button>
    </div>
  );
}

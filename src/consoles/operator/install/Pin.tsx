import { Button } from 'antd';
import { useState } from 'react';
import { t } from '../../words/operator.ts';
import type { StepProps } from './script.ts';

const LENGTH = 4;
const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '', '0', t.delete];

/** The phone is handed over: she types them herself, twice, and nobody reads them off the screen. */
export function Pin({ now, pending, answer, skip }: StepProps) {
  const [hers, setHers] = useState(false);
  const [first, setFirst] = useState('');
  const [second, setSecond] = useState('');
  if (!hers)
    return (
      <div className="install-step">
        <p className="install-say">{t.letUsAgreeFour}</p>
        <p className="install-hint">{t.handHerTelephoneTurn}</p>
        <Button type="primary" size="large" block onClick={() => setHers(true)}>
          {t.handedOver}
        </Button>
        <Button size="large" block onClick={skip}>
          {now.hasPin ? t.keepOldOnes : t.notNowThanks}
        </Button>
      </div>
    );
  const repeating = first.length === LENGTH;
  const typed = repeating ? second : first;
  const set = repeating ? setSecond : setFirst;
  const again = () => {
    setFirst('');
    setSecond('');
  };
  const differs = second.length === LENGTH && second !== first;
  const press = (key: string) => set(key === t.delete ? typed.slice(0, -1) : (typed + key).slice(0, LENGTH));
  return (
    <div className="install-step">
      <p className="install-say" role="status">
        {differs ? t.twoDifferOnceMore : repeating ? t.pressThemAgain : t.pleasePressFourDigits}
      </p>
      <p className="pin-dots" aria-label={t.pressed(typed.length)} role="img">
        {Array.from({ length: LENGTH }, (_, n) => (n < typed.length ? '●' : '○')).join(' ')}
      </p>
      <div className="pin-keys">
        {KEYS.map((key) =>
          key === '' ? (
            <span key="none" />
          ) : (
            <button
              key={key}
              type="button"
              aria-label={key === t.delete ? t.deleteOne : key}
              onClick={() => press(key)}
            >
              {key}
            </button>
          ),
        )}
      </div>
      <Button
        type="primary"
        size="large"
        block
        disabled={second.length < LENGTH}
        loading={pending}
        onClick={() => (differs ? again() : answer({ digits: first }))}
      >
        {differs ? t.startAgain : t.doneBackWorker}
      </Button>
    </div>
  );
}

import { Button } from 'antd';
import { useState } from 'react';
import type { StepProps } from './script.ts';

const LENGTH = 4;
const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '', '0', '删'];

/** The phone is handed over: she types them herself, twice, and nobody reads them off the screen. */
export function Pin({ now, pending, answer, skip }: StepProps) {
  const [hers, setHers] = useState(false);
  const [first, setFirst] = useState('');
  const [second, setSecond] = useState('');
  if (!hers)
    return (
      <div className="install-step">
        <p className="install-say">「约四个数，办要紧事时您说给音箱听。不是银行卡的，别用生日。我不看，您自己按。」</p>
        <p className="install-hint">把手机递给她，您转过身去。她不愿意就先不约，以后窗口也能约。</p>
        <Button type="primary" size="large" block onClick={() => setHers(true)}>
          递给她了
        </Button>
        <Button size="large" block onClick={skip}>
          {now.hasPin ? '不改，用原来的' : '先不约'}
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
  const press = (key: string) => set(key === '删' ? typed.slice(0, -1) : (typed + key).slice(0, LENGTH));
  return (
    <div className="install-step">
      <p className="install-say" role="status">
        {differs ? '两遍不一样，再来一遍。' : repeating ? '再按一遍。' : '请您按四个数。'}
      </p>
      <p className="pin-dots" aria-label={`按了${typed.length}个`} role="img">
        {Array.from({ length: LENGTH }, (_, n) => (n < typed.length ? '●' : '○')).join(' ')}
      </p>
      <div className="pin-keys">
        {KEYS.map((key) =>
          key === '' ? (
            <span key="none" />
          ) : (
            <button key={key} type="button" aria-label={key === '删' ? '删一个' : key} onClick={() => press(key)}>
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
        {differs ? '重新按' : '好了，还给师傅'}
      </Button>
    </div>
  );
}

import { App, Input } from 'antd';
import { useState } from 'react';
import { useChange } from '../../rest/session.ts';
import { type Home, HomeChoice } from '../HomeChoice.tsx';

/** The speaker reads out six digits; whoever types them binds it. */
export function Pair({ onOpen }: { onOpen: (id: string) => void }) {
  const { message } = App.useApp();
  const [code, setCode] = useState('');
  const pair = useChange<{ id: string; serial: string }, Home>(
    (home) => ({ path: '/api/speakers/pair', body: { code, ...home } }),
    ['speakers', 'fleet'],
  );
  const bind = (home: Home) =>
    pair.mutate(home, {
      onSuccess: ({ id }) => {
        message.success('装好了。让她说一句「打开家里办」试试。');
        onOpen(id);
      },
    });
  return (
    <section className="panel register-panel" aria-labelledby="pair-title">
      <div className="panel-head">
        <h2 className="panel-title" id="pair-title">
          按配对码
        </h2>
      </div>
      <div className="panel-form">
        <ol className="howto">
          <li>对音箱说「打开家里办」。</li>
          <li>它会说：「这台音箱还没登记。配对码是……」</li>
          <li>把六个数填在下面，选住户。</li>
        </ol>
        <div className="field">
          <span id="code-label">配对码</span>
          <Input.OTP length={6} value={code} aria-labelledby="code-label" inputMode="numeric" onChange={setCode} />
        </div>
        {/^\d{6}$/.test(code) ? <HomeChoice pending={pair.isPending} okWords="装到这户" onChoose={bind} /> : null}
        <p className="field-fault" role="alert">
          {pair.error ? `${pair.error.message} 配对码二十四小时有效，过了让音箱再说一遍。` : null}
        </p>
      </div>
    </section>
  );
}

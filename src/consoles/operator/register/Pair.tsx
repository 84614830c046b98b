import { App, Input } from 'antd';
import { useState } from 'react';
import { useChange } from '../../rest/session.ts';
import { Panel } from '../../staff/Panel.tsx';
import { t } from '../../words/operator.ts';
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
        message.success(t.installedHaveHerSay);
        onOpen(id);
      },
    });
  return (
    <Panel title={t.byPairingCode} className="panel register-panel">
      <div className="panel-form">
        <ol className="howto">
          <li>{t.saySpeaker}</li>
          <li>{t.answers}</li>
          <li>{t.typeSixDigitsBelow}</li>
        </ol>
        <div className="field">
          <span id="code-label">{t.pairingCodeShort}</span>
          <Input.OTP length={6} value={code} aria-labelledby="code-label" inputMode="numeric" onChange={setCode} />
        </div>
        {/^\d{6}$/.test(code) ? (
          <HomeChoice pending={pair.isPending} okWords={t.putIntoThisHome} onChoose={bind} />
        ) : null}
        <p className="field-fault" role="alert">
          {pair.error ? t.codeGoodForTwenty(pair.error.message) : null}
        </p>
      </div>
    </Panel>
  );
}

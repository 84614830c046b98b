import { Button } from 'antd';
import { useState } from 'react';
import { useRow } from '../../rest/lists.ts';
import { useChange } from '../../rest/session.ts';
import { ListTroubled, ListWaiting } from '../../staff/states.tsx';
import { t } from '../../words/operator.ts';
import type { SpeakerDetail } from '../fleet.ts';
import { placeWords } from '../words.ts';
import { FindSpeaker } from './FindSpeaker.tsx';
import { Script } from './Script.tsx';
import './install.css';

/** The page for the worker's phone: which speaker, with whom, then step by step. */
export default function Install() {
  const [speakerId, setSpeaker] = useState(() => new URLSearchParams(location.search).get('speaker') ?? undefined);
  const [installation, setInstallation] = useState<string>();
  const again = () => {
    history.replaceState(null, '', location.pathname);
    setSpeaker(undefined);
    setInstallation(undefined);
  };
  return (
    <div className="install">
      {installation ? (
        <Script id={installation} onEnd={again} />
      ) : speakerId ? (
        <WithWhom speakerId={speakerId} onBegun={setInstallation} onBack={again} />
      ) : (
        <FindSpeaker onFound={setSpeaker} />
      )}
    </div>
  );
}

interface WithWhomProps {
  speakerId: string;
  onBegun: (id: string) => void;
  onBack: () => void;
}

function WithWhom({ speakerId, onBegun, onBack }: WithWhomProps) {
  const { data, error, isPending, refetch } = useRow<SpeakerDetail>('speakers', speakerId);
  const begin = useChange<{ id: string }, string>(
    (residentId) => ({ path: '/api/installations', body: { speakerId, residentId } }),
    [],
  );
  if (isPending) return <ListWaiting />;
  if (error) return <ListTroubled error={error} onRetry={() => refetch()} />;
  const ready = data.status === 'bound' && data.residents.length > 0;
  return (
    <section className="install-card" aria-labelledby="whom-title">
      <p className="install-where">
        {placeWords(data)}
        <span className="figures">{data.serial}</span>
      </p>
      <h2 id="whom-title">{t.whoForToday}</h2>
      {ready ? (
        <>
          <p className="install-hint">{t.aboutFiveMinutesHearing}</p>
          <ul className="install-people">
            {data.residents.map(({ id, called }) => (
              <li key={id}>
                <Button
                  size="large"
                  block
                  loading={begin.isPending}
                  onClick={() => begin.mutate(id, { onSuccess: (made) => onBegun(made.id) })}
                >
                  {called}
                </Button>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <p className="install-hint">{data.status === 'bound' ? t.nobodyThisHomeRecord : t.thisSpeakerNoHome}</p>
      )}
      <p className="field-fault" role="alert">
        {begin.error ? t.colleagueMayBeInstalling(begin.error.message) : null}
      </p>
      <Button type="text" onClick={onBack}>
        {t.anotherSpeaker}
      </Button>
    </section>
  );
}

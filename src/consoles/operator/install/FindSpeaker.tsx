import { Input } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useList } from '../../rest/lists.ts';
import type { Speaker } from '../../rest/records.ts';
import { ListEmpty, ListTroubled, ListWaiting } from '../../staff/states.tsx';
import { t } from '../../words/operator.ts';
import { calledWords, placeWords } from '../words.ts';

/** By the label's serial or the address; a scanned label comes here with its speaker. */
export function FindSpeaker({ onFound }: { onFound: (id: string) => void }) {
  const [words, setWords] = useState('');
  const q = useDeferredValue(words.trim());
  const list = useList<Speaker>('speakers', { q, status: 'bound', pageSize: 12 });
  return (
    <section className="install-card" aria-labelledby="find-title">
      <h2 id="find-title">{t.whichSpeaker}</h2>
      <p className="install-hint">{t.scanCodeSpeakerOr}</p>
      <Input
        size="large"
        type="search"
        allowClear
        aria-label={t.findSpeaker}
        placeholder={t.serialBuildingName}
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      {list.error ? <ListTroubled error={list.error} onRetry={() => list.refetch()} /> : null}
      {list.isPending ? <ListWaiting /> : null}
      {list.data?.total === 0 ? <ListEmpty hint={t.oneThatNoHome}>{t.nothingFound}</ListEmpty> : null}
      <ul className="install-found">
        {list.data?.items.map((one) => (
          <li key={one.id}>
            <button type="button" onClick={() => onFound(one.id)}>
              <strong>{placeWords(one)}</strong>
              <span>
                {calledWords(one)} · <span className="figures">{one.serial}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

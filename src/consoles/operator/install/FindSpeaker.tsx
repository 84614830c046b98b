import { Input } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useList } from '../../rest/lists.ts';
import type { Speaker } from '../../rest/records.ts';
import { ListEmpty, ListTroubled, ListWaiting } from '../../staff/states.tsx';
import { calledWords, placeWords } from '../words.ts';

/** By the label's serial or the address; a scanned label comes here with its speaker. */
export function FindSpeaker({ onFound }: { onFound: (id: string) => void }) {
  const [words, setWords] = useState('');
  const q = useDeferredValue(words.trim());
  const list = useList<Speaker>('speakers', { q, status: 'bound', pageSize: 12 });
  return (
    <section className="install-card" aria-labelledby="find-title">
      <h2 id="find-title">装哪一台？</h2>
      <p className="install-hint">扫音箱上的二维码，或者在这里找。</p>
      <Input
        size="large"
        type="search"
        allowClear
        aria-label="找音箱"
        placeholder="序列号、楼栋、称呼"
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      {list.error ? <ListTroubled error={list.error} onRetry={() => list.refetch()} /> : null}
      {list.isPending ? <ListWaiting /> : null}
      {list.data?.total === 0 ? (
        <ListEmpty hint="还没装到一户的，先去「登记」用配对码装上。">没有找到</ListEmpty>
      ) : null}
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

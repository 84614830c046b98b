import { useState } from 'react';
import type { DemoSpeaker } from '../rest/records.ts';

const FIRST = 12;

/** The demo homes, by who lives there. */
export function Homes({ homes, onChoose }: { homes: DemoSpeaker[]; onChoose: (deviceId: string) => void }) {
  const [sought, setSought] = useState('');
  const [all, setAll] = useState(false);
  const found = homes.filter((home) =>
    `${home.household}${home.residents.map(({ called }) => called).join('')}`.includes(sought.trim()),
  );
  const shown = all || sought ? found : found.slice(0, FIRST);
  return (
    <main className="homes">
      <div className="homes-head">
        <h1>您想在谁家说话？</h1>
        <label className="homes-search">
          <span className="unseen">按称呼或住处找</span>
          <input
            type="search"
            placeholder="按称呼或住处找"
            value={sought}
            onChange={(event) => setSought(event.target.value)}
          />
        </label>
      </div>
      <ul className="homes-list">
        {shown.map((home) => (
          <li key={home.deviceId}>
            <button type="button" className="homes-home" onClick={() => onChoose(home.deviceId)}>
              {home.residents.map(({ called, age }) => (
                <span key={called} className="homes-who">
                  {called}
                  <small>{age} 岁</small>
                </span>
              ))}
              <span className="homes-where">{home.household}</span>
            </button>
          </li>
        ))}
      </ul>
      {shown.length < found.length ? (
        <button type="button" className="speaker-key homes-all" onClick={() => setAll(true)}>
          看全部 {found.length} 家
        </button>
      ) : null}
      {found.length === 0 ? <p className="speaker-note">没有找到这一家。</p> : null}
    </main>
  );
}

import { Button } from 'antd';
import { useState } from 'react';
import { useList } from '../../rest/lists.ts';
import { useBusinessNow } from '../../rest/readiness.ts';
import type { Case } from '../../rest/records.ts';
import { t } from '../../words/clerk.ts';
import { CaseDrawer } from '../CaseDrawer.tsx';
import { byUrgency, promiseOf } from '../desk.ts';
import { caseStates } from '../words.ts';

/** Her cases, the most urgent first; each opens with its whole road and can be taken a step further. */
export function HerCases({ residentId }: { residentId: string }) {
  const now = useBusinessNow();
  const { data } = useList<Case>('cases', { resident: residentId, pageSize: 50 });
  const [opened, setOpened] = useState<string>();
  const cases = byUrgency(data?.items ?? [], now);
  return (
    <div>
      {cases.length === 0 ? <p className="row-quiet">{t.hasNoCases}</p> : null}
      <ul className="work-list">
        {cases.map((one) => {
          const promise = promiseOf(one, now);
          return (
            <li key={one.id}>
              <span>
                <strong>{one.matter}</strong>
                <span className="row-quiet">
                  {t.endsIn(one.statusText ?? caseStates[one.status]?.words)}{' '}
                  <span className="figures">{one.number.slice(-4)}</span>
                  {promise ? ` · ${promise.words}` : ''}
                </span>
              </span>
              <Button onClick={() => setOpened(one.id)}>{t.open}</Button>
            </li>
          );
        })}
      </ul>
      <CaseDrawer id={opened} onClose={() => setOpened(undefined)} />
    </div>
  );
}

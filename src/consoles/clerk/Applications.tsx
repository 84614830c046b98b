import { Drawer } from 'antd';
import { useState } from 'react';
import { dayOf, dayWords } from '../rest/days.ts';
import type { Application } from '../rest/records.ts';
import { t } from '../words/clerk.ts';
import { Panel } from './Panel.tsx';
import { useDeskList } from './useDeskList.ts';
import { DraftForm } from './work/Apply.tsx';

/** What was handed in by voice and what stopped halfway: the same rows as at the speaker. */
export function Applications() {
  const list = useDeskList<Application>('applications', { pageSize: 100 });
  const [opened, setOpened] = useState<string>();
  const live = (list.data?.items ?? []).filter(({ state }) => state === 'draft' || state === 'submitted');
  const one = live.find(({ id }) => id === opened);
  return (
    <Panel
      id="applications"
      title={t.applicationsBegunByVoice}
      count={live.length}
      list={list}
      empty={live.length === 0}
      emptyWords={t.noApplicationsUnderWay}
      emptyHint={t.residentsSayGetMeSenior}
    >
      <ul className="rows">
        {live.map((row) => (
          <li key={row.id} className="row case" data-row tabIndex={-1}>
            <button type="button" className="case-open" data-key="e" onClick={() => setOpened(row.id)}>
              <span className="case-line">
                <span className="row-who">{row.matter}</span>
                <span className="chip" data-tone={row.state === 'draft' ? 'warn' : 'info'}>
                  {row.stateText}
                </span>
              </span>
              <span className="row-quiet">
                {[
                  row.resident?.name,
                  row.kindText,
                  row.expiresAt ? t.keptUntil(dayWords(dayOf(row.expiresAt))) : undefined,
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <Drawer
        open={one !== undefined}
        onClose={() => setOpened(undefined)}
        title={one ? `${one.matter} · ${one.resident?.name ?? ''}` : ''}
        size={520}
        destroyOnHidden
      >
        {one?.state === 'draft' ? <DraftForm one={one} /> : null}
        {one?.state === 'submitted' ? <p>{t.handedInHowStandsUnder}</p> : null}
      </Drawer>
    </Panel>
  );
}

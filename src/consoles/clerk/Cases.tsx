import { Input, Select } from 'antd';
import { useState } from 'react';
import { dayWords } from '../rest/days.ts';
import { useBusinessNow } from '../rest/readiness.ts';
import type { Case } from '../rest/records.ts';
import { t } from '../words/clerk.ts';
import { listed } from '../words/marks.ts';
import { CaseDrawer } from './CaseDrawer.tsx';
import { byUrgency, promiseOf } from './desk.ts';
import { Panel } from './Panel.tsx';
import { useDeskList } from './useDeskList.ts';
import { CLOSED_CASES, caseStates } from './words.ts';

type View = 'open' | 'late' | 'correction' | 'ready' | 'all';

const VIEWS: { value: View; label: string }[] = [
  { value: 'open', label: t.underWay },
  { value: 'late', label: t.overdueShort },
  { value: 'correction', label: t.waitsPapers },
  { value: 'ready', label: t.beCollected },
  { value: 'all', label: t.all },
];

function isSeen(one: Case, view: View, now: Date): boolean {
  if (view === 'all') return true;
  if (view === 'late') return promiseOf(one, now)?.late === true;
  if (view === 'correction') return one.status === 'correction';
  if (view === 'ready') return one.delivery === 'ready';
  return !CLOSED_CASES.includes(one.status);
}

/** What is on the way, the most urgent first. */
export function Cases() {
  const now = useBusinessNow();
  const [view, setView] = useState<View>('open');
  const [sought, setSought] = useState('');
  const [opened, setOpened] = useState<string>();
  const list = useDeskList<Case>('cases', { pageSize: 200 });
  const all = list.data?.items ?? [];
  const late = all.filter((one) => promiseOf(one, now)?.late).length;
  const found = byUrgency(all, now).filter((one) => isSeen(one, view, now) && matches(one, sought.trim()));
  return (
    <Panel
      id="cases"
      title={t.cases}
      count={found.length}
      side={
        late > 0 ? (
          <span className="chip" data-tone="late">
            {t.overdueThere(late)}
          </span>
        ) : null
      }
      list={list}
      empty={found.length === 0}
      emptyWords={sought ? t.noSuchCaseFound : t.noCasesHere}
    >
      <div className="cases-tools">
        <Select aria-label={t.whichCasesShow} options={VIEWS} value={view} onChange={setView} />
        <Input
          type="search"
          allowClear
          placeholder={t.matterNameLastDigits}
          aria-label={t.findCase}
          value={sought}
          onChange={(event) => setSought(event.target.value)}
        />
      </div>
      <ul className="rows">
        {found.map((one) => (
          <CaseRow key={one.id} one={one} now={now} onOpen={() => setOpened(one.id)} />
        ))}
      </ul>
      <CaseDrawer id={opened} onClose={() => setOpened(undefined)} />
    </Panel>
  );
}

function matches({ matter, number, shortNumber, resident }: Case, sought: string): boolean {
  return `${matter} ${number} ${shortNumber ?? ''} ${resident?.name ?? ''}`.includes(sought);
}

function CaseRow({ one, now, onOpen }: { one: Case; now: Date; onOpen: () => void }) {
  const promise = promiseOf(one, now);
  const standing = caseStates[one.status] ?? { words: one.statusText ?? one.status, tone: 'plain' as const };
  return (
    <li className="row case" data-row tabIndex={-1} data-tone={promise?.tone}>
      <button type="button" className="case-open" data-key="e" onClick={onOpen}>
        <span className="case-line">
          <span className="row-who">{one.matter}</span>
          <span className="chip" data-tone={standing.tone}>
            {one.statusText ?? standing.words}
          </span>
        </span>
        <span className="case-line row-quiet">
          <span>
            {t.endsIn(one.resident?.name ?? '')} <span className="figures">{one.number.slice(-4)}</span>
            {one.handler ? ` · ${one.handler.name}` : ''}
          </span>
          {promise ? (
            <span className="case-promise" data-tone={promise.tone}>
              {promise.words}
            </span>
          ) : null}
        </span>
        {one.delivery === 'ready' ? <span className="case-note">{t.documentAtWindowWaitingBe}</span> : null}
        {one.missing?.length ? <span className="case-note">{t.missingShort(listed(one.missing))}</span> : null}
        {one.promisedOn && promise ? <span className="unseen">{t.promisedFor(dayWords(one.promisedOn))}</span> : null}
      </button>
    </li>
  );
}

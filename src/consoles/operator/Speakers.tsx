import { Button, Dropdown, Input, Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useList } from '../rest/lists.ts';
import { useBusinessNow } from '../rest/readiness.ts';
import type { Speaker } from '../rest/records.ts';
import { useDownload } from '../staff/download.ts';
import { ListTroubled } from '../staff/states.tsx';
import { useQueryState } from '../staff/useQueryState.ts';
import { together } from '../words/marks.ts';
import { t } from '../words/operator.ts';
import { BulkBar } from './BulkBar.tsx';
import { Fleet } from './Fleet.tsx';
import { SpeakerDrawer } from './SpeakerDrawer.tsx';
import { PAGE_SIZE, SpeakerTable } from './SpeakerTable.tsx';
import { brandWords, statusWords } from './words.ts';

const FILTERS = ['q', 'status', 'brand', 'community', 'building', 'firmware', 'silent', 'page', 'speaker'] as const;

/** The table: found, filtered, chosen, exported. */
export function Speakers({ onGo }: { onGo: (to: string) => void }) {
  const now = useBusinessNow(10_000);
  const [filter, setFilter] = useQueryState(FILTERS);
  const [chosen, setChosen] = useState<Speaker[]>([]);
  const { speaker: opened, ...asked } = useDeferredValue(filter);
  const page = Number(asked.page ?? 1);
  const list = useList<Speaker>('speakers', { ...asked, page, pageSize: PAGE_SIZE }, 10_000);
  const narrow = (change: Partial<Record<(typeof FILTERS)[number], string>>) => {
    setChosen([]);
    setFilter({ ...change, page: undefined });
  };
  return (
    <>
      <Fleet filter={filter} onFilter={narrow} />
      <section className="panel" aria-label={t.speaker}>
        <div className="table-tools fleet-tools">
          <Input
            type="search"
            allowClear
            aria-label={t.findSpeaker}
            placeholder={t.serialBuildingName}
            value={filter.q ?? ''}
            onChange={(event) => narrow({ q: event.target.value })}
          />
          <Select
            aria-label={t.state}
            allowClear
            placeholder={t.anyState}
            value={filter.status}
            options={Object.entries(statusWords).map(([value, { words }]) => ({ value, label: words }))}
            onChange={(status) => narrow({ status })}
          />
          <Select
            aria-label={t.brand}
            allowClear
            placeholder={t.anyBrand}
            value={filter.brand}
            options={Object.entries(brandWords).map(([value, label]) => ({ value, label }))}
            onChange={(brand) => narrow({ brand })}
          />
          <span className="fleet-tools-side">
            <span className="table-total">{list.data ? t.speakersAll(list.data.total) : ''}</span>
            <ExportButton filter={filter} />
          </span>
        </div>
        <Narrowed filter={filter} onFilter={narrow} />
        {list.error ? <ListTroubled error={list.error} onRetry={() => list.refetch()} /> : null}
        <BulkBar chosen={chosen} onDone={() => setChosen([])} onGo={onGo} />
        <SpeakerTable
          list={list.data}
          loading={list.isPending}
          now={now}
          chosen={chosen}
          onChoose={setChosen}
          onPage={(to) => setFilter({ page: String(to) })}
          onOpen={(speaker) => setFilter({ speaker })}
        />
      </section>
      <SpeakerDrawer id={opened} now={now} onClose={() => setFilter({ speaker: undefined })} onGo={onGo} />
    </>
  );
}

type Filter = Partial<Record<(typeof FILTERS)[number], string>>;

/** The same rows as in the table, all pages. */
function ExportButton({ filter }: { filter: Filter }) {
  const { busy, download } = useDownload();
  const { page: _page, speaker: _speaker, ...wanted } = filter;
  const path = (format: string) => `/api/speakers/export?${new URLSearchParams({ ...wanted, format })}`;
  const items = [
    { key: 'xlsx', label: t.excelSheet },
    { key: 'csv', label: t.csvFile },
  ];
  return (
    <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => void download(path(key)) }}>
      <Button loading={busy}>{t.export}</Button>
    </Dropdown>
  );
}

/** Filters that came from elsewhere, with a way to be rid of them. */
function Narrowed({ filter, onFilter }: { filter: Filter; onFilter: (change: Filter) => void }) {
  const { community, building, firmware, silent } = filter;
  const words = [
    building ? `${community ?? ''} ${building}` : community,
    firmware && t.firmware(firmware),
    silent && t.longSilentShort,
  ].filter(Boolean);
  if (words.length === 0) return null;
  const rid = { community: undefined, building: undefined, firmware: undefined, silent: undefined };
  return (
    <p className="narrowed">
      {t.only(together(words.filter((one) => one !== undefined)))}
      <Button type="link" size="small" onClick={() => onFilter(rid)}>
        {t.showAll}
      </Button>
    </p>
  );
}

import { Input, Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useList } from '../rest/lists.ts';
import { useBusinessNow } from '../rest/readiness.ts';
import type { Speaker } from '../rest/records.ts';
import { StaffPage } from '../staff/StaffPage.tsx';
import { ListTroubled } from '../staff/states.tsx';
import { useQueryState } from '../staff/useQueryState.ts';
import './operator.css';
import { Fleet } from './Fleet.tsx';
import { SpeakerDrawer } from './SpeakerDrawer.tsx';
import { PAGE_SIZE, SpeakerTable } from './SpeakerTable.tsx';
import { brandWords, statusWords } from './words.ts';

/** The smart-community company's view: which speaker stands where, and whether it answers. */
export default function OperatorPage() {
  return (
    <StaffPage title="音箱管理" roles={['operator']}>
      {() => <Speakers />}
    </StaffPage>
  );
}

const FILTERS = ['q', 'status', 'brand', 'page'] as const;

function Speakers() {
  const now = useBusinessNow(30_000);
  const [filter, setFilter] = useQueryState(FILTERS);
  const [opened, setOpened] = useState<string>();
  const asked = useDeferredValue(filter);
  const page = Number(asked.page ?? 1);
  const list = useList<Speaker>('speakers', { ...asked, page, pageSize: PAGE_SIZE }, 15_000);
  return (
    <>
      <Fleet onStatus={(status) => setFilter({ status, page: undefined })} />
      <section className="panel" aria-label="音箱">
        <div className="table-tools">
          <Input
            type="search"
            allowClear
            aria-label="找音箱"
            placeholder="序列号、楼栋、称呼"
            value={filter.q ?? ''}
            onChange={(event) => setFilter({ q: event.target.value, page: undefined })}
          />
          <Select
            aria-label="状态"
            allowClear
            placeholder="所有状态"
            value={filter.status}
            options={Object.entries(statusWords).map(([value, { words }]) => ({ value, label: words }))}
            onChange={(status) => setFilter({ status, page: undefined })}
          />
          <Select
            aria-label="品牌"
            allowClear
            placeholder="所有品牌"
            value={filter.brand}
            options={Object.entries(brandWords).map(([value, label]) => ({ value, label }))}
            onChange={(brand) => setFilter({ brand, page: undefined })}
          />
          <span className="table-total">{list.data ? `共 ${list.data.total} 台` : ''}</span>
        </div>
        {list.error ? <ListTroubled error={list.error} onRetry={() => list.refetch()} /> : null}
        <SpeakerTable
          list={list.data}
          loading={list.isPending}
          now={now}
          onPage={(to) => setFilter({ page: String(to) })}
          onOpen={setOpened}
        />
      </section>
      <SpeakerDrawer id={opened} now={now} onClose={() => setOpened(undefined)} />
    </>
  );
}

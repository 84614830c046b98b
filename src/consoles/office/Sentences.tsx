import { App, Button, Select, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useFacts } from '../rest/asked.ts';
import { useChange } from '../rest/session.ts';
import { DataTable } from '../staff/DataTable.tsx';
import { ListTroubled } from '../staff/states.tsx';

interface Sentence {
  id: string;
  createdAt: string;
  updatedAt: string;
  text: string;
  locale: string;
  errand: string | null;
  asking: string | null;
  count: number;
  label: string | null;
}

/** What it may have meant; the names are those of the language files. */
const MEANINGS: [string, string][] = [
  ['none', '不是我们的事'],
  ['policy.news', '听政策'],
  ['guide.lookup', '怎么办一件事'],
  ['guide.materials', '带什么材料'],
  ['guide.where', '在哪儿办'],
  ['guide.when', '几点开门、要多久'],
  ['guide.fee', '要不要钱'],
  ['guide.eligibility', '我能不能办'],
  ['guide.who', '归谁管'],
  ['progress.query', '查进度'],
  ['pickup.book', '约时间取或交'],
  ['pickup.change', '改预约'],
  ['pickup.cancel', '取消预约'],
  ['pickup.query', '问预约'],
  ['apply.start', '申请'],
  ['agent.call', '找人'],
  ['callback.request', '要回电'],
  ['visit.request', '要上门'],
  ['rate', '评价'],
  ['complaint', '投诉'],
  ['emergency', '紧急'],
  ['scam.check', '问是不是骗子'],
  ['help', '帮助'],
  ['smalltalk', '聊天'],
];
const OPTIONS = MEANINGS.map(([value, label]) => ({ value, label }));
const nameOf = new Map(MEANINGS);

/** Sentences nobody understood, without names and figures; a label makes one a line of the authors' tests. */
export function Sentences() {
  const [labelled, setLabelled] = useState(false);
  const list = useFacts<{ items: Sentence[]; total: number }>(`/api/sentences?labelled=${labelled}`, 30_000);
  return (
    <section className="panel" aria-label="没听懂的话">
      <div className="table-tools">
        <Select
          aria-label="哪些话"
          value={labelled}
          options={[
            { value: false, label: '还没标的' },
            { value: true, label: '标过的' },
          ]}
          onChange={setLabelled}
        />
        <span className="table-total office-total">{list.data ? `共 ${list.data.total} 句` : ''}</span>
        <Button href="/api/sentences/export" download="sentences.yaml">
          导出给测试
        </Button>
      </div>
      {list.error ? <ListTroubled error={list.error} onRetry={() => list.refetch()} /> : null}
      <DataTable<Sentence>
        name="没听懂的话一览"
        columns={COLUMNS}
        rows={list.data?.items ?? []}
        loading={list.isPending}
        emptyWords={labelled ? '还没标过' : '都听懂了'}
      />
    </section>
  );
}

const COLUMNS: TableColumnsType<Sentence> = [
  { title: '说了什么', dataIndex: 'text', render: (text: string) => <span className="office-title">「{text}」</span> },
  { title: '几次', dataIndex: 'count', render: (count: number) => <span className="figures">{count}</span> },
  {
    title: '正在问',
    key: 'asking',
    render: (_, { errand, asking }) => [errand, asking].filter(Boolean).join(' · ') || '—',
  },
  {
    title: '其实是',
    key: 'label',
    render: (_, one) => (one.label ? (nameOf.get(one.label) ?? one.label) : <Label sentence={one} />),
  },
];

function Label({ sentence }: { sentence: Sentence }) {
  const { message } = App.useApp();
  const save = useChange<void, string>(
    (label) => ({ path: `/api/sentences/${sentence.id}/label`, body: { label } }),
    ['facts'],
  );
  return (
    <Select
      aria-label={`「${sentence.text}」其实是`}
      showSearch
      optionFilterProp="label"
      placeholder="选一个"
      className="sentence-label"
      options={OPTIONS}
      disabled={save.isPending}
      onChange={(label: string) =>
        save.mutate(label, {
          onSuccess: () => void message.success('标好了'),
          onError: (error) => void message.error(error.message),
        })
      }
    />
  );
}

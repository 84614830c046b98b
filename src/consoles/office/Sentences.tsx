import { App, Select, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useFacts } from '../rest/asked.ts';
import { useChange } from '../rest/session.ts';
import { DataTable } from '../staff/DataTable.tsx';
import { DownloadButton } from '../staff/DownloadButton.tsx';
import { ListTroubled } from '../staff/states.tsx';
import { quoted } from '../words/marks.ts';
import { t } from '../words/office.ts';

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
  ['none', t.notOurs],
  ['policy.news', t.hearPolicies],
  ['guide.lookup', t.howErrandDone],
  ['guide.materials', t.whichMaterials],
  ['guide.where', t.whereDone],
  ['guide.when', t.openingHoursHowLong],
  ['guide.fee', t.whetherCosts],
  ['guide.eligibility', t.whetherIAmEntitled],
  ['guide.who', t.whoResponsible],
  ['progress.query', t.whereMyCaseStands],
  ['pickup.book', t.bookTime],
  ['pickup.change', t.changeBooking],
  ['pickup.cancel', t.cancelBooking],
  ['pickup.query', t.askAboutBooking],
  ['apply.start', t.apply],
  ['agent.call', t.peopleShort],
  ['callback.request', t.wantsCallback],
  ['visit.request', t.wantsVisit],
  ['rate', t.rating],
  ['complaint', t.complaint],
  ['emergency', t.emergency],
  ['scam.check', t.fraud],
  ['help', t.help],
  ['smalltalk', t.smallTalk],
];
const OPTIONS = MEANINGS.map(([value, label]) => ({ value, label }));
const nameOf = new Map(MEANINGS);

/** Sentences nobody understood, without names and figures; a label makes one a line of the authors' tests. */
export function Sentences() {
  const [labelled, setLabelled] = useState(false);
  const list = useFacts<{ items: Sentence[]; total: number }>(`/api/sentences?labelled=${labelled}`, 30_000);
  return (
    <section className="panel" aria-label={t.notUnderstood}>
      <div className="table-tools">
        <Select
          aria-label={t.whichSentences}
          value={labelled}
          options={[
            { value: false, label: t.notLabelledYet },
            { value: true, label: t.labelledShort },
          ]}
          onChange={setLabelled}
        />
        <span className="table-total office-total">{list.data ? t.sentences(list.data.total) : ''}</span>
        <DownloadButton path="/api/sentences/export">{t.exportForTests}</DownloadButton>
      </div>
      {list.error ? <ListTroubled error={list.error} onRetry={() => list.refetch()} /> : null}
      <DataTable<Sentence>
        name={t.sentencesNotUnderstood}
        columns={COLUMNS}
        rows={list.data?.items ?? []}
        loading={list.isPending}
        emptyWords={labelled ? t.noneLabelledYet : t.everythingWasUnderstood}
      />
    </section>
  );
}

const COLUMNS: TableColumnsType<Sentence> = [
  {
    title: t.whatWasSaid,
    dataIndex: 'text',
    render: (text: string) => <span className="office-title">{quoted(text)}</span>,
  },
  { title: t.times, dataIndex: 'count', render: (count: number) => <span className="figures">{count}</span> },
  {
    title: t.whileAsking,
    key: 'asking',
    render: (_, { errand, asking }) => [errand, asking].filter(Boolean).join(' · ') || '—',
  },
  {
    title: t.itIs,
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
      aria-label={t.meant(sentence.text)}
      showSearch
      optionFilterProp="label"
      placeholder={t.chooseOne}
      className="sentence-label"
      options={OPTIONS}
      disabled={save.isPending}
      onChange={(label: string) =>
        save.mutate(label, {
          onSuccess: () => void message.success(t.labelled),
          onError: (error) => void message.error(error.message),
        })
      }
    />
  );
}

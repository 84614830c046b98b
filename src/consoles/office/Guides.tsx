import { Button, Input, Select, type TableColumnsType, Tabs } from 'antd';
import type { ReactNode } from 'react';
import { useList } from '../rest/lists.ts';
import type { Guide, GuideAmount, GuideMaterial, Session } from '../rest/records.ts';
import { DataTable } from '../staff/DataTable.tsx';
import { RowDrawer } from '../staff/RowDrawer.tsx';
import { ListTroubled } from '../staff/states.tsx';
import { useQueryState } from '../staff/useQueryState.ts';
import { t } from '../words/office.ts';
import { GuideActions } from './GuideActions.tsx';
import { GuideEditor } from './GuideEditor.tsx';
import { GuideFiles } from './GuideFiles.tsx';
import { GuideVersions } from './GuideVersions.tsx';
import { Facts, State } from './parts.tsx';
import { Told } from './Told.tsx';
import { guideElements, guideStates } from './words.ts';

/** All guides by matter; one press shows the elements in their official order. */
export function Guides({ session }: { session: Session }) {
  const [{ q, only, edit, guide }, setFilter] = useQueryState(['part', 'q', 'only', 'edit', 'guide'] as const);
  const setOpened = (id: string | undefined) => setFilter({ guide: id });
  const list = useList<Guide>('guides', { pageSize: 200 }, 60_000);
  const all = list.data?.items ?? [];
  const found = all
    .filter(({ matter, department }) => `${matter}${department}`.includes(q ?? ''))
    .filter((one) => !only || (only === 'stale' ? one.stale : one.state === only));
  const stale = all.filter((one) => one.stale).length;
  if (edit)
    return (
      <GuideEditor key={edit} id={edit} onDone={(saved) => setFilter({ edit: undefined, guide: saved ?? guide })} />
    );
  return (
    <section className="panel" aria-label={t.guides}>
      <div className="table-tools">
        <Input
          type="search"
          allowClear
          aria-label={t.findGuide}
          placeholder={t.matterDepartment}
          value={q ?? ''}
          onChange={(event) => setFilter({ q: event.target.value })}
        />
        <Select
          aria-label={t.which}
          allowClear
          placeholder={t.allVersions}
          value={only}
          options={ONLY}
          onChange={(chosen) => setFilter({ only: chosen })}
        />
        <span className="table-total office-total">{list.data ? t.matters(found.length) : ''}</span>
        <GuideFiles />
        <Button type="primary" onClick={() => setFilter({ edit: 'new' })}>
          {t.writeGuide}
        </Button>
      </div>
      {stale > 0 ? (
        <p className="office-sample" role="status">
          {t.haveNotBeenChecked(stale)}
          <Button size="small" onClick={() => setFilter({ only: 'stale' })}>
            {t.seeWhich}
          </Button>
        </p>
      ) : null}
      {list.error ? <ListTroubled error={list.error} onRetry={() => list.refetch()} /> : null}
      <DataTable<Guide>
        name={t.listGuides}
        columns={columns(setOpened)}
        rows={found}
        loading={list.isPending}
        emptyWords={t.noSuchGuide}
      />
      <GuideDrawer
        id={guide}
        session={session}
        onEdit={(id) => setFilter({ edit: id })}
        onClose={() => setOpened(undefined)}
      />
    </section>
  );
}

function columns(onOpen: (id: string) => void): TableColumnsType<Guide> {
  return [
    {
      title: t.matterShort,
      key: 'matter',
      render: (_, one) => (
        <Button type="link" className="office-open" onClick={() => onOpen(one.id)}>
          {one.matter}
        </Button>
      ),
    },
    { title: t.departmentShort, dataIndex: 'department' },
    {
      title: t.checked,
      key: 'checkedOn',
      render: (_, { checkedOn, stale }) => (
        <span className={stale ? 'chip figures' : 'figures'} data-tone={stale ? 'warn' : undefined}>
          {checkedOn}
        </span>
      ),
    },
    { title: t.holds, dataIndex: 'effectiveFrom', render: (day: string) => <span className="figures">{day}</span> },
    {
      title: t.versionPlain,
      dataIndex: 'version',
      render: (version: number) => <span className="figures">{version}</span>,
    },
    {
      title: t.state,
      key: 'state',
      render: (_, one) => <State of={guideStates} code={one.state} words={one.stateText} />,
    },
  ];
}

const ONLY = [
  { value: 'effective', label: t.thoseThatHold },
  { value: 'draft', label: t.draft },
  { value: 'submitted', label: t.waitingForSignature },
  { value: 'stale', label: t.notCheckedForHalf },
];

interface DrawerProps {
  id: string | undefined;
  session: Session;
  onEdit: (id: string) => void;
  onClose: () => void;
}

function GuideDrawer({ id, session, onEdit, onClose }: DrawerProps) {
  return (
    <RowDrawer<Guide> noun="guides" id={id} title={(one) => one?.matter ?? t.guides} width={760} onClose={onClose}>
      {(one) => (
        <>
          {one.sample ? <p className="office-sample">{t.sampleTextWhatWindow}</p> : null}
          <GuideActions guide={one} session={session} onEdit={onEdit} />
          {one.remark ? <p className="office-sample">{one.remark}</p> : null}
          <Tabs
            items={[
              { key: 'text', label: t.text, children: <Facts of={factsOf(one)} /> },
              { key: 'versions', label: t.versionsDifferences, children: <GuideVersions guide={one} /> },
              {
                key: 'told',
                label: t.listen,
                children: <Told title={t.whatSheHearsElement} draft={{ guide: spokenOf(one) }} />,
              },
            ]}
          />
        </>
      )}
    </RowDrawer>
  );
}

/** The texts alone: what is told. */
function spokenOf({ elements = {} }: Guide): object {
  const { materials = [], amounts = [], ...rest } = elements;
  const texts = Object.entries(rest).filter(([, value]) => typeof value === 'string' && value !== '');
  return { ...Object.fromEntries(texts), materials, amounts };
}

function factsOf(one: Guide): [string, ReactNode][] {
  const told: [string, ReactNode][] = guideElements.flatMap(([key, name]) => {
    const value = one.elements?.[key];
    if (key === 'materials') return [[name, <Materials key={key} of={one.elements?.materials ?? []} />]];
    if (key === 'amounts') return amountsTold(name, one.elements?.amounts ?? []);
    return typeof value === 'string' && value !== '' ? [[name, value]] : [];
  });
  return [...told, [t.source, one.source], [t.checked, one.checkedOn], [t.departmentShort, one.department]];
}

function amountsTold(name: string, of: GuideAmount[]): [string, ReactNode][] {
  if (of.length === 0) return [];
  const steps = of.map(({ ageFrom, text }) => <li key={ageFrom}>{t.fromAgeOn(ageFrom, text)}</li>);
  return [[name, <ul key={name}>{steps}</ul>]];
}

function Materials({ of }: { of: GuideMaterial[] }) {
  return (
    <ol className="materials">
      {of.map(({ name, original, copies, note, onFile }) => (
        <li key={name}>
          {name}
          <span className="row-quiet">
            {[
              original ? t.originalsShort(original) : '',
              copies ? t.copiesShort(copies) : '',
              note,
              onFile ? t.fileNotBeBrought : '',
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </li>
      ))}
    </ol>
  );
}

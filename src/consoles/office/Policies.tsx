import { Button, Input, Select, type TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import { dayOf, timeOf } from '../rest/days.ts';
import { useList } from '../rest/lists.ts';
import type { Policy, Session } from '../rest/records.ts';
import { DataTable } from '../staff/DataTable.tsx';
import { RowDrawer } from '../staff/RowDrawer.tsx';
import { ListTroubled } from '../staff/states.tsx';
import { useQueryState } from '../staff/useQueryState.ts';
import { together } from '../words/marks.ts';
import { t } from '../words/office.ts';
import { PolicyActions } from './PolicyActions.tsx';
import { PolicyEditor } from './PolicyEditor.tsx';
import { PolicyProgress } from './PolicyProgress.tsx';
import { Facts, State } from './parts.tsx';
import { conditionWords, type Rule } from './rule.ts';
import { policyStates } from './words.ts';

/** All policies with their state; one press shows the text as it is spoken. */
export function Policies({ session }: { session: Session }) {
  const [{ state, q, edit, policy }, setFilter] = useQueryState(['part', 'state', 'q', 'edit', 'policy'] as const);
  const setOpened = (id: string | undefined) => setFilter({ policy: id });
  const list = useList<Policy>('policies', { state, pageSize: 200 }, 30_000);
  const found = (list.data?.items ?? []).filter(({ title, gist, matter }) =>
    `${title}${gist}${matter ?? ''}`.includes(q ?? ''),
  );
  if (edit)
    return (
      <PolicyEditor key={edit} id={edit} onDone={(saved) => setFilter({ edit: undefined, policy: saved ?? policy })} />
    );
  return (
    <section className="panel" aria-label={t.policies}>
      <div className="table-tools">
        <Input
          type="search"
          allowClear
          aria-label={t.findPolicy}
          placeholder={t.titleMatter}
          value={q ?? ''}
          onChange={(event) => setFilter({ q: event.target.value })}
        />
        <Select
          aria-label={t.state}
          allowClear
          placeholder={t.anyState}
          value={state}
          options={Object.entries(policyStates).map(([value, { words }]) => ({ value, label: words }))}
          onChange={(chosen) => setFilter({ state: chosen })}
        />
        <span className="table-total office-total">{list.data ? t.entries(found.length) : ''}</span>
        <Button type="primary" onClick={() => setFilter({ edit: 'new' })}>
          {t.writePolicy}
        </Button>
      </div>
      {list.error ? <ListTroubled error={list.error} onRetry={() => list.refetch()} /> : null}
      <DataTable<Policy>
        name={t.listPolicies}
        columns={columns(setOpened)}
        rows={found}
        loading={list.isPending}
        emptyWords={t.noSuchPolicy}
      />
      <PolicyDrawer
        id={policy}
        session={session}
        onEdit={(id) => setFilter({ edit: id })}
        onClose={() => setOpened(undefined)}
      />
    </section>
  );
}

function columns(onOpen: (id: string) => void): TableColumnsType<Policy> {
  return [
    {
      title: t.policies,
      key: 'title',
      render: (_, one) => (
        <div className="office-title">
          <Button type="link" className="office-open" onClick={() => onOpen(one.id)}>
            {one.title}
          </Button>
          <p className="row-quiet">{one.gist}</p>
        </div>
      ),
    },
    { title: t.matterAbout, dataIndex: 'matter', render: (matter: string | null) => matter ?? '—' },
    { title: t.valid, key: 'valid', render: (_, one) => validWords(one) },
    {
      title: t.versionPlain,
      dataIndex: 'version',
      render: (version: number) => <span className="figures">{version}</span>,
    },
    {
      title: t.state,
      key: 'state',
      render: (_, one) => <State of={policyStates} code={one.state} words={one.stateText} />,
    },
  ];
}

function validWords({ validFrom, validUntil }: Pick<Policy, 'validFrom' | 'validUntil'>): string {
  return t.span(validFrom, validUntil ? t.untilDay(validUntil) : '');
}

interface DrawerProps {
  id: string | undefined;
  session: Session;
  onEdit: (id: string) => void;
  onClose: () => void;
}

function PolicyDrawer({ id, session, onEdit, onClose }: DrawerProps) {
  return (
    <RowDrawer<Policy> noun="policies" id={id} title={(one) => one?.title ?? t.policies} width={600} onClose={onClose}>
      {(one) => (
        <>
          <p className="spoken">{one.gist}</p>
          {one.body ? <p className="office-body">{one.body}</p> : null}
          <PolicyActions policy={one} session={session} onEdit={onEdit} />
          {one.remark ? <p className="office-sample">{one.remark}</p> : null}
          <Facts of={factsOf(one)} />
          <PolicyProgress id={one.id} />
        </>
      )}
    </RowDrawer>
  );
}

function factsOf(one: Policy): [string, ReactNode][] {
  return [
    [t.state, <State key="state" of={policyStates} code={one.state} words={one.stateText} />],
    [t.valid, validWords(one)],
    [t.matterAbout, one.matter ?? '—'],
    [t.source, one.source],
    [t.withOthersAround, one.sensitive ? t.asksFirstWhetherConvenient : t.mayBeToldOnce],
    [t.handedBy, one.submittedBy?.name ?? '—'],
    [t.secondSignature, one.signedBy?.name ?? '—'],
    [t.toldFrom, one.startsAt ? `${dayOf(one.startsAt)} ${timeOf(one.startsAt)}` : t.asSoonAsPublished],
    [t.whoHears, <Audience key="audience" rule={one.audience as Rule | undefined} />],
  ];
}

function Audience({ rule = {} }: { rule: Rule | undefined }) {
  const all = conditionWords(rule);
  const groups = [
    ...(rule.any ?? []).map((one) => t.orElse(together(conditionWords(one)))),
    ...(rule.none ?? []).map((one) => t.exceptShort(together(conditionWords(one)))),
  ];
  if (all.length + groups.length === 0) return t.everybody;
  return [...all, ...groups].map((one) => (
    <span key={one} className="chip" data-tone="info">
      {one}
    </span>
  ));
}

import { App, Button, Input, Select, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useList } from '../rest/lists.ts';
import { DataTable } from '../staff/DataTable.tsx';
import { ROLE_CHOICES, roleWords } from '../staff/roles.ts';
import { ListTroubled } from '../staff/states.tsx';
import { useQueryState } from '../staff/useQueryState.ts';
import { t } from '../words/office.ts';
import { AccountDrawer } from './AccountDrawer.tsx';
import { type Account, type Handed, stateOf } from './account.ts';
import { NewAccount } from './NewAccount.tsx';

/** Who may sign in, as what, and from where she is signed in now. The one who manages accounts sees nobody's affairs. */
export function Accounts() {
  const [{ role, q, account }, setFilter] = useQueryState(['part', 'role', 'q', 'account'] as const);
  const [adding, setAdding] = useState(false);
  const { modal } = App.useApp();
  const list = useList<Account>('staff', { role, pageSize: 200 }, 30_000);
  const found = (list.data?.items ?? []).filter(({ username, name }) => `${username}${name}`.includes(q ?? ''));
  const handOver = (handed: Handed) =>
    void modal.info({ title: t.shownThisOnceCopy, width: 560, content: <HandedOver handed={handed} /> });
  return (
    <section className="panel" aria-label={t.account}>
      <div className="table-tools">
        <Input
          type="search"
          allowClear
          aria-label={t.findAccount}
          placeholder={t.userNameName}
          value={q ?? ''}
          onChange={(event) => setFilter({ q: event.target.value })}
        />
        <Select
          aria-label={t.role}
          allowClear
          placeholder={t.anyRole}
          value={role}
          options={ROLE_CHOICES}
          onChange={(chosen) => setFilter({ role: chosen })}
        />
        <span className="table-total office-total">{list.data ? t.all(found.length) : ''}</span>
        <Button type="primary" onClick={() => setAdding(true)}>
          {t.openAccount}
        </Button>
      </div>
      {list.error ? <ListTroubled error={list.error} onRetry={() => list.refetch()} /> : null}
      <DataTable<Account>
        name={t.listAccounts}
        columns={columns((id) => setFilter({ account: id }))}
        rows={found}
        loading={list.isPending}
        emptyWords={t.noSuchAccount}
      />
      <p className="row-quiet accounts-rules">{t.passwordsHaveLeastTen}</p>
      <NewAccount open={adding} onClose={() => setAdding(false)} onHanded={handOver} />
      <AccountDrawer id={account} onHanded={handOver} onClose={() => setFilter({ account: undefined })} />
    </section>
  );
}

function HandedOver({ handed: { password, totpUri } }: { handed: Handed }) {
  return (
    <dl className="facts">
      <div>
        <dt>{t.oneTimePassword}</dt>
        <dd className="handed">{password}</dd>
      </div>
      {totpUri ? (
        <div>
          <dt>{t.authenticator}</dt>
          <dd className="handed">{totpUri}</dd>
        </div>
      ) : null}
    </dl>
  );
}

function columns(onOpen: (id: string) => void): TableColumnsType<Account> {
  return [
    {
      title: t.account,
      key: 'username',
      render: (_, { id, username, name }) => (
        <Button type="link" className="office-open" onClick={() => onOpen(id)}>
          {username} · {name}
        </Button>
      ),
    },
    {
      title: t.role,
      key: 'role',
      render: (_, { role, duty }) => `${roleWords[role]}${duty ? t.duty(duty) : ''}`,
    },
    { title: t.place, key: 'place', render: (_, { place }) => place?.name ?? '—' },
    {
      title: t.authenticator,
      key: 'factor',
      render: (_, { secondFactor }) => (
        <span className="chip" data-tone={secondFactor ? 'good' : 'warn'}>
          {secondFactor ? t.setUp : t.none}
        </span>
      ),
    },
    {
      title: t.state,
      key: 'state',
      render: (_, one) => (
        <span className="chip" data-tone={stateOf(one).tone}>
          {stateOf(one).words}
        </span>
      ),
    },
  ];
}

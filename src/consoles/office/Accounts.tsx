import { App, Button, Input, Modal, Select, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useList } from '../rest/lists.ts';
import { useChange } from '../rest/session.ts';
import { DataTable } from '../staff/DataTable.tsx';
import { roleWords } from '../staff/roles.ts';
import { ListTroubled } from '../staff/states.tsx';
import { useQueryState } from '../staff/useQueryState.ts';
import { t } from '../words/office.ts';
import { AccountDrawer } from './AccountDrawer.tsx';
import { type Account, type Handed, stateOf } from './account.ts';
import { Field } from './PolicyEditor.tsx';

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
          options={ROLES}
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

const ROLES = Object.entries(roleWords).map(([value, label]) => ({ value, label }));

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

interface NewProps {
  open: boolean;
  onClose: () => void;
  onHanded: (handed: Handed) => void;
}

function NewAccount({ open, onClose, onHanded }: NewProps) {
  const [{ username, name, role, badge }, set] = useState({ username: '', name: '', role: 'clerk', badge: '' });
  const part = (key: string, value: string) => set((before) => ({ ...before, [key]: value }));
  const add = useChange<Handed, object>((body) => ({ path: '/api/staff', body }), ['staff']);
  return (
    <Modal
      title={t.openAccount}
      open={open}
      onCancel={onClose}
      okText={t.openShort}
      cancelText={t.notNow}
      confirmLoading={add.isPending}
      okButtonProps={{ disabled: !/^[A-Za-z0-9._-]{2,64}$/.test(username) || !name.trim() }}
      onOk={() =>
        add.mutate(
          { username, name: name.trim(), role, ...(badge ? { badge } : {}) },
          {
            onSuccess: (handed) => {
              onClose();
              onHanded(handed);
            },
          },
        )
      }
      destroyOnHidden
    >
      <Field label={t.account} hint={t.lettersDigits}>
        <Input maxLength={64} value={username} onChange={(event) => part('username', event.target.value)} />
      </Field>
      <Field label={t.name}>
        <Input maxLength={40} value={name} onChange={(event) => part('name', event.target.value)} />
      </Field>
      <Field label={t.role}>
        <select className="plain-select" value={role} onChange={(event) => part('role', event.target.value)}>
          {ROLES.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </Field>
      <Field label={t.badge}>
        <Input maxLength={40} value={badge} onChange={(event) => part('badge', event.target.value)} />
      </Field>
      <p className="form-trouble" role="alert">
        {add.error?.message}
      </p>
    </Modal>
  );
}

import { App, Button, Input, Modal, Select, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useList } from '../rest/lists.ts';
import { useChange } from '../rest/session.ts';
import { DataTable } from '../staff/DataTable.tsx';
import { roleWords } from '../staff/roles.ts';
import { ListTroubled } from '../staff/states.tsx';
import { useQueryState } from '../staff/useQueryState.ts';
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
    void modal.info({ title: '只显示这一次，抄好交给本人', width: 560, content: <HandedOver handed={handed} /> });
  return (
    <section className="panel" aria-label="账号">
      <div className="table-tools">
        <Input
          type="search"
          allowClear
          aria-label="找账号"
          placeholder="账号、姓名"
          value={q ?? ''}
          onChange={(event) => setFilter({ q: event.target.value })}
        />
        <Select
          aria-label="角色"
          allowClear
          placeholder="所有角色"
          value={role}
          options={ROLES}
          onChange={(chosen) => setFilter({ role: chosen })}
        />
        <span className="table-total office-total">{list.data ? `共 ${found.length} 个` : ''}</span>
        <Button type="primary" onClick={() => setAdding(true)}>
          开一个账号
        </Button>
      </div>
      {list.error ? <ListTroubled error={list.error} onRetry={() => list.refetch()} /> : null}
      <DataTable<Account>
        name="账号一览"
        columns={columns((id) => setFilter({ account: id }))}
        rows={found}
        loading={list.isPending}
        emptyWords="没有这样的账号"
      />
      <p className="row-quiet accounts-rules">
        密码至少十位，有字母有数字；输错五次锁十五分钟；半小时没动静就退出，最长十二小时。写内容的、查记录的、管账号的，三样不能是一个人。
      </p>
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
        <dt>一次性密码</dt>
        <dd className="handed">{password}</dd>
      </div>
      {totpUri ? (
        <div>
          <dt>动态码</dt>
          <dd className="handed">{totpUri}</dd>
        </div>
      ) : null}
    </dl>
  );
}

function columns(onOpen: (id: string) => void): TableColumnsType<Account> {
  return [
    {
      title: '账号',
      key: 'username',
      render: (_, { id, username, name }) => (
        <Button type="link" className="office-open" onClick={() => onOpen(id)}>
          {username} · {name}
        </Button>
      ),
    },
    {
      title: '角色',
      key: 'role',
      render: (_, { role, duty }) => `${roleWords[role]}${duty ? ` · ${duty} 角` : ''}`,
    },
    { title: '地方', key: 'place', render: (_, { place }) => place?.name ?? '—' },
    {
      title: '动态码',
      key: 'factor',
      render: (_, { secondFactor }) => (
        <span className="chip" data-tone={secondFactor ? 'good' : 'warn'}>
          {secondFactor ? '有' : '没有'}
        </span>
      ),
    },
    {
      title: '状态',
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
      title="开一个账号"
      open={open}
      onCancel={onClose}
      okText="开"
      cancelText="先不"
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
      <Field label="账号" hint="字母和数字">
        <Input maxLength={64} value={username} onChange={(event) => part('username', event.target.value)} />
      </Field>
      <Field label="姓名">
        <Input maxLength={40} value={name} onChange={(event) => part('name', event.target.value)} />
      </Field>
      <Field label="角色">
        <select className="plain-select" value={role} onChange={(event) => part('role', event.target.value)}>
          {ROLES.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </Field>
      <Field label="胸牌号">
        <Input maxLength={40} value={badge} onChange={(event) => part('badge', event.target.value)} />
      </Field>
      <p className="form-trouble" role="alert">
        {add.error?.message}
      </p>
    </Modal>
  );
}

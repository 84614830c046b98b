import { App, Button, Input, Modal, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useFacts } from '../rest/asked.ts';
import type { Ref } from '../rest/records.ts';
import { useChange } from '../rest/session.ts';
import { DataTable } from '../staff/DataTable.tsx';
import { Field } from './PolicyEditor.tsx';

interface Blockage {
  id: string;
  createdAt: string;
  updatedAt: string;
  kindText: string;
  subject: string;
  figure: number;
  owner: Ref | null;
  dueOn: string | null;
  state: string;
  note: string | null;
}

/** 堵点清单: found from the figures, then somebody's to mend by a day. */
export function Blockages({ month }: { month: string }) {
  const { message } = App.useApp();
  const list = useFacts<{ items: Blockage[] }>(`/api/blockages?month=${month}`);
  const [opened, setOpened] = useState<Blockage>();
  const find = useChange<{ items: Blockage[] }, void>(
    () => ({ path: '/api/blockages/find', body: { month } }),
    ['facts'],
  );
  return (
    <section className="panel oversight-card" aria-label="堵点清单">
      <h2 className="told-title">
        堵点清单
        <Button
          size="small"
          loading={find.isPending}
          onClick={() =>
            find.mutate(undefined, { onSuccess: ({ items }) => void message.success(`找到 ${items.length} 个`) })
          }
        >
          找一找
        </Button>
      </h2>
      <DataTable<Blockage>
        name="堵点一览"
        columns={columns(setOpened)}
        rows={list.data?.items ?? []}
        loading={list.isPending}
        emptyWords="还没有堵点"
        emptyHint="点「找一找」，从这个月的办件和找人里找。"
      />
      {opened ? <Carry key={opened.id} blockage={opened} onClose={() => setOpened(undefined)} /> : null}
    </section>
  );
}

function columns(onOpen: (one: Blockage) => void): TableColumnsType<Blockage> {
  return [
    { title: '哪种', dataIndex: 'kindText' },
    { title: '哪件事', dataIndex: 'subject' },
    { title: '几次', dataIndex: 'figure', render: (figure: number) => <span className="figures">{figure}</span> },
    { title: '归谁', key: 'owner', render: (_, { owner }) => owner?.name ?? '—' },
    { title: '哪天前', dataIndex: 'dueOn', render: (day: string | null) => day ?? '—' },
    {
      title: '怎样了',
      key: 'state',
      render: (_, { state, note }) => (
        <>
          <span className="chip" data-tone={state === 'solved' ? 'good' : 'warn'}>
            {state === 'solved' ? '通了' : '还堵着'}
          </span>
          {note ? <p className="row-quiet">{note}</p> : null}
        </>
      ),
    },
    {
      title: '派给谁',
      key: 'do',
      render: (_, one) => (
        <Button size="small" className="do" onClick={() => onOpen(one)}>
          派人
        </Button>
      ),
    },
  ];
}

function Carry({ blockage, onClose }: { blockage: Blockage; onClose: () => void }) {
  const [dueOn, setDueOn] = useState(blockage.dueOn ?? '');
  const [note, setNote] = useState(blockage.note ?? '');
  const [owner, setOwner] = useState(blockage.owner?.id ?? '');
  const people = useFacts<{ items: { id: string; name: string }[] }>('/api/colleagues');
  const carry = useChange<void, object>((body) => ({ path: `/api/blockages/${blockage.id}/carry`, body }), ['facts']);
  const save = (state: string) =>
    carry.mutate(
      { state, note, ...(dueOn ? { dueOn } : {}), ...(owner ? { ownerId: owner } : {}) },
      { onSuccess: onClose },
    );
  return (
    <Modal
      title={`${blockage.kindText}：${blockage.subject}`}
      open
      onCancel={onClose}
      footer={
        <>
          <Button onClick={onClose}>先不</Button>
          <Button loading={carry.isPending} onClick={() => save('solved')}>
            已经通了
          </Button>
          <Button type="primary" loading={carry.isPending} onClick={() => save('open')}>
            派下去
          </Button>
        </>
      }
    >
      <Field label="归谁">
        <select className="plain-select" value={owner} onChange={(event) => setOwner(event.target.value)}>
          <option value="">还没定</option>
          {(people.data?.items ?? []).map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </Field>
      <Field label="哪天前通">
        <Input type="date" value={dueOn} onChange={(event) => setDueOn(event.target.value)} />
      </Field>
      <Field label="怎么办">
        <Input.TextArea maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />
      </Field>
      <p className="form-trouble" role="alert">
        {carry.error?.message}
      </p>
    </Modal>
  );
}

import { App, Button, Input, Modal, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useFacts } from '../rest/asked.ts';
import type { Ref } from '../rest/records.ts';
import { useChange } from '../rest/session.ts';
import { DataTable } from '../staff/DataTable.tsx';
import { about } from '../words/marks.ts';
import { t } from '../words/office.ts';
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
    <section className="panel oversight-card" aria-label={t.whatStandsWay}>
      <h2 className="told-title">
        {t.whatStandsWay}
        <Button
          size="small"
          loading={find.isPending}
          onClick={() =>
            find.mutate(undefined, { onSuccess: ({ items }) => void message.success(t.found(items.length)) })
          }
        >
          {t.lookForThem}
        </Button>
      </h2>
      <DataTable<Blockage>
        name={t.listBlockages}
        columns={columns(setOpened)}
        rows={list.data?.items ?? []}
        loading={list.isPending}
        emptyWords={t.nothingFoundYet}
        emptyHint={t.pressLookForThem}
      />
      {opened ? <Carry key={opened.id} blockage={opened} onClose={() => setOpened(undefined)} /> : null}
    </section>
  );
}

function columns(onOpen: (one: Blockage) => void): TableColumnsType<Blockage> {
  return [
    { title: t.kind, dataIndex: 'kindText' },
    { title: t.whichMatter, dataIndex: 'subject' },
    { title: t.times, dataIndex: 'figure', render: (figure: number) => <span className="figures">{figure}</span> },
    { title: t.owner, key: 'owner', render: (_, { owner }) => owner?.name ?? '—' },
    { title: t.byWhen, dataIndex: 'dueOn', render: (day: string | null) => day ?? '—' },
    {
      title: t.howStands,
      key: 'state',
      render: (_, { state, note }) => (
        <>
          <span className="chip" data-tone={state === 'solved' ? 'good' : 'warn'}>
            {state === 'solved' ? t.solvedShort : t.stillOpen}
          </span>
          {note ? <p className="row-quiet">{note}</p> : null}
        </>
      ),
    },
    {
      title: t.give,
      key: 'do',
      render: (_, one) => (
        <Button size="small" className="do" onClick={() => onOpen(one)}>
          {t.assignShort}
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
      title={about(blockage.kindText, blockage.subject)}
      open
      onCancel={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t.notNow}</Button>
          <Button loading={carry.isPending} onClick={() => save('solved')}>
            {t.solved}
          </Button>
          <Button type="primary" loading={carry.isPending} onClick={() => save('open')}>
            {t.assign}
          </Button>
        </>
      }
    >
      <Field label={t.owner}>
        <select className="plain-select" value={owner} onChange={(event) => setOwner(event.target.value)}>
          <option value="">{t.notDecidedYet}</option>
          {(people.data?.items ?? []).map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </Field>
      <Field label={t.solvedBy}>
        <Input type="date" value={dueOn} onChange={(event) => setDueOn(event.target.value)} />
      </Field>
      <Field label={t.whatDo}>
        <Input.TextArea maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />
      </Field>
      <p className="form-trouble" role="alert">
        {carry.error?.message}
      </p>
    </Modal>
  );
}

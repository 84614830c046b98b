import { Button, Input, Modal } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useList } from '../rest/lists.ts';
import type { Row } from '../rest/records.ts';
import { useChange } from '../rest/session.ts';
import { t } from '../words/office.ts';
import { bornOf, isWhole, NOBODY, type Typed, wishOf } from './new-resident.ts';
import { Field } from './PolicyEditor.tsx';
import { options } from './rule.ts';

interface NewResidentProps {
  /** Opens her record. */
  onDone: (id: string) => void;
}

/** Somebody who lives at an address and is not known yet. What she agrees to is asked at her home. */
export function NewResident({ onDone }: NewResidentProps) {
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState<Typed>(NOBODY);
  const add = useChange<{ id: string }, object>((body) => ({ path: '/api/residents', body }), ['residents']);
  const set = (part: Partial<Typed>) => setTyped((before) => ({ ...before, ...part }));
  const done = ({ id }: { id: string }) => {
    setOpen(false);
    setTyped(NOBODY);
    onDone(id);
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t.registerResident}</Button>
      <Modal
        title={t.registerResident}
        open={open}
        onCancel={() => setOpen(false)}
        okText={t.register}
        cancelText={t.notNow}
        confirmLoading={add.isPending}
        okButtonProps={{ disabled: !isWhole(typed) }}
        onOk={() => add.mutate(wishOf(typed), { onSuccess: done })}
        destroyOnHidden
      >
        <Where chosen={typed.householdId} onChoose={(householdId) => set({ householdId })} />
        <Who typed={typed} set={set} />
        <Numbers typed={typed} set={set} />
        <p className="form-trouble" role="alert">
          {add.error?.message}
        </p>
      </Modal>
    </>
  );
}

const SHOWN = 20;

function Where({ chosen, onChoose }: { chosen: string; onChoose: (householdId: string) => void }) {
  const [words, setWords] = useState('');
  const q = useDeferredValue(words.trim());
  const { data } = useList<Row & { name: string }>('households', { q, pageSize: SHOWN });
  return (
    <div className="editor-pair">
      <Field label={t.findAddress}>
        <Input
          autoComplete="off"
          placeholder={t.likeBuilding}
          value={words}
          onChange={({ target }) => setWords(target.value)}
        />
      </Field>
      <Field label={t.home}>
        <select className="plain-select" value={chosen} onChange={({ target }) => onChoose(target.value)}>
          <option value="">{data?.total === 0 ? t.noSuchAddress : t.chooseOne}</option>
          {data?.items.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </Field>
    </div>
  );
}

interface PartProps {
  typed: Typed;
  set: (part: Partial<Typed>) => void;
}

function Who({ typed, set }: PartProps) {
  return (
    <>
      <div className="editor-pair">
        <Field label={t.name}>
          <Input maxLength={40} value={typed.name} onChange={({ target }) => set({ name: target.value })} />
        </Field>
        <Field label={t.called}>
          <Input maxLength={20} value={typed.called} onChange={({ target }) => set({ called: target.value })} />
        </Field>
      </div>
      <div className="editor-pair">
        <Field label={t.hukou}>
          <select
            className="plain-select"
            value={typed.hukou}
            onChange={({ target }) => set({ hukou: target.value as Typed['hukou'] })}
          >
            {options.hukou.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </Field>
        <Field label={t.telephone}>
          <Input
            inputMode="tel"
            autoComplete="off"
            maxLength={12}
            value={typed.phone}
            onChange={({ target }) => set({ phone: target.value.trim() })}
          />
        </Field>
      </div>
    </>
  );
}

/** An ID number says birthday and sex; without one both are asked. */
function Numbers({ typed, set }: PartProps) {
  const born = bornOf(typed);
  return (
    <>
      <Field label={t.idNumber} hint={t.givesBirthdaySex}>
        <Input
          autoComplete="off"
          maxLength={18}
          value={typed.idNumber}
          onChange={({ target }) => set({ idNumber: target.value.trim().toUpperCase() })}
        />
      </Field>
      <div className="editor-pair">
        <Field label={t.birthday}>
          <Input
            type="date"
            disabled={typed.idNumber !== ''}
            value={born.birthDate}
            onChange={({ target }) => set({ birthDate: target.value })}
          />
        </Field>
        <Field label={t.sex}>
          <select
            className="plain-select"
            disabled={typed.idNumber !== ''}
            value={born.sex}
            onChange={({ target }) => set({ sex: target.value as Typed['sex'] })}
          >
            <option value="">{t.chooseOne}</option>
            {options.sex.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </Field>
      </div>
    </>
  );
}

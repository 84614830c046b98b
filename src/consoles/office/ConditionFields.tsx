import { Checkbox, InputNumber, Select } from 'antd';
import { type ReactNode, useId } from 'react';
import { about } from '../words/marks.ts';
import { t } from '../words/office.ts';
import { type Condition, options, without } from './rule.ts';

interface FieldsProps {
  of: Condition;
  name: string;
  onChange: (condition: Condition) => void;
}

/** All that may be asked of a person, in four rows; what is left empty is not asked. */
export function ConditionFields({ of, name, onChange }: FieldsProps) {
  const set = (part: Partial<Condition>) => onChange(without({ ...of, ...part }));
  const props = { of, name, set };
  return (
    <div className="condition">
      <Ages {...props} />
      <Living {...props} />
      <Situation {...props} />
      <Cases {...props} />
    </div>
  );
}

interface PartProps {
  of: Condition;
  name: string;
  set: (part: Partial<Condition>) => void;
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  const id = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset within a fieldset is announced twice
    <div className="condition-row" role="group" aria-labelledby={id}>
      <span id={id} className="condition-label">
        {label}
      </span>
      <div className="condition-inputs">{children}</div>
    </div>
  );
}

const number = (value: number | null) => value ?? undefined;

function Ages({ of, name, set }: PartProps) {
  const { turns } = of;
  const turn = (part: Partial<NonNullable<Condition['turns']>>) => {
    const next = { age: turns?.age ?? 65, withinDays: turns?.withinDays ?? 31, ...part };
    set({ turns: part.age === undefined && 'age' in part ? undefined : next });
  };
  return (
    <Row label={t.ageShort}>
      <InputNumber
        aria-label={t.fromAge(name)}
        placeholder={t.from}
        min={0}
        max={130}
        value={of.ageFrom ?? null}
        onChange={(ageFrom) => set({ ageFrom: number(ageFrom) })}
      />
      <span>{t.to}</span>
      <InputNumber
        aria-label={t.age(name)}
        placeholder={t.to}
        min={0}
        max={130}
        value={of.ageTo ?? null}
        onChange={(ageTo) => set({ ageTo: number(ageTo) })}
      />
      <span>{t.orWithin}</span>
      <InputNumber
        aria-label={t.withinDays(name)}
        placeholder={t.days}
        min={1}
        max={400}
        value={turns?.withinDays ?? null}
        onChange={(days) => (days === null ? set({ turns: undefined }) : turn({ withinDays: days }))}
      />
      <span>{t.daysTurning}</span>
      <InputNumber
        aria-label={t.ageSoonReached(name)}
        placeholder={t.years}
        min={0}
        max={130}
        value={turns?.age ?? null}
        onChange={(age) => turn({ age: number(age) })}
      />
    </Row>
  );
}

function Living({ of, name, set }: PartProps) {
  return (
    <Row label={t.homeHukou}>
      <Checkbox.Group options={options.hukou} value={of.hukou ?? []} onChange={(hukou) => set({ hukou })} />
      <Select
        aria-label={t.estateShort(name)}
        mode="tags"
        placeholder={t.estate}
        value={of.community ?? []}
        onChange={(community) => set({ community })}
      />
      <Select
        aria-label={t.building(name)}
        mode="tags"
        placeholder={t.buildingLike3}
        value={of.building ?? []}
        onChange={(building) => set({ building })}
      />
      <Select
        aria-label={t.sexShort(name)}
        allowClear
        placeholder={t.womenMen}
        className="condition-short"
        value={of.sex}
        options={options.sex}
        onChange={(sex) => set({ sex })}
      />
    </Row>
  );
}

function Situation({ of, name, set }: PartProps) {
  const field = (label: string, key: 'flags' | 'anyFlags' | 'notFlags') => (
    <Select
      aria-label={about(name, label)}
      mode="multiple"
      placeholder={label}
      optionFilterProp="label"
      options={options.flags}
      value={of[key] ?? []}
      onChange={(value) => set({ [key]: value })}
    />
  );
  const grades = of.disability?.grades ?? [];
  return (
    <Row label={t.circumstances}>
      {field(t.allThese, 'flags')}
      {field(t.anyThese, 'anyFlags')}
      {field(t.noneThese, 'notFlags')}
      <Select
        aria-label={t.gradeDisabilityShort(name)}
        mode="multiple"
        placeholder={t.gradeDisability}
        options={options.grades}
        value={grades}
        onChange={(next) => set({ disability: next.length > 0 ? { grades: next } : undefined })}
      />
    </Row>
  );
}

function Cases({ of, name, set }: PartProps) {
  const change = (part: Partial<NonNullable<Condition['cases']>>) => {
    const cases = without({ ...of.cases, ...part });
    set({ cases: Object.keys(cases).length > 0 ? cases : undefined });
  };
  return (
    <Row label={t.casesUnderWay}>
      <Select
        aria-label={t.matterCase(name)}
        mode="tags"
        maxCount={1}
        placeholder={t.matterLike}
        value={of.cases?.matter ? [of.cases.matter] : []}
        onChange={([matter]: string[]) => change({ matter })}
      />
      <Select
        aria-label={t.stateCase(name)}
        mode="multiple"
        placeholder={t.howFar}
        optionFilterProp="label"
        options={options.statuses}
        value={of.cases?.statuses ?? []}
        onChange={(statuses) => change({ statuses })}
      />
      <Select
        aria-label={t.certificateShort(name)}
        allowClear
        placeholder={t.certificate}
        className="condition-short"
        options={options.document}
        value={of.cases?.delivery}
        onChange={(delivery) => change({ delivery })}
      />
    </Row>
  );
}

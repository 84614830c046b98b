import { Checkbox, InputNumber, Select } from 'antd';
import { type ReactNode, useId } from 'react';
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
    <Row label="年龄">
      <InputNumber
        aria-label={`${name}：从几岁`}
        placeholder="从"
        min={0}
        max={130}
        value={of.ageFrom ?? null}
        onChange={(ageFrom) => set({ ageFrom: number(ageFrom) })}
      />
      <span>到</span>
      <InputNumber
        aria-label={`${name}：到几岁`}
        placeholder="到"
        min={0}
        max={130}
        value={of.ageTo ?? null}
        onChange={(ageTo) => set({ ageTo: number(ageTo) })}
      />
      <span>岁，或者</span>
      <InputNumber
        aria-label={`${name}：几天里`}
        placeholder="天"
        min={1}
        max={400}
        value={turns?.withinDays ?? null}
        onChange={(days) => (days === null ? set({ turns: undefined }) : turn({ withinDays: days }))}
      />
      <span>天里满</span>
      <InputNumber
        aria-label={`${name}：快满几岁`}
        placeholder="岁"
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
    <Row label="住处和户口">
      <Checkbox.Group options={options.hukou} value={of.hukou ?? []} onChange={(hukou) => set({ hukou })} />
      <Select
        aria-label={`${name}：小区`}
        mode="tags"
        placeholder="小区"
        value={of.community ?? []}
        onChange={(community) => set({ community })}
      />
      <Select
        aria-label={`${name}：楼`}
        mode="tags"
        placeholder="楼，像 3号楼"
        value={of.building ?? []}
        onChange={(building) => set({ building })}
      />
      <Select
        aria-label={`${name}：性别`}
        allowClear
        placeholder="男女都要"
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
      aria-label={`${name}：${label}`}
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
    <Row label="家里的情况">
      {field('这几样都有', 'flags')}
      {field('有一样就行', 'anyFlags')}
      {field('不能有', 'notFlags')}
      <Select
        aria-label={`${name}：残疾等级`}
        mode="multiple"
        placeholder="残疾等级"
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
    <Row label="在办的事">
      <Select
        aria-label={`${name}：办件事项`}
        mode="tags"
        maxCount={1}
        placeholder="事项，像 老年优待证"
        value={of.cases?.matter ? [of.cases.matter] : []}
        onChange={([matter]: string[]) => change({ matter })}
      />
      <Select
        aria-label={`${name}：办件状态`}
        mode="multiple"
        placeholder="办到哪一步"
        optionFilterProp="label"
        options={options.statuses}
        value={of.cases?.statuses ?? []}
        onChange={(statuses) => change({ statuses })}
      />
      <Select
        aria-label={`${name}：证件`}
        allowClear
        placeholder="证件"
        className="condition-short"
        options={options.document}
        value={of.cases?.delivery}
        onChange={(delivery) => change({ delivery })}
      />
    </Row>
  );
}

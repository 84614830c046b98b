import { Button } from 'antd';
import { t } from '../words/office.ts';
import { ConditionFields } from './ConditionFields.tsx';
import type { Condition, Rule } from './rule.ts';

interface BuilderProps {
  rule: Rule;
  onChange: (rule: Rule) => void;
}

/** A condition, others of which one must hold, and others of which none may. */
export function AudienceBuilder({ rule, onChange }: BuilderProps) {
  const { any = [], none = [], ...base } = rule;
  const whole = (part: Partial<Rule>) => {
    const next = { ...base, any, none, ...part };
    onChange({
      ...next,
      any: next.any?.length ? next.any : undefined,
      none: next.none?.length ? next.none : undefined,
    });
  };
  return (
    <div className="audience">
      <ConditionFields
        of={base}
        name={t.conditions}
        onChange={(condition) => onChange({ ...condition, ...withGroups(any, none), reason: rule.reason })}
      />
      <Groups title={t.oneTheseGroups} name={t.or} groups={any} onChange={(next) => whole({ any: next })} />
      <Groups title={t.notForThoseWho} name={t.except} groups={none} onChange={(next) => whole({ none: next })} />
    </div>
  );
}

const withGroups = (any: Condition[], none: Condition[]) => ({
  ...(any.length > 0 ? { any } : {}),
  ...(none.length > 0 ? { none } : {}),
});

interface GroupsProps {
  title: string;
  name: string;
  groups: Condition[];
  onChange: (groups: Condition[]) => void;
}

function Groups({ title, name, groups, onChange }: GroupsProps) {
  return (
    <div className="audience-groups">
      <p className="audience-title">
        {title}
        <Button size="small" disabled={groups.length >= 10} onClick={() => onChange([...groups, {}])}>
          {t.addGroup}
        </Button>
      </p>
      {groups.map((group, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: groups have no name but their place
        <div key={n} className="audience-group">
          <ConditionFields
            of={group}
            name={`${name} ${n + 1}`}
            onChange={(next) => onChange(groups.map((one, at) => (at === n ? next : one)))}
          />
          <Button
            size="small"
            type="text"
            aria-label={t.removeShort(name, n + 1)}
            onClick={() => onChange(groups.filter((_, at) => at !== n))}
          >
            {t.remove}
          </Button>
        </div>
      ))}
    </div>
  );
}

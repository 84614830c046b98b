import { Input } from 'antd';
import { useState } from 'react';
import { t } from '../words/office.ts';
import { Field } from './PolicyEditor.tsx';
import { type AskProps, ReasonDialog } from './ReasonDialog.tsx';

const STATES: [string, string, string][] = [
  ['living', t.livesHome, t.noticesBookingsAsUsual],
  ['hospital', t.hospital, t.chimesNoticesBookingsVisits],
  ['moved', t.movedAway, t.allStopsHerAgents],
  ['deceased', t.deceased, t.allStopsHerName],
];

/** Where a resident is now. Says what will stop before it is sent, and asks who told of it. */
export function StateChange({ open, state, onClose, onSend }: AskProps<object> & { state: string }) {
  const [chosen, setChosen] = useState(state);
  const consequence = STATES.find(([value]) => value === chosen)?.[2];
  return (
    <ReasonDialog
      open={open}
      title={t.whereShe}
      verb={t.note}
      label={t.whoSaidSoHow}
      ready={chosen !== state}
      before={
        <>
          <Field label={t.where}>
            <select className="plain-select" value={chosen} onChange={(event) => setChosen(event.target.value)}>
              {STATES.map(([value, words]) => (
                <option key={value} value={value}>
                  {words}
                </option>
              ))}
            </select>
          </Field>
          <p className="recall-note">{consequence}</p>
        </>
      }
      onClose={onClose}
      onSend={(reason) => onSend({ state: chosen, reason })}
    />
  );
}

const CORRECTABLE: [string, string][] = [
  ['called', t.called],
  ['name', t.name],
  ['phone', t.telephone],
  ['birthDate', t.birthdayYearMonthDay],
  ['quietFrom', t.quietFrom],
  ['quietUntil', t.quietUntil],
  ['locale', t.whichLanguage],
  ['channel', t.howSheTold],
];

/** Where only some words are right they are chosen and not typed. */
const CHOICES: Record<string, [string, string][]> = {
  locale: [
    ['zh-CN', t.chinese],
    ['en-US', 'English'],
  ],
  channel: [
    ['voice', t.byVoice],
    ['paper', t.onPaper],
    ['sms', t.byTextMessage],
    ['relative', t.throughRelative],
  ],
};

/** One wrong field of hers put right (个人信息保护法, 46): one at a time, so that each has its reason. */
export function CorrectOne({ open, onClose, onSend }: AskProps<object>) {
  const [field, setField] = useState('called');
  const [value, setValue] = useState('');
  const choose = (next: string) => {
    setField(next);
    setValue('');
  };
  return (
    <ReasonDialog
      open={open}
      title={t.correctSomething}
      verb={t.change}
      ready={value.trim() !== ''}
      before={
        <>
          <Field label={t.whichField}>
            <select className="plain-select" value={field} onChange={({ target }) => choose(target.value)}>
              {CORRECTABLE.map(([key, words]) => (
                <option key={key} value={key}>
                  {words}
                </option>
              ))}
            </select>
          </Field>
          <Field label={t.newValue}>
            <NewValue choices={CHOICES[field]} value={value} onChange={setValue} />
          </Field>
        </>
      }
      onClose={onClose}
      onSend={(reason) => onSend({ field, value: value.trim(), reason })}
    />
  );
}

interface NewValueProps {
  choices: [string, string][] | undefined;
  value: string;
  onChange: (value: string) => void;
}

function NewValue({ choices, value, onChange }: NewValueProps) {
  if (!choices) return <Input maxLength={60} value={value} onChange={({ target }) => onChange(target.value)} />;
  return (
    <select className="plain-select" value={value} onChange={({ target }) => onChange(target.value)}>
      <option value="">{t.chooseOne}</option>
      {choices.map(([kept, words]) => (
        <option key={kept} value={kept}>
          {words}
        </option>
      ))}
    </select>
  );
}

import { Button, Input } from 'antd';
import { useState } from 'react';
import { t } from '../../words/operator.ts';
import { Field } from '../Field.tsx';
import type { StepProps } from './script.ts';

const PHONE = /^(1[3-9]\d{9}|0\d{9,11})$/;

/** Told in an emergency and for nothing else; only where she said yes to that. */
export function Contact({ now, pending, answer, skip }: StepProps) {
  const [who, setWho] = useState({ name: '', relation: '', phone: '' });
  const agreed = now.consents.find(({ purpose }) => purpose === 'relatives')?.given === true;
  const phone = who.phone.replace(/\D/g, '');
  const whole = who.name.trim() !== '' && who.relation !== '' && PHONE.test(phone);
  if (!agreed)
    return (
      <div className="install-step">
        <p className="install-hint">{t.sheDidNotAgree}</p>
        <Button type="primary" size="large" block onClick={skip}>
          {t.next}
        </Button>
      </div>
    );
  return (
    <form
      className="install-step"
      onSubmit={(event) => {
        event.preventDefault();
        if (whole) answer({ name: who.name.trim(), relation: who.relation, phone });
      }}
    >
      <p className="install-say">{t.emergencyWhomShallWe}</p>
      {now.contact ? (
        <p className="install-hint">
          {t.recordNewEntryReplaces(now.contact.relation, now.contact.name, now.contact.phone)}
        </p>
      ) : null}
      <Field label={t.name}>
        {(id) => (
          <Input
            id={id}
            size="large"
            value={who.name}
            maxLength={40}
            onChange={(event) => setWho({ ...who, name: event.target.value })}
          />
        )}
      </Field>
      <Field label={t.relation}>
        {(id) => (
          <select
            id={id}
            className="native-select"
            value={who.relation}
            onChange={(event) => setWho({ ...who, relation: event.target.value })}
          >
            <option value="" disabled>
              {t.chooseOne}
            </option>
            {t.relations.map(({ kept, shown }) => (
              <option key={kept} value={kept}>
                {shown}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t.telephone}>
        {(id) => (
          <Input
            id={id}
            size="large"
            type="tel"
            inputMode="tel"
            autoComplete="off"
            value={who.phone}
            maxLength={20}
            onChange={(event) => setWho({ ...who, phone: event.target.value })}
          />
        )}
      </Field>
      <Button type="primary" size="large" block htmlType="submit" loading={pending} disabled={!whole}>
        {t.noted}
      </Button>
      <Button size="large" block onClick={skip}>
        {now.contact ? t.leaveAs : t.noneForNow}
      </Button>
    </form>
  );
}

import { Button, Input } from 'antd';
import { useState } from 'react';
import { Field } from '../Field.tsx';
import type { StepProps } from './script.ts';

const RELATIONS = ['儿子', '女儿', '老伴', '儿媳', '女婿', '孙辈', '亲戚', '邻居', '朋友'];
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
        <p className="install-hint">她没有同意有急事时通知家里人，这一步不用做。</p>
        <Button type="primary" size="large" block onClick={skip}>
          下一步
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
      <p className="install-say">「您要是有急事，我们告诉谁？」</p>
      {now.contact ? (
        <p className="install-hint">
          现在记的是{now.contact.relation}
          {now.contact.name}，{now.contact.phone}。填新的会换掉。
        </p>
      ) : null}
      <Field label="姓名">
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
      <Field label="是她的">
        {(id) => (
          <select
            id={id}
            className="native-select"
            value={who.relation}
            onChange={(event) => setWho({ ...who, relation: event.target.value })}
          >
            <option value="" disabled>
              选一个
            </option>
            {RELATIONS.map((relation) => (
              <option key={relation}>{relation}</option>
            ))}
          </select>
        )}
      </Field>
      <Field label="电话">
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
        记下了
      </Button>
      <Button size="large" block onClick={skip}>
        {now.contact ? '不改' : '先不留'}
      </Button>
    </form>
  );
}

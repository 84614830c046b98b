import { App, Button, Checkbox, Input } from 'antd';
import { useState } from 'react';
import { useChange } from '../rest/session.ts';
import { t } from '../words/office.ts';
import { Field } from './PolicyEditor.tsx';

/** How a colleague is reached: the telephone as it is typed, and whether English calls ring at her too. */
export interface Reachable {
  phone: string;
  english: boolean;
}

/** Whether the server would take the telephone; an empty one is none. */
export const isReachable = ({ phone }: Reachable): boolean => phone === '' || /^\d{5,12}$/.test(phone);

/** The languages as the server has them: Chinese is always among them. */
export const languagesOf = ({ english }: Reachable): string[] => (english ? ['zh-CN', 'en-US'] : ['zh-CN']);

/** The two fields, in a new account and in one that stands. */
export function ReachFields({ of, onChange }: { of: Reachable; onChange: (changed: Reachable) => void }) {
  return (
    <div className="editor-pair">
      <Field label={t.workTelephone} hint={t.carrierRingsThis}>
        <Input
          inputMode="tel"
          maxLength={12}
          status={isReachable(of) ? undefined : 'error'}
          value={of.phone}
          onChange={({ target }) => onChange({ ...of, phone: target.value.trim() })}
        />
      </Field>
      <Checkbox checked={of.english} onChange={({ target }) => onChange({ ...of, english: target.checked })}>
        {t.englishCallsRing}
      </Checkbox>
    </div>
  );
}

interface ReachFormProps {
  id: string;
  phone: string | null;
  languages: string[];
}

/** Changes how somebody who has an account is reached; what is cleared is forgotten. */
export function ReachForm({ id, phone, languages }: ReachFormProps) {
  const { message } = App.useApp();
  const standing = { phone: phone ?? '', english: languages.includes('en-US') };
  const [wish, setWish] = useState(standing);
  const save = useChange<void, object>((body) => ({ path: `/api/staff/${id}/reach`, body }), ['staff']);
  const changed = wish.phone !== standing.phone || wish.english !== standing.english;
  const told = {
    onSuccess: () => void message.success(t.saved),
    onError: (error: Error) => void message.error(error.message),
  };
  return (
    <section className="account-reach" aria-label={t.howReached}>
      <h3 className="told-title">{t.howReached}</h3>
      <ReachFields of={wish} onChange={setWish} />
      <Button
        disabled={!changed || !isReachable(wish)}
        loading={save.isPending}
        onClick={() => save.mutate({ phone: wish.phone || null, languages: languagesOf(wish) }, told)}
      >
        {t.saveReach}
      </Button>
    </section>
  );
}

import { Input, Modal } from 'antd';
import { useState } from 'react';
import { useFacts } from '../rest/asked.ts';
import type { Ref } from '../rest/records.ts';
import { useChange } from '../rest/session.ts';
import { ROLE_CHOICES } from '../staff/roles.ts';
import { t } from '../words/office.ts';
import type { Handed } from './account.ts';
import { Field } from './PolicyEditor.tsx';
import { isReachable, languagesOf, ReachFields } from './Reachable.tsx';

interface NewProps {
  open: boolean;
  onClose: () => void;
  onHanded: (handed: Handed) => void;
}

const NOBODY = { username: '', name: '', role: 'clerk', badge: '', placeId: '', duty: '' };
const BY_NOTHING = { phone: '', english: false };

/** Only what was filled in. */
const filled = (values: Record<string, string>) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value));

/** A colleague who may sign in from now on; one at a window has a place, else she would see nobody's affairs. */
export function NewAccount({ open, onClose, onHanded }: NewProps) {
  const [{ username, name, role, badge, placeId, duty }, set] = useState(NOBODY);
  const [reach, setReach] = useState(BY_NOTHING);
  const atWindow = role === 'clerk';
  const whole = /^[A-Za-z0-9._-]{2,64}$/.test(username) && name.trim() !== '' && isReachable(reach);
  const places = useFacts<{ items: Ref[] }>(open ? '/api/staff/places' : undefined).data?.items ?? [];
  const part = (key: string, value: string) => set((before) => ({ ...before, [key]: value }));
  const add = useChange<Handed, object>((body) => ({ path: '/api/staff', body }), ['staff']);
  return (
    <Modal
      title={t.openAccount}
      open={open}
      onCancel={onClose}
      okText={t.openShort}
      cancelText={t.notNow}
      confirmLoading={add.isPending}
      okButtonProps={{ disabled: !whole || (atWindow && !placeId) }}
      onOk={() =>
        add.mutate(
          {
            username,
            name: name.trim(),
            role,
            languages: languagesOf(reach),
            ...filled({ badge, phone: reach.phone, ...(atWindow ? { placeId, duty } : {}) }),
          },
          {
            onSuccess: (handed) => {
              onClose();
              set(NOBODY);
              setReach(BY_NOTHING);
              onHanded(handed);
            },
          },
        )
      }
      destroyOnHidden
    >
      <Field label={t.account} hint={t.lettersDigits}>
        <Input maxLength={64} value={username} onChange={(event) => part('username', event.target.value)} />
      </Field>
      <Field label={t.name}>
        <Input maxLength={40} value={name} onChange={(event) => part('name', event.target.value)} />
      </Field>
      <Field label={t.role}>
        <select className="plain-select" value={role} onChange={(event) => part('role', event.target.value)}>
          {ROLE_CHOICES.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </Field>
      {atWindow ? (
        <div className="editor-pair">
          <Field label={t.place}>
            <select className="plain-select" value={placeId} onChange={(event) => part('placeId', event.target.value)}>
              <option value="">{t.chooseOne}</option>
              {places.map(({ id, name: words }) => (
                <option key={id} value={id}>
                  {words}
                </option>
              ))}
            </select>
          </Field>
          <Field label={t.dutyField}>
            <select className="plain-select" value={duty} onChange={(event) => part('duty', event.target.value)}>
              <option value="">{t.noDuty}</option>
              <option value="A">A</option>
              <option value="B">B</option>
            </select>
          </Field>
        </div>
      ) : null}
      <Field label={t.badge}>
        <Input maxLength={40} value={badge} onChange={(event) => part('badge', event.target.value)} />
      </Field>
      <ReachFields of={reach} onChange={setReach} />
      <p className="form-trouble" role="alert">
        {add.error?.message}
      </p>
    </Modal>
  );
}

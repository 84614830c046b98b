import { App, Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useChange } from '../rest/session.ts';
import { t } from '../words/operator.ts';
import { Field } from './Field.tsx';
import type { SpeakerDetail } from './fleet.ts';
import { HomeChoice } from './HomeChoice.tsx';
import { LABELS } from './sections.ts';

interface ActsProps {
  one: SpeakerDetail;
  onGo: (to: string) => void;
}

type Body = { householdId?: string; room?: string; reason?: string };

/** What can be done to one speaker in its state. */
export function SpeakerActs({ one, onGo }: ActsProps) {
  const { message } = App.useApp();
  const [asking, setAsking] = useState<'home' | 'wipe'>();
  const change = useChange<void, { verb: string; body?: Body }>(
    ({ verb, body }) => ({ path: `/api/speakers/${one.id}/${verb}`, body }),
    ['speakers', 'fleet', 'alarms'],
  );
  const act = (verb: string, words: string, body?: Body) =>
    change.mutate(
      { verb, body },
      {
        onSuccess: () => {
          setAsking(undefined);
          message.success(words);
        },
        onError: (error) => message.error(error.message),
      },
    );
  const { status } = one;
  const placed = status === 'bound' || status === 'suspended';
  if (status === 'wiped') return <p className="acts-none">{t.thisSpeakerHasBeen}</p>;
  return (
    <div className="acts">
      <Button type="primary" onClick={() => setAsking('home')}>
        {placed ? t.moveAnotherHome : t.putIntoHome}
      </Button>
      {status === 'bound' ? (
        <Button onClick={() => onGo(`/operator/install?speaker=${one.id}`)}>{t.installation}</Button>
      ) : null}
      {status === 'bound' ? <Button onClick={() => act('suspend', t.suspended)}>{t.suspend}</Button> : null}
      {status === 'suspended' ? <Button onClick={() => act('resume', t.resumed)}>{t.resume}</Button> : null}
      {placed ? <Button onClick={() => act('unbind', t.unbound)}>{t.unbind}</Button> : null}
      <Button onClick={() => onGo(`${LABELS}?ids=${one.id}`)}>{t.printLabels}</Button>
      <Button danger onClick={() => setAsking('wipe')}>
        {t.wipe}
      </Button>
      <Modal
        open={asking === 'home'}
        title={placed ? t.moveWhichHome : t.putIntoWhichHome}
        footer={null}
        destroyOnHidden
        onCancel={() => setAsking(undefined)}
      >
        <HomeChoice
          pending={change.isPending}
          onChoose={(home) => act(placed ? 'move' : 'bind', placed ? t.movedItsNewHome : t.installed, home)}
        />
      </Modal>
      <WipeDialog
        serial={one.serial}
        open={asking === 'wipe'}
        pending={change.isPending}
        onCancel={() => setAsking(undefined)}
        onWipe={(reason) => act('wipe', t.wiped, { reason })}
      />
    </div>
  );
}

interface WipeProps {
  serial: string;
  open: boolean;
  pending: boolean;
  onCancel: () => void;
  onWipe: (reason: string) => void;
}

/** For good, so it asks why. */
function WipeDialog({ serial, open, pending, onCancel, onWipe }: WipeProps) {
  const [reason, setReason] = useState('');
  return (
    <Modal
      open={open}
      title={t.wipeShort(serial)}
      okText={t.wipe}
      cancelText={t.notNow}
      okButtonProps={{ danger: true, loading: pending, disabled: reason.trim() === '' }}
      onOk={() => onWipe(reason.trim())}
      onCancel={onCancel}
      destroyOnHidden
    >
      <p>{t.onlyForSpeakersThat}</p>
      <Field label={t.whyWipe}>
        {(id) => (
          <Input
            id={id}
            value={reason}
            maxLength={200}
            placeholder={t.forExampleLostWhen}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
    </Modal>
  );
}

import { App, Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useChange } from '../rest/session.ts';
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
  if (status === 'wiped') return <p className="acts-none">这台音箱已经清除，不能再用。下面是它的经过。</p>;
  return (
    <div className="acts">
      <Button type="primary" onClick={() => setAsking('home')}>
        {placed ? '移到别家' : '装到一户'}
      </Button>
      {status === 'bound' ? (
        <Button onClick={() => onGo(`/operator/install?speaker=${one.id}`)}>上门安装</Button>
      ) : null}
      {status === 'bound' ? <Button onClick={() => act('suspend', '已停用')}>停用</Button> : null}
      {status === 'suspended' ? <Button onClick={() => act('resume', '已恢复')}>恢复</Button> : null}
      {placed ? <Button onClick={() => act('unbind', '已解绑')}>解绑</Button> : null}
      <Button onClick={() => onGo(`${LABELS}?ids=${one.id}`)}>打印标签</Button>
      <Button danger onClick={() => setAsking('wipe')}>
        清除
      </Button>
      <Modal
        open={asking === 'home'}
        title={placed ? '移到哪一户？' : '装到哪一户？'}
        footer={null}
        destroyOnHidden
        onCancel={() => setAsking(undefined)}
      >
        <HomeChoice
          pending={change.isPending}
          onChoose={(home) => act(placed ? 'move' : 'bind', placed ? '已移到新家' : '装好了', home)}
        />
      </Modal>
      <WipeDialog
        serial={one.serial}
        open={asking === 'wipe'}
        pending={change.isPending}
        onCancel={() => setAsking(undefined)}
        onWipe={(reason) => act('wipe', '已清除', { reason })}
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
      title={`清除 ${serial}？`}
      okText="清除"
      cancelText="先不"
      okButtonProps={{ danger: true, loading: pending, disabled: reason.trim() === '' }}
      onOk={() => onWipe(reason.trim())}
      onCancel={onCancel}
      destroyOnHidden
    >
      <p>丢了、卖了的音箱才清除：马上断开，住户和设置全清，以后不能再用。经过还留着。</p>
      <Field label="为什么清除">
        {(id) => (
          <Input
            id={id}
            value={reason}
            maxLength={200}
            placeholder="例如：住户搬家时丢失"
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
    </Modal>
  );
}

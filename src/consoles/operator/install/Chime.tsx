import { Button } from 'antd';
import { useChange } from '../../rest/session.ts';
import type { StepProps } from './script.ts';

/** The speaker rings; whether she has heard it, only she can say. */
export function Chime({ now, pending, answer, skip }: StepProps) {
  const chime = useChange<{ delivered: boolean }, void>(() => ({ path: `/api/installations/${now.id}/chime` }), []);
  const told = chime.data?.delivered;
  return (
    <div className="install-step">
      <p className="install-say">「有您的消息时，音箱这样响一声。」</p>
      <Button size="large" block className="do" loading={chime.isPending} onClick={() => chime.mutate()}>
        响一声
      </Button>
      <p className="install-hint" role="status">
        {told === true ? '发到音箱了，应当响了。' : null}
        {told === false ? '音箱没连着。品牌音箱不会响：请她说一句「打开家里办」，听到回答就算好了。' : null}
        {chime.error?.message}
      </p>
      <Button type="primary" size="large" block loading={pending} onClick={() => answer({}, 'heard')}>
        她听见了
      </Button>
      <Button size="large" block onClick={skip}>
        没听见，先记着
      </Button>
    </div>
  );
}

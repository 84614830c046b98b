import { Button } from 'antd';
import { useChange } from '../../rest/session.ts';
import { t } from '../../words/operator.ts';
import type { StepProps } from './script.ts';

/** The speaker rings; whether she has heard it, only she can say. */
export function Chime({ now, pending, answer, skip }: StepProps) {
  const chime = useChange<{ delivered: boolean }, void>(() => ({ path: `/api/installations/${now.id}/chime` }), []);
  const told = chime.data?.delivered;
  return (
    <div className="install-step">
      <p className="install-say">{t.whenThereNewsFor}</p>
      <Button size="large" block className="do" loading={chime.isPending} onClick={() => chime.mutate()}>
        {t.ring}
      </Button>
      <p className="install-hint" role="status">
        {told === true ? t.sentSpeakerShouldHave : null}
        {told === false ? t.speakerNotConnectedBrands : null}
        {chime.error?.message}
      </p>
      <Button type="primary" size="large" block loading={pending} onClick={() => answer({}, 'heard')}>
        {t.sheHeard}
      </Button>
      <Button size="large" block onClick={skip}>
        {t.notHeardGo}
      </Button>
    </div>
  );
}

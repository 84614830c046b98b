import { App, Button } from 'antd';
import type { Speaker } from '../rest/records.ts';
import { listed } from '../words/marks.ts';
import { t } from '../words/operator.ts';
import { EachProgress } from './EachProgress.tsx';
import { LABELS } from './sections.ts';
import { useEach } from './useEach.ts';

interface Act {
  verb: string;
  words: string;
  /** What is said before it is done. */
  warning: string;
  danger?: boolean;
  fits: (one: Speaker) => boolean;
}

const ACTS: Act[] = [
  {
    verb: 'suspend',
    words: t.suspend,
    warning: t.suspendedSpeakerStopsAnswering,
    fits: ({ status }) => status === 'bound',
  },
  { verb: 'resume', words: t.resume, warning: t.goesHomeWhereWas, fits: ({ status }) => status === 'suspended' },
  {
    verb: 'unbind',
    words: t.unbind,
    warning: t.belongsNoHomeAny,
    fits: ({ status }) => status === 'bound' || status === 'suspended',
  },
  {
    verb: 'wipe',
    words: t.wipe,
    warning: t.forSpeakersThatWere,
    danger: true,
    fits: ({ status }) => status !== 'wiped',
  },
];
interface BulkBarProps {
  chosen: Speaker[];
  onDone: () => void;
  onGo: (to: string) => void;
}

/** What can be done to all the chosen ones: each by itself, so that one that cannot does not hold up the others. */
export function BulkBar({ chosen, onDone, onGo }: BulkBarProps) {
  const { modal, message } = App.useApp();
  const { each, progress } = useEach();
  if (chosen.length === 0) return null;

  async function run({ verb, words, fits }: Act) {
    const fitting = chosen.filter(fits);
    const failed = await each(fitting, ({ id }) => `/api/speakers/${id}/${verb}`);
    const names = failed.slice(0, 3).map(({ serial }) => serial);
    if (failed.length > 0) message.error(t.failed(failed.length, listed(names)));
    else message.success(t.doneFor(fitting.length, words));
    onDone();
  }

  const confirm = (act: Act) => {
    const count = chosen.filter(act.fits).length;
    modal.confirm({
      title: t.speakers(act.words, count),
      content: act.warning,
      okText: act.words,
      cancelText: t.notNow,
      okButtonProps: { danger: act.danger },
      onOk: () => void run(act),
    });
  };

  return (
    <div className="bulk" role="toolbar" aria-label={t.chosenSpeakers}>
      <strong>{t.chosen(chosen.length)}</strong>
      {ACTS.map((act) => (
        <Button
          key={act.verb}
          danger={act.danger}
          disabled={!chosen.some(act.fits) || progress !== undefined}
          onClick={() => confirm(act)}
        >
          {act.words}
        </Button>
      ))}
      <Button onClick={() => onGo(`${LABELS}?ids=${chosen.map(({ id }) => id).join(',')}`)}>{t.printLabels}</Button>
      <Button type="text" onClick={onDone}>
        {t.clearChoice}
      </Button>
      <EachProgress step={progress} />
    </div>
  );
}

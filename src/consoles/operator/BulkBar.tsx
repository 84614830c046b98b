import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Progress } from 'antd';
import { useState } from 'react';
import type { Speaker } from '../rest/records.ts';
import { rest } from '../rest/request.ts';
import { listed } from '../words/marks.ts';
import { t } from '../words/operator.ts';
import { useCsrf } from './asked.ts';
import { LABELS } from './sections.ts';

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
const AT_ONCE = 4;

interface BulkBarProps {
  chosen: Speaker[];
  onDone: () => void;
  onGo: (to: string) => void;
}

/** What can be done to all the chosen ones: each by itself, so that one that cannot does not hold up the others. */
export function BulkBar({ chosen, onDone, onGo }: BulkBarProps) {
  const { modal, message } = App.useApp();
  const queries = useQueryClient();
  const csrf = useCsrf();
  const [progress, setProgress] = useState<{ done: number; of: number }>();
  if (chosen.length === 0) return null;

  async function run({ verb, words, fits }: Act) {
    const fitting = chosen.filter(fits);
    const waiting = [...fitting];
    const failed: string[] = [];
    let done = 0;
    setProgress({ done, of: fitting.length });
    const worker = async () => {
      for (let one = waiting.shift(); one; one = waiting.shift()) {
        const { id, serial } = one;
        await rest(`/api/speakers/${id}/${verb}`, { method: 'POST', body: {}, csrf }).catch(() => failed.push(serial));
        done += 1;
        setProgress({ done, of: fitting.length });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    setProgress(undefined);
    void queries.invalidateQueries({ queryKey: ['list'] });
    if (failed.length > 0) message.error(t.failed(failed.length, listed(failed.slice(0, 3))));
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
      {progress ? (
        <Progress
          aria-label={t.progress}
          percent={Math.round((progress.done / Math.max(1, progress.of)) * 100)}
          format={() => `${progress.done}/${progress.of}`}
        />
      ) : null}
    </div>
  );
}

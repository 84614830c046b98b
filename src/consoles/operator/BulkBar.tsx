import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Progress } from 'antd';
import { useState } from 'react';
import type { Speaker } from '../rest/records.ts';
import { rest } from '../rest/request.ts';
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
    words: '停用',
    warning: '停用后音箱马上不再应答，住户仍记着。',
    fits: ({ status }) => status === 'bound',
  },
  { verb: 'resume', words: '恢复', warning: '恢复后在原来那户接着用。', fits: ({ status }) => status === 'suspended' },
  {
    verb: 'unbind',
    words: '解绑',
    warning: '解绑后不再属于任何一户，可以再装到别家。',
    fits: ({ status }) => status === 'bound' || status === 'suspended',
  },
  {
    verb: 'wipe',
    words: '清除',
    warning: '清除是给丢了、卖了的音箱用的：马上断开，个人状态全清，不能再用。经过还留着。',
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
    if (failed.length > 0) message.error(`有 ${failed.length} 台没办成：${failed.slice(0, 3).join('、')}`);
    else message.success(`${fitting.length} 台已${words}`);
    onDone();
  }

  const confirm = (act: Act) => {
    const count = chosen.filter(act.fits).length;
    modal.confirm({
      title: `${act.words} ${count} 台音箱？`,
      content: act.warning,
      okText: act.words,
      cancelText: '先不',
      okButtonProps: { danger: act.danger },
      onOk: () => void run(act),
    });
  };

  return (
    <div className="bulk" role="toolbar" aria-label="选中的音箱">
      <strong>选了 {chosen.length} 台</strong>
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
      <Button onClick={() => onGo(`${LABELS}?ids=${chosen.map(({ id }) => id).join(',')}`)}>打印标签</Button>
      <Button type="text" onClick={onDone}>
        取消选择
      </Button>
      {progress ? (
        <Progress
          aria-label="进度"
          percent={Math.round((progress.done / Math.max(1, progress.of)) * 100)}
          format={() => `${progress.done}/${progress.of}`}
        />
      ) : null}
    </div>
  );
}

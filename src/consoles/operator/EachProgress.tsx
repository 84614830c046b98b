import { Progress } from 'antd';
import { t } from '../words/operator.ts';
import type { Step } from './useEach.ts';

/** How many of the chosen ones are done. */
export function EachProgress({ step }: { step: Step | undefined }) {
  if (!step) return null;
  const percent = Math.round((step.done / Math.max(1, step.of)) * 100);
  return <Progress aria-label={t.progress} percent={percent} format={() => `${step.done}/${step.of}`} />;
}

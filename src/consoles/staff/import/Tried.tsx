import { Alert, Button } from 'antd';
import type { ReactNode } from 'react';
import { t } from '../../words/staff.ts';
import type { Report } from './upload.ts';

interface TriedProps {
  report: Report;
  /** What pressing does; none where there is nothing to do. */
  doIt?: string;
  onApply: () => void;
  children: ReactNode;
}

/** What became of the trial, above its lines. */
export function Tried({ report: { faults, wrong, total }, doIt, onApply, children }: TriedProps) {
  const [whole] = faults;
  if (whole) return <Alert type="error" showIcon title={t.thisFileCannotBe(whole.text)} />;
  const right = wrong === 0;
  const press = (
    <Button type="primary" onClick={onApply}>
      {doIt}
    </Button>
  );
  return (
    <>
      <Alert
        type={right ? 'success' : 'warning'}
        showIcon
        title={right ? t.allLinesWell(total) : t.linesHaveBeMended(total, wrong)}
        action={right && doIt ? press : undefined}
      />
      {children}
    </>
  );
}

import { Alert, Button, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import type { Role } from '../rest/records.ts';
import { RestError } from '../rest/request.ts';
import { t } from '../words/staff.ts';
import { pageOfRole, roleWords } from './roles.ts';

/** The whole page is still on its way. */
export function Waiting() {
  return (
    <div className="staff-centre" role="status">
      <p>{t.opening}</p>
    </div>
  );
}

/** The page cannot go on without the server. */
export function Troubled({ error, onRetry }: { error: Error; onRetry: () => void }) {
  return (
    <main className="staff-centre">
      <h1>{t.cannotBeOpenedRight}</h1>
      <p>{error.message}</p>
      <Button type="primary" size="large" onClick={onRetry}>
        {t.tryAgainShort}
      </Button>
    </main>
  );
}

/** Signed in, but another role works here. */
export function Refused({ role, page }: { role: Role; page: string }) {
  const own = pageOfRole[role];
  return (
    <div className="staff-centre">
      <h2>{t.notOpenYourAccount(page)}</h2>
      <p>{t.youSignedAsSign(roleWords[role])}</p>
      <Button type="primary" size="large" href={own.path}>
        {t.go(own.name)}
      </Button>
    </div>
  );
}

/** A few grey lines where a list will be. */
export function ListWaiting({ rows = 3 }: { rows?: number | undefined }) {
  return (
    <div className="list-waiting" role="status" aria-label={t.reading}>
      <Skeleton active title={false} paragraph={{ rows: rows * 2 }} />
    </div>
  );
}

/** Nothing to do here, said kindly, and what would bring something. */
export function ListEmpty({ children, hint }: { children: ReactNode; hint?: ReactNode }) {
  return (
    <div className="list-empty">
      <svg width="72" height="48" viewBox="0 0 72 48" fill="none" aria-hidden="true">
        <path d="M8 26 36 6l28 20" stroke="#b9cfc5" strokeWidth="4" strokeLinecap="round" strokeLinejoin="round" />
        <path d="M18 26v16h36V26" stroke="#b9cfc5" strokeWidth="4" strokeLinecap="round" strokeLinejoin="round" />
        <circle cx="36" cy="32" r="4" fill="#f0b755" />
      </svg>
      <p className="list-empty-words">{children}</p>
      {hint ? <p className="list-empty-hint">{hint}</p> : null}
    </div>
  );
}

interface ListStatesProps {
  of: { isPending: boolean; error: Error | null; refetch: () => unknown };
  /** It came, and nothing is in it. */
  empty: boolean;
  words: string;
  hint?: string | undefined;
  rows?: number;
}

/** What a list shows instead of rows: that it is on its way, what went wrong, or that there is nothing, in words. */
export function ListStates({ of: { isPending, error, refetch }, empty, words, hint, rows }: ListStatesProps) {
  return (
    <>
      {error ? <ListTroubled error={error} onRetry={() => refetch()} /> : null}
      {isPending ? <ListWaiting rows={rows} /> : null}
      {empty && !isPending && !error ? <ListEmpty hint={hint}>{words}</ListEmpty> : null}
    </>
  );
}

/** A list that could not be read; what was there before stays below. */
export function ListTroubled({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const away = error instanceof RestError && error.status === 0;
  return (
    <Alert
      className="list-troubled"
      type={away ? 'warning' : 'error'}
      showIcon
      title={error.message}
      action={
        <Button size="small" onClick={onRetry}>
          {t.tryAgain}
        </Button>
      }
    />
  );
}

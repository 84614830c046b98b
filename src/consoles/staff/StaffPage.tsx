import { App, ConfigProvider } from 'antd';
import { type ReactNode, useEffect } from 'react';
import { giveStylesTheNonce, pageNonce } from '../design/nonce.ts';
import type { Role, Session } from '../rest/records.ts';
import { useSession } from '../rest/session.ts';
import { antdWords } from '../words/antd.ts';
import { TAG } from '../words/language.ts';
import { t } from '../words/staff.ts';
import { Frame } from './Frame.tsx';
import { NewPassword } from './NewPassword.tsx';
import { SignIn } from './SignIn.tsx';
import { Refused, Troubled, Waiting } from './states.tsx';
import './staff.css';
import { theme } from './theme.ts';

giveStylesTheNonce();

interface StaffPageProps {
  title: string;
  roles: Role[];
  children: (session: Session) => ReactNode;
  /** Stands in the header between the title and the person. */
  tools?: ReactNode;
}

/** What every page for staff shares: antd in our colours under the page's content policy, sign-in, and the frame around the work. */
export function StaffPage(props: StaffPageProps) {
  useEffect(() => {
    document.documentElement.lang = TAG;
    document.title = t.titleOf(props.title);
  }, [props.title]);
  return (
    <ConfigProvider locale={antdWords} theme={theme} csp={{ nonce: pageNonce() }} button={{ autoInsertSpace: false }}>
      <App component={false} message={{ maxCount: 3 }}>
        <Gate {...props} />
      </App>
    </ConfigProvider>
  );
}

function Barred({ session, page }: { session: Session; page: string }) {
  return session.mustChangePassword ? <NewPassword /> : <Refused role={session.role} page={page} />;
}

function Gate({ title, roles, children, tools }: StaffPageProps) {
  const session = useSession();
  if (session.isPending) return <Waiting />;
  if (session.isError) return <Troubled error={session.error} onRetry={() => session.refetch()} />;
  if (!session.data) return <SignIn page={title} />;
  const allowed = roles.includes(session.data.role) && !session.data.mustChangePassword;
  return (
    <Frame title={title} session={session.data} tools={allowed ? tools : undefined}>
      {allowed ? children(session.data) : <Barred session={session.data} page={title} />}
    </Frame>
  );
}

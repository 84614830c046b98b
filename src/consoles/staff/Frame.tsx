import { Button } from 'antd';
import type { ReactNode } from 'react';
import { Mark } from '../design/Mark.tsx';
import type { Role, Session } from '../rest/records.ts';
import { useSignOut } from '../rest/session.ts';
import { t } from '../words/staff.ts';
import { LanguageSwitch } from './LanguageSwitch.tsx';
import { alsoAt, pageOfRole, roleWords } from './roles.ts';

interface FrameProps {
  title: string;
  session: Session;
  tools?: ReactNode;
  children: ReactNode;
}

/** Header with the house's sign, the page's name, its tools, the person and the way out. */
export function Frame({ title, session, tools, children }: FrameProps) {
  const signOut = useSignOut();
  const { person, role, place, duty } = session;
  const post = [place?.name, duty ? t.duty(duty) : undefined, roleWords[role]].filter(Boolean).join(' · ');
  return (
    <div className="frame">
      <a className="skip" href="#work">
        {t.skipContent}
      </a>
      <header className="frame-head">
        <a className="frame-brand" href="/" aria-label={t.homeServicesFrontPage}>
          <Mark size={36} />
        </a>
        <h1 className="frame-title">{title}</h1>
        <div className="frame-tools">{tools}</div>
        <Elsewhere role={role} />
        <div className="frame-person">
          <span className="frame-name">{person.name}</span>
          <span className="frame-post">{post}</span>
        </div>
        <LanguageSwitch />
        <Button type="text" className="frame-out" loading={signOut.isPending} onClick={() => signOut.mutate()}>
          {t.signOut}
        </Button>
      </header>
      <main id="work" className="frame-work" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}

/** The way to the other pages of whoever works at several. */
function Elsewhere({ role }: { role: Role }) {
  const others = alsoAt[role];
  if (!others) return null;
  const here = location.pathname.replace(/\/+$/, '');
  return [pageOfRole[role], ...others]
    .filter(({ path }) => path !== here)
    .map(({ path, name }) => (
      <a key={path} className="frame-elsewhere" href={path}>
        {name}
      </a>
    ));
}

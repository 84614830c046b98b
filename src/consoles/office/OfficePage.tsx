import { Tabs } from 'antd';
import type { ReactNode } from 'react';
import type { Role, Session } from '../rest/records.ts';
import { useSession } from '../rest/session.ts';
import { nameAt } from '../staff/roles.ts';
import { StaffPage } from '../staff/StaffPage.tsx';
import { ListEmpty } from '../staff/states.tsx';
import { useQueryState } from '../staff/useQueryState.ts';
import { t } from '../words/office.ts';
import { t as staffWords } from '../words/staff.ts';
import { Accounts } from './Accounts.tsx';
import { Audit } from './Audit.tsx';
import { Guides } from './Guides.tsx';
import './office.css';
import { Oversight } from './Oversight.tsx';
import { Policies } from './Policies.tsx';
import { Residents } from './Residents.tsx';
import { Sentences } from './Sentences.tsx';

/** What is told to residents, and who looked at whose record. */
export default function OfficePage() {
  const { data: session } = useSession();
  const title = (session && nameAt('/office', session.role)) ?? staffWords.office;
  return (
    <StaffPage title={title} roles={['officer', 'supervisor', 'auditor', 'security']}>
      {(session) => <Office session={session} />}
    </StaffPage>
  );
}

interface Part {
  key: string;
  label: string;
  roles: Role[];
  children: (session: Session) => ReactNode;
}

const PARTS: Part[] = [
  { key: 'policies', label: t.policies, roles: ['officer'], children: (session) => <Policies session={session} /> },
  { key: 'guides', label: t.guides, roles: ['officer'], children: (session) => <Guides session={session} /> },
  { key: 'oversight', label: t.board, roles: ['supervisor'], children: () => <Oversight /> },
  { key: 'residents', label: t.residents, roles: ['supervisor'], children: () => <Residents /> },
  { key: 'sentences', label: t.notUnderstood, roles: ['officer', 'supervisor'], children: () => <Sentences /> },
  { key: 'accounts', label: t.account, roles: ['security'], children: () => <Accounts /> },
  { key: 'audit', label: t.audit, roles: ['auditor'], children: () => <Audit /> },
];

function Office({ session }: { session: Session }) {
  const [{ part }, setPart] = useQueryState(['part'] as const);
  const parts = PARTS.filter(({ roles }) => roles.includes(session.role));
  if (parts.length === 0)
    return (
      <section className="panel">
        <ListEmpty hint={t.accountsManagedWithCommand}>{t.securityAdministratorManagesAccounts}</ListEmpty>
      </section>
    );
  const active = parts.some(({ key }) => key === part) ? part : parts[0]?.key;
  if (parts.length === 1) return parts[0]?.children(session); // the page's own name says it
  return (
    <Tabs
      size="large"
      items={parts.map(({ key, label, children }) => ({ key, label, children: children(session) }))}
      activeKey={active}
      onChange={(key) => setPart({ part: key })}
      destroyOnHidden
    />
  );
}

import { Tabs } from 'antd';
import type { ReactNode } from 'react';
import type { Role, Session } from '../rest/records.ts';
import { StaffPage } from '../staff/StaffPage.tsx';
import { ListEmpty } from '../staff/states.tsx';
import { useQueryState } from '../staff/useQueryState.ts';
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
  return (
    <StaffPage title="政策与指南" roles={['officer', 'supervisor', 'auditor', 'security']}>
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
  { key: 'policies', label: '政策', roles: ['officer'], children: (session) => <Policies session={session} /> },
  { key: 'guides', label: '办事指南', roles: ['officer'], children: (session) => <Guides session={session} /> },
  { key: 'oversight', label: '看板', roles: ['supervisor'], children: () => <Oversight /> },
  { key: 'residents', label: '居民', roles: ['supervisor'], children: () => <Residents /> },
  { key: 'sentences', label: '没听懂的话', roles: ['officer', 'supervisor'], children: () => <Sentences /> },
  { key: 'accounts', label: '账号', roles: ['security'], children: () => <Accounts /> },
  { key: 'audit', label: '审计记录', roles: ['auditor'], children: () => <Audit /> },
];

function Office({ session }: { session: Session }) {
  const [{ part }, setPart] = useQueryState(['part'] as const);
  const parts = PARTS.filter(({ roles }) => roles.includes(session.role));
  if (parts.length === 0)
    return (
      <section className="panel">
        <ListEmpty hint="账号用命令 npm run account 管理。">安全管理员管账号，不看内容，也不看记录</ListEmpty>
      </section>
    );
  const active = parts.some(({ key }) => key === part) ? part : parts[0]?.key;
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

import { Button } from 'antd';
import type { Session } from '../rest/records.ts';
import { useSignOut } from '../rest/session.ts';
import { roleWords } from '../staff/roles.ts';

/** Only on a phone, where the header has no room: who is signed in, and the way out. */
export function Me({ session, onHelp }: { session: Session; onHelp: () => void }) {
  const signOut = useSignOut();
  return (
    <section className="desk me" id="desk-me" aria-label="我">
      <div className="panel me-card">
        <p className="me-name">{session.person.name}</p>
        <p className="me-post">{[session.place?.name, roleWords[session.role]].filter(Boolean).join(' · ')}</p>
        <Button block size="large" onClick={onHelp}>
          快捷键和说明
        </Button>
        <Button block size="large" danger loading={signOut.isPending} onClick={() => signOut.mutate()}>
          退出登录
        </Button>
      </div>
    </section>
  );
}

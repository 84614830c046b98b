import { Button } from 'antd';
import type { Session } from '../rest/records.ts';
import { useSignOut } from '../rest/session.ts';
import { LanguageSwitch } from '../staff/LanguageSwitch.tsx';
import { roleWords } from '../staff/roles.ts';
import { t } from '../words/clerk.ts';

/** Only on a phone, where the header has no room: who is signed in, and the way out. */
export function Me({ session, onHelp }: { session: Session; onHelp: () => void }) {
  const signOut = useSignOut();
  return (
    <section className="desk me" id="desk-me" aria-label={t.me}>
      <div className="panel me-card">
        <p className="me-name">{session.person.name}</p>
        <p className="me-post">{[session.place?.name, roleWords[session.role]].filter(Boolean).join(' · ')}</p>
        <Button block size="large" onClick={onHelp}>
          {t.keysHowUseThem}
        </Button>
        <LanguageSwitch />
        <Button block size="large" danger loading={signOut.isPending} onClick={() => signOut.mutate()}>
          {t.signOut}
        </Button>
      </div>
    </section>
  );
}

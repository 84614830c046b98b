import { App, Button } from 'antd';
import { dayOf, timeOf } from '../rest/days.ts';
import { useChange } from '../rest/session.ts';
import { RowDrawer } from '../staff/RowDrawer.tsx';
import { roleWords } from '../staff/roles.ts';
import { t } from '../words/office.ts';
import { type Account, type Handed, stateOf } from './account.ts';
import { Facts } from './parts.tsx';
import { ReachForm } from './Reachable.tsx';

interface Whole extends Account {
  phone: string | null;
  languages: string[];
  sessions: { id: string; createdAt: string; seenAt: string; address: string | null; agent: string | null }[];
}

interface DrawerProps {
  id: string | undefined;
  onHanded: (handed: Handed) => void;
  onClose: () => void;
}

/** One account: shut, opened, a new password, and where she is signed in. */
export function AccountDrawer({ id, onHanded, onClose }: DrawerProps) {
  return (
    <RowDrawer<Whole> noun="staff" id={id} title={(one) => one?.username ?? t.account} width={600} onClose={onClose}>
      {(one) => (
        <>
          <Doing account={one} onHanded={onHanded} />
          <Facts
            of={[
              [t.name, one.name],
              [t.role, roleWords[one.role]],
              [t.place, one.place?.name ?? '—'],
              [t.state, stateOf(one).words],
              [t.authenticator, one.secondFactor ? t.setUp : t.none],
              [t.openedShort, dayOf(one.createdAt)],
            ]}
          />
          <ReachForm key={one.updatedAt} id={one.id} phone={one.phone} languages={one.languages} />
          <Sessions account={one} />
        </>
      )}
    </RowDrawer>
  );
}

function Doing({ account, onHanded }: { account: Whole; onHanded: (handed: Handed) => void }) {
  const { message } = App.useApp();
  const act = useChange<Handed, string>((verb) => ({ path: `/api/staff/${account.id}/${verb}` }), ['staff']);
  const run = (verb: string, done: (answer: Handed) => void) =>
    act.mutate(verb, { onSuccess: done, onError: (error) => void message.error(error.message) });
  return (
    <div className="policy-actions">
      <Button loading={act.isPending} onClick={() => run('password', onHanded)}>
        {t.newPassword}
      </Button>
      <Button loading={act.isPending} onClick={() => run('factor', onHanded)}>
        {t.newAuthenticator}
      </Button>
      {account.disabled || account.locked ? (
        <Button
          type="primary"
          loading={act.isPending}
          onClick={() => run('enable', () => void message.success(t.opened))}
        >
          {t.open}
        </Button>
      ) : (
        <Button danger loading={act.isPending} onClick={() => run('disable', () => void message.success(t.shutShort))}>
          {t.shut}
        </Button>
      )}
    </div>
  );
}

function Sessions({ account: { id, sessions } }: { account: Whole }) {
  const end = useChange<void, string>(
    (session) => ({ path: `/api/staff/${id}/sessions/${session}`, method: 'DELETE' }),
    ['staff'],
  );
  return (
    <section aria-label={t.signed}>
      <h3 className="told-title account-sessions">{t.signed}</h3>
      {sessions.length === 0 ? <p className="row-quiet">{t.notSignedNow}</p> : null}
      <ul className="road">
        {sessions.map((one) => (
          <li key={one.id}>
            <p>
              {one.address ?? '—'}{' '}
              <Button size="small" loading={end.isPending} onClick={() => end.mutate(one.id)}>
                {t.signOut}
              </Button>
            </p>
            <p className="row-quiet figures">
              {t.signedStillThere(dayOf(one.createdAt), timeOf(one.createdAt), timeOf(one.seenAt), one.agent ?? '')}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

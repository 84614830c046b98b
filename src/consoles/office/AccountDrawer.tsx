import { App, Button } from 'antd';
import { dayOf, timeOf } from '../rest/days.ts';
import { useChange } from '../rest/session.ts';
import { RowDrawer } from '../staff/RowDrawer.tsx';
import { roleWords } from '../staff/roles.ts';
import { type Account, type Handed, stateOf } from './account.ts';
import { Facts } from './parts.tsx';

interface Whole extends Account {
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
    <RowDrawer<Whole> noun="staff" id={id} title={(one) => one?.username ?? '账号'} width={600} onClose={onClose}>
      {(one) => (
        <>
          <Doing account={one} onHanded={onHanded} />
          <Facts
            of={[
              ['姓名', one.name],
              ['角色', roleWords[one.role]],
              ['地方', one.place?.name ?? '—'],
              ['状态', stateOf(one).words],
              ['动态码', one.secondFactor ? '有' : '没有'],
              ['开的日子', dayOf(one.createdAt)],
            ]}
          />
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
        给新密码
      </Button>
      <Button loading={act.isPending} onClick={() => run('factor', onHanded)}>
        换动态码
      </Button>
      {account.disabled || account.locked ? (
        <Button
          type="primary"
          loading={act.isPending}
          onClick={() => run('enable', () => void message.success('开了'))}
        >
          打开
        </Button>
      ) : (
        <Button danger loading={act.isPending} onClick={() => run('disable', () => void message.success('停了'))}>
          停用
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
    <section aria-label="登录着的地方">
      <h3 className="told-title account-sessions">登录着的地方</h3>
      {sessions.length === 0 ? <p className="row-quiet">现在没有登录。</p> : null}
      <ul className="road">
        {sessions.map((one) => (
          <li key={one.id}>
            <p>
              {one.address ?? '—'}{' '}
              <Button size="small" loading={end.isPending} onClick={() => end.mutate(one.id)}>
                让它退出
              </Button>
            </p>
            <p className="row-quiet figures">
              {dayOf(one.createdAt)} {timeOf(one.createdAt)} 登录，{timeOf(one.seenAt)} 还在 · {one.agent ?? ''}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

import { App, Button } from 'antd';
import { useState } from 'react';
import { useFacts } from '../rest/asked.ts';
import { dayOf } from '../rest/days.ts';
import { useChange } from '../rest/session.ts';
import { ListTroubled } from '../staff/states.tsx';
import { listed } from '../words/marks.ts';
import { t } from '../words/office.ts';
import { ReasonDialog } from './ReasonDialog.tsx';

interface Somebody {
  id: string;
  name: string;
  relation: string;
  phone: string | null;
}
interface Proxy extends Somebody {
  kindText: string;
  scope: string[];
  validFrom: string;
  validUntil: string | null;
  agreedAt: string | null;
}
interface Near {
  proxies: Proxy[];
  relatives: Somebody[];
}
type Kind = 'proxies' | 'relatives';

/** Who acts for her and who is told in an emergency; each may be ended, with a reason. */
export function NearPeople({ id }: { id: string }) {
  const { message } = App.useApp();
  const { data, error, refetch } = useFacts<Near>(`/api/residents/${id}/near`);
  const [ending, setEnding] = useState<{ kind: Kind; who: Somebody }>();
  const end = useChange<void, { kind: Kind; who: string; reason: string }>(
    ({ kind, who, reason }) => ({ path: `/api/residents/${id}/${kind}/${who}/end`, body: { reason } }),
    ['facts'],
  );
  if (error) return <ListTroubled error={error} onRetry={() => refetch()} />;
  const ask = (kind: Kind) => (who: Somebody) => setEnding({ kind, who });
  const confirm = (reason: string) => {
    if (!ending) return;
    const done = { onSuccess: () => message.success(t.endedNow), onError: (e: Error) => message.error(e.message) };
    end.mutate({ kind: ending.kind, who: ending.who.id, reason }, done);
    setEnding(undefined);
  };
  return (
    <>
      <People title={t.actsForHer} none={t.nobodyActs} of={data?.proxies} under={proxyWords} onEnd={ask('proxies')} />
      <People title={t.toldInEmergency} none={t.nobodyTold} of={data?.relatives} onEnd={ask('relatives')} />
      <ReasonDialog
        open={ending !== undefined}
        title={t.endWhom(ending?.who.name)}
        before={<p className="recall-note">{ending?.kind === 'relatives' ? t.notToldMeans : t.endedMeans}</p>}
        verb={t.endThis}
        danger
        onClose={() => setEnding(undefined)}
        onSend={confirm}
      />
    </>
  );
}

const proxyWords = ({ kindText, scope, validFrom, validUntil, agreedAt }: Proxy): string =>
  [
    kindText,
    scope.length > 0 ? listed(scope) : t.noMatterNamed,
    t.actsFrom(dayOf(validFrom), validUntil ? t.untilDay(dayOf(validUntil)) : ''),
    agreedAt ? t.sheAgreed : t.sheNotAsked,
  ].join(' · ');

interface PeopleProps<P extends Somebody> {
  title: string;
  none: string;
  of: P[] | undefined;
  under?: (one: P) => string;
  onEnd: (one: P) => void;
}

function People<P extends Somebody>({ title, none, of, under, onEnd }: PeopleProps<P>) {
  return (
    <section className="near">
      <h2 className="drawer-title">{title}</h2>
      {of?.length === 0 ? <p className="row-quiet">{none}</p> : null}
      {(of ?? []).map((one) => (
        <div key={one.id} className="near-one">
          <div>
            <p>
              {one.name} · {one.relation} {one.phone ? <span className="figures">· {one.phone}</span> : null}
            </p>
            {under ? <p className="row-quiet">{under(one)}</p> : null}
          </div>
          <Button size="small" onClick={() => onEnd(one)}>
            {t.endThis}
          </Button>
        </div>
      ))}
    </section>
  );
}

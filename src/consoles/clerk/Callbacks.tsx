import { App, Button } from 'antd';
import { useState } from 'react';
import { useDeskLine } from '../live/useLive.ts';
import { dayOf, nearDayWords, timeOf } from '../rest/days.ts';
import { useBusinessNow } from '../rest/readiness.ts';
import type { Callback } from '../rest/records.ts';
import { useChange } from '../rest/session.ts';
import { t } from '../words/clerk.ts';
import { CarrierNews, RingBoth } from './CarrierCall.tsx';
import { CloseCallback } from './CloseCallback.tsx';
import { bySoonest, dueOf } from './desk.ts';
import { Panel } from './Panel.tsx';
import { Reveal } from './Reveal.tsx';
import { StationChoice } from './StationChoice.tsx';
import { useDeskList } from './useDeskList.ts';

export const OPEN_CALLBACKS = { state: 'open', pageSize: 200 };

/** Whom to call back, the soonest promise first. */
export function Callbacks() {
  const now = useBusinessNow();
  const list = useDeskList<Callback>('callbacks', OPEN_CALLBACKS);
  const [station, setStation] = useState<string>();
  const open = bySoonest(list.data?.items ?? []).filter(({ state }) => state === 'open');
  const callbacks = open.filter((one) => station === undefined || one.station?.id === station);
  const late = callbacks.filter((one) => dueOf(one, now).late).length;
  return (
    <Panel
      id="callbacks"
      title={t.callsReturn}
      count={callbacks.length}
      countTone={late > 0 ? 'late' : undefined}
      side={
        late > 0 ? (
          <span className="chip" data-tone="late">
            {t.overdue(late)}
          </span>
        ) : null
      }
      list={list}
      empty={callbacks.length === 0}
      emptyWords={t.noCallsWaitingBeReturned}
      emptyHint={t.residentsWhoAskedSpeakerPerson}
    >
      <StationChoice of={open.map((one) => one.station)} chosen={station} onChoose={setStation} />
      <ul className="rows">
        {callbacks.map((one) => (
          <CallbackRow key={one.id} callback={one} now={now} />
        ))}
      </ul>
    </Panel>
  );
}

function CallbackRow({ callback, now }: { callback: Callback; now: Date }) {
  const due = dueOf(callback, now);
  const { resident, reason, reasonText, matter, tries, notes, wishesText } = callback;
  return (
    <li className="row callback" data-row tabIndex={-1} data-tone={due.tone}>
      <div className="callback-due">
        <span className="callback-time figures">{timeOf(callback.dueAt)}</span>
        <span className="callback-left">
          {dayOf(callback.dueAt) === dayOf(now) ? t.byThen : nearDayWords(dayOf(callback.dueAt), dayOf(now))}
        </span>
        <span className="chip" data-tone={due.tone}>
          {due.words}
        </span>
      </div>
      <div className="callback-what">
        <p className="row-who">
          {resident?.name ?? t.noNameGiven}
          {resident ? <Reveal residentId={resident.id} name={resident.name} /> : null}
        </p>
        <p className="row-words">{[reasonText ?? reason, matter].filter(Boolean).join(' · ')}</p>
        {wishesText?.length ? <p className="row-words">{wishesText.join(' · ')}</p> : null}
        <p className="row-quiet">
          {[wantedWords(callback.wanted), tries > 0 ? t.triedTimes(tries) : undefined, notes]
            .filter(Boolean)
            .join(' · ')}
        </p>
        {callback.carrier ? <CarrierNews told={callback.carrier} now={now} /> : null}
      </div>
      <CallbackActions callback={callback} />
    </li>
  );
}

function wantedWords(wanted: string | null): string | undefined {
  if (!wanted) return undefined;
  return t.wantsIn({ AM: t.morning, PM: t.afternoon }[wanted] ?? wanted);
}

function CallbackActions({ callback }: { callback: Callback }) {
  const { message } = App.useApp();
  const [choosing, setChoosing] = useState(false);
  const who = callback.resident?.name ?? t.thisResident;
  const tried = useChange<unknown, void>(() => ({ path: `/api/callbacks/${callback.id}/try` }), ['callbacks']);
  const close = useChange<unknown, { outcome: string; notes?: string }>(
    (body) => ({ path: `/api/callbacks/${callback.id}/close`, body }),
    ['callbacks'],
  );
  const failed = (error: Error) => message.error(error.message);
  const closed = () => {
    setChoosing(false);
    message.success(t.callClosed(who));
  };
  return (
    <div className="row-actions">
      {callback.speaker ? <Dial callbackId={callback.id} speakerId={callback.speaker.id} /> : null}
      {callback.rings ? <RingBoth callback={callback} /> : null}
      <Button
        data-key="t"
        loading={tried.isPending}
        onClick={() =>
          tried.mutate(undefined, { onSuccess: () => message.info(t.notedDidNotAnswer(who)), onError: failed })
        }
      >
        {t.noAnswer}
      </Button>
      <Button
        className="do"
        data-key="d"
        loading={close.isPending && !choosing}
        onClick={() => close.mutate({ outcome: 'solved' }, { onSuccess: closed, onError: failed })}
      >
        {t.solved}
      </Button>
      <Button data-key="o" onClick={() => setChoosing(true)}>
        {t.anotherOutcome}
      </Button>
      <CloseCallback
        open={choosing}
        who={who}
        pending={close.isPending}
        onCancel={() => setChoosing(false)}
        onClose={(values) => close.mutate(values, { onSuccess: closed, onError: failed })}
      />
    </div>
  );
}

/** Calls her speaker: the call is about this callback, and says so to her. */
function Dial({ callbackId, speakerId }: { callbackId: string; speakerId: string }) {
  const { live, dial } = useDeskLine();
  const { message } = App.useApp();
  const [dialling, setDialling] = useState(false);
  const away = live.speakers[speakerId] === false;
  const ring = () => {
    setDialling(true);
    dial({ callback: callbackId })
      .catch((error: Error) => message.error(error.message))
      .finally(() => setDialling(false));
  };
  return (
    <Button
      className="do"
      data-key="c"
      loading={dialling}
      disabled={live.link !== 'open' || live.call !== undefined || away}
      onClick={ring}
    >
      {away ? t.speakerOffline : t.callSpeaker}
    </Button>
  );
}

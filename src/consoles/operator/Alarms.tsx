import { App, Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { dayOf, lengthWords, nearDayWords, timeOf } from '../rest/days.ts';
import { useList } from '../rest/lists.ts';
import { useChange } from '../rest/session.ts';
import { Panel } from '../staff/Panel.tsx';
import { ListStates } from '../staff/states.tsx';
import { about } from '../words/marks.ts';
import { t } from '../words/operator.ts';
import { Field } from './Field.tsx';
import type { Alarm } from './fleet.ts';

/** Speakers that somebody should look at; what was found there is written down. */
export function Alarms({ now, onGo }: { now: Date; onGo: (to: string) => void }) {
  const [noting, setNoting] = useState<Alarm>();
  const list = useList<Alarm>('alarms', { open: true, pageSize: 50 }, 30_000);
  const { data } = list;
  return (
    <Panel title={t.worthLook} count={data?.total || undefined} tone="late">
      <ListStates of={list} empty={data?.total === 0} words={t.allSpeakersWell} hint={t.speakersThatHaveBeen} />
      <ul className="alarms">
        {data?.items.map((alarm) => (
          <li key={alarm.id}>
            <div>
              <Button
                type="link"
                className="serial figures"
                onClick={() => onGo(`/operator?speaker=${alarm.speaker.id}`)}
              >
                {alarm.speaker.name}
              </Button>
              <span className="chip" data-tone={alarm.kind === 'silent' ? 'late' : 'warn'}>
                {alarm.kindText}
              </span>
            </div>
            <p>{alarm.household?.name ?? t.notHomeYet}</p>
            <p className="row-quiet">{sinceWords(alarm, now)}</p>
            {alarm.note ? <p className="alarm-note">{about(alarm.notedBy?.name, alarm.note)}</p> : null}
            <Button size="small" className="do" onClick={() => setNoting(alarm)}>
              {alarm.note ? t.addAnotherNote : t.noteWhatWasFound}
            </Button>
          </li>
        ))}
      </ul>
      <NoteDialog key={noting?.id} alarm={noting} onClose={() => setNoting(undefined)} />
    </Panel>
  );
}

function sinceWords({ kind, since }: Alarm, now: Date): string {
  const away = now.getTime() - Date.parse(since);
  const when = `${nearDayWords(dayOf(since), dayOf(now))} ${timeOf(since)}`;
  return kind === 'silent' ? t.withoutSignLastSeen(lengthWords(away), when) : t.since(when);
}

function NoteDialog({ alarm, onClose }: { alarm: Alarm | undefined; onClose: () => void }) {
  const { message } = App.useApp();
  const [note, setNote] = useState('');
  const save = useChange<void, string>(
    (words) => ({ path: `/api/alarms/${alarm?.id}/note`, body: { note: words } }),
    ['alarms'],
  );
  const done = {
    onSuccess: onClose,
    onError: (error: Error) => message.error(error.message),
  };
  return (
    <Modal
      open={alarm !== undefined}
      title={t.whatMatter(alarm?.speaker.name ?? '')}
      okText={t.note}
      cancelText={t.notNow}
      okButtonProps={{ disabled: note.trim() === '', loading: save.isPending }}
      onOk={() => save.mutate(note.trim(), done)}
      onCancel={onClose}
    >
      <Field label={t.whatYouSawDid}>
        {(id) => (
          <Input.TextArea
            id={id}
            value={note}
            maxLength={300}
            rows={3}
            placeholder={t.forExampleCalledShe}
            onChange={(event) => setNote(event.target.value)}
          />
        )}
      </Field>
    </Modal>
  );
}

import { App, Button, Input, Slider } from 'antd';
import { useState } from 'react';
import { useChange } from '../rest/session.ts';
import { t } from '../words/operator.ts';
import { Field } from './Field.tsx';
import type { SpeakerDetail } from './fleet.ts';

/** Volume, pace and quiet hours; a speaker that is connected follows at once. */
export function SettingsForm({ one }: { one: SpeakerDetail }) {
  const { message } = App.useApp();
  const { reportedVolume, ...standing } = one.settings;
  const [wish, setWish] = useState(standing);
  const save = useChange<void, typeof wish>(
    (body) => ({ path: `/api/speakers/${one.id}/settings`, body }),
    ['speakers'],
  );
  const set = (part: Partial<typeof wish>) => setWish({ ...wish, ...part });
  const changed = JSON.stringify(wish) !== JSON.stringify(standing);
  const told = {
    onSuccess: () => message.success(t.settingsSaved),
    onError: (error: Error) => message.error(error.message),
  };
  return (
    <section className="settings" aria-label={t.settings}>
      <h2 className="drawer-title">{t.settings}</h2>
      <div className="field">
        <span>
          {t.volumeShort}
          <b className="figures">{wish.volume}</b>
          {reportedVolume === null ? null : <span className="row-quiet">{t.speakerItselfSays(reportedVolume)}</span>}
        </span>
        <Slider
          ariaLabelForHandle={t.volume}
          min={0}
          max={100}
          step={5}
          value={wish.volume}
          onChange={(volume) => set({ volume })}
        />
      </div>
      <div className="field">
        <span>
          {t.paceShort}
          <b className="figures">{wish.pace}</b> <span className="row-quiet">{t.charactersMinuteAsResident}</span>
        </span>
        <Slider
          ariaLabelForHandle={t.pace}
          min={120}
          max={260}
          step={10}
          value={wish.pace}
          onChange={(pace) => set({ pace })}
        />
      </div>
      <div className="field-row">
        <Field label={t.quietFrom}>
          {(id) => (
            <Input
              id={id}
              type="time"
              value={wish.quietFrom}
              onChange={(event) => set({ quietFrom: event.target.value })}
            />
          )}
        </Field>
        <Field label={t.until}>
          {(id) => (
            <Input
              id={id}
              type="time"
              value={wish.quietUntil}
              onChange={(event) => set({ quietUntil: event.target.value })}
            />
          )}
        </Field>
        <Button className="do" disabled={!changed} loading={save.isPending} onClick={() => save.mutate(wish, told)}>
          {t.saveSettings}
        </Button>
      </div>
    </section>
  );
}

import { App, Button, Input, Slider } from 'antd';
import { useState } from 'react';
import { useChange } from '../rest/session.ts';
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
    onSuccess: () => message.success('设置好了'),
    onError: (error: Error) => message.error(error.message),
  };
  return (
    <section className="settings" aria-label="设置">
      <h2 className="drawer-title">设置</h2>
      <div className="field">
        <span>
          音量 <b className="figures">{wish.volume}</b>
          {reportedVolume === null ? null : <span className="row-quiet"> 音箱上现在是 {reportedVolume}</span>}
        </span>
        <Slider
          ariaLabelForHandle="音量"
          min={0}
          max={100}
          step={5}
          value={wish.volume}
          onChange={(volume) => set({ volume })}
        />
      </div>
      <div className="field">
        <span>
          语速 <b className="figures">{wish.pace}</b> <span className="row-quiet">每分钟字数，跟着住户走</span>
        </span>
        <Slider
          ariaLabelForHandle="语速"
          min={120}
          max={260}
          step={10}
          value={wish.pace}
          onChange={(pace) => set({ pace })}
        />
      </div>
      <div className="field-row">
        <Field label="安静从">
          {(id) => (
            <Input
              id={id}
              type="time"
              value={wish.quietFrom}
              onChange={(event) => set({ quietFrom: event.target.value })}
            />
          )}
        </Field>
        <Field label="到">
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
          保存设置
        </Button>
      </div>
    </section>
  );
}

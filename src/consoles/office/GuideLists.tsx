import { Button, Input, InputNumber } from 'antd';
import type { GuideAmount, GuideMaterial } from '../rest/records.ts';
import { t } from '../words/office.ts';

/** What she brings, row by row. */
export function Materials({ of, onChange }: { of: GuideMaterial[]; onChange: (next: GuideMaterial[]) => void }) {
  const change = (n: number, part: Partial<GuideMaterial>) =>
    onChange(of.map((one, at) => (at === n ? { ...one, ...part } : one)));
  return (
    <fieldset className="material-rows">
      <legend className="editor-label">{t.materials}</legend>
      {of.map((one, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a material has no name but what is being typed
        <div key={n} className="material-row">
          <Input
            aria-label={t.nth(n + 1)}
            placeholder={t.like}
            value={one.name}
            onChange={(event) => change(n, { name: event.target.value })}
          />
          <InputNumber
            aria-label={t.noHowManyOriginals(n + 1)}
            placeholder={t.originals}
            min={0}
            max={20}
            value={one.original ?? null}
            onChange={(original) => change(n, { original: original ?? undefined })}
          />
          <InputNumber
            aria-label={t.noHowManyCopies(n + 1)}
            placeholder={t.copies}
            min={0}
            max={20}
            value={one.copies ?? null}
            onChange={(copies) => change(n, { copies: copies ?? undefined })}
          />
          <Button type="text" aria-label={t.removeNo(n + 1)} onClick={() => onChange(of.filter((_, at) => at !== n))}>
            {t.remove}
          </Button>
        </div>
      ))}
      <Button size="small" onClick={() => onChange([...of, { name: '' }])}>
        {t.addOne}
      </Button>
    </fieldset>
  );
}

/** What one gets from an age on, in a sentence of its own. */
export function Amounts({
  of,
  onChange,
}: {
  of: Partial<GuideAmount>[];
  onChange: (next: Partial<GuideAmount>[]) => void;
}) {
  const change = (n: number, part: Partial<GuideAmount>) =>
    onChange(of.map((one, at) => (at === n ? { ...one, ...part } : one)));
  return (
    <fieldset className="material-rows">
      <legend className="editor-label">{t.standardByAge}</legend>
      <p className="row-quiet">{t.toldOwnAgeAlone}</p>
      {of.map((one, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a step has no name but what is being typed
        <div key={n} className="amount-row">
          <InputNumber
            aria-label={t.nthAge(n + 1)}
            placeholder={t.ageFrom}
            min={1}
            max={120}
            value={one.ageFrom ?? null}
            onChange={(ageFrom) => change(n, { ageFrom: ageFrom ?? undefined })}
          />
          <Input.TextArea
            aria-label={t.nthAmount(n + 1)}
            autoSize={{ minRows: 1, maxRows: 4 }}
            maxLength={500}
            value={one.text ?? ''}
            onChange={(event) => change(n, { text: event.target.value })}
          />
          <Button type="text" aria-label={t.removeAge(n + 1)} onClick={() => onChange(of.filter((_, at) => at !== n))}>
            {t.remove}
          </Button>
        </div>
      ))}
      <Button size="small" onClick={() => onChange([...of, {}])}>
        {t.addAge}
      </Button>
    </fieldset>
  );
}

import { Button, Input, InputNumber } from 'antd';
import type { ReactNode } from 'react';
import type { GuideAmount, GuideMaterial } from '../rest/records.ts';
import { t } from '../words/office.ts';

interface RowsProps<Row> {
  of: Row[];
  onChange: (next: Row[]) => void;
  legend: string;
  note?: string;
  className: string;
  /** What a new row begins with. */
  empty: Row;
  addText: string;
  removeLabel: (n: number) => string;
  /** The fields of one row; `change` puts what is typed into it. */
  children: (row: Row, n: number, change: (part: Partial<Row>) => void) => ReactNode;
}

/** A list that is edited row by row: each can be taken out, and one more be put behind. */
function Rows<Row>({ of, onChange, legend, note, className, empty, addText, removeLabel, children }: RowsProps<Row>) {
  const change = (n: number) => (part: Partial<Row>) =>
    onChange(of.map((one, at) => (at === n ? { ...one, ...part } : one)));
  return (
    <fieldset className="material-rows">
      <legend className="editor-label">{legend}</legend>
      {note && <p className="row-quiet">{note}</p>}
      {of.map((one, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row has no name but what is being typed
        <div key={n} className={className}>
          {children(one, n + 1, change(n))}
          <Button type="text" aria-label={removeLabel(n + 1)} onClick={() => onChange(of.filter((_, at) => at !== n))}>
            {t.remove}
          </Button>
        </div>
      ))}
      <Button size="small" onClick={() => onChange([...of, empty])}>
        {addText}
      </Button>
    </fieldset>
  );
}

interface ListProps<Row> {
  of: Row[];
  onChange: (next: Row[]) => void;
}

/** What she brings, row by row. */
export function Materials(list: ListProps<GuideMaterial>) {
  return (
    <Rows
      {...list}
      legend={t.materials}
      className="material-row"
      empty={{ name: '' }}
      addText={t.addOne}
      removeLabel={t.removeNo}
    >
      {(one, n, change) => (
        <>
          <Input
            aria-label={t.nth(n)}
            placeholder={t.like}
            value={one.name}
            onChange={(event) => change({ name: event.target.value })}
          />
          <InputNumber
            aria-label={t.noHowManyOriginals(n)}
            placeholder={t.originals}
            min={0}
            max={20}
            value={one.original ?? null}
            onChange={(original) => change({ original: original ?? undefined })}
          />
          <InputNumber
            aria-label={t.noHowManyCopies(n)}
            placeholder={t.copies}
            min={0}
            max={20}
            value={one.copies ?? null}
            onChange={(copies) => change({ copies: copies ?? undefined })}
          />
        </>
      )}
    </Rows>
  );
}

/** What one gets from an age on, in a sentence of its own. */
export function Amounts(list: ListProps<Partial<GuideAmount>>) {
  return (
    <Rows
      {...list}
      legend={t.standardByAge}
      note={t.toldOwnAgeAlone}
      className="amount-row"
      empty={{}}
      addText={t.addAge}
      removeLabel={t.removeAge}
    >
      {(one, n, change) => (
        <>
          <InputNumber
            aria-label={t.nthAge(n)}
            placeholder={t.ageFrom}
            min={1}
            max={120}
            value={one.ageFrom ?? null}
            onChange={(ageFrom) => change({ ageFrom: ageFrom ?? undefined })}
          />
          <Input.TextArea
            aria-label={t.nthAmount(n)}
            autoSize={{ minRows: 1, maxRows: 4 }}
            maxLength={500}
            value={one.text ?? ''}
            onChange={(event) => change({ text: event.target.value })}
          />
        </>
      )}
    </Rows>
  );
}

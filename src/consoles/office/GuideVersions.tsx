import { Select } from 'antd';
import { useState } from 'react';
import { useList, useRow } from '../rest/lists.ts';
import type { Guide } from '../rest/records.ts';
import { t } from '../words/office.ts';
import { elementWords } from './guide-fields.ts';
import { State } from './parts.tsx';
import { guideElements, guideStates } from './words.ts';

/** All versions of a matter, and what of this one differs from another, side by side. */
export function GuideVersions({ guide }: { guide: Guide }) {
  const { data } = useList<Guide>('guides', { matter: guide.matter, pageSize: 50 });
  const others = (data?.items ?? []).filter(({ id }) => id !== guide.id);
  const [chosen, setChosen] = useState<string>();
  const other = useRow<Guide>('guides', chosen ?? others[0]?.id);
  if (others.length === 0) return <p className="row-quiet">{t.thisOnlyVersion}</p>;
  return (
    <section className="versions" aria-label={t.versions}>
      <ul className="version-list">
        {(data?.items ?? []).map((one) => (
          <li key={one.id}>
            {t.versionNumber(one.version)}
            <State of={guideStates} code={one.state} words={one.stateText} />
            <span className="row-quiet">
              {t.span(one.effectiveFrom, one.effectiveUntil ? t.untilDay(one.effectiveUntil) : '')}
            </span>
          </li>
        ))}
      </ul>
      <Select
        aria-label={t.compareWith}
        value={chosen ?? others[0]?.id}
        options={others.map(({ id, version }) => ({ value: id, label: t.compareWithVersion(version) }))}
        onChange={setChosen}
      />
      {other.data ? <Difference before={other.data} after={guide} /> : null}
    </section>
  );
}

function Difference({ before, after }: { before: Guide; after: Guide }) {
  const rows = guideElements
    .map(([key, name]) => ({
      name,
      was: elementWords(before.elements?.[key]),
      is: elementWords(after.elements?.[key]),
    }))
    .filter(({ was, is }) => was !== is);
  if (rows.length === 0) return <p className="row-quiet">{t.bothVersionsSaySame}</p>;
  return (
    <table className="difference">
      <thead>
        <tr>
          <th scope="col">{t.element}</th>
          <th scope="col">{t.version(before.version)}</th>
          <th scope="col">{t.version(after.version)}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, was, is }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>
              <Marked text={was} against={is} kind="was" />
            </td>
            <td>
              <Marked text={is} against={was} kind="is" />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What both have at the beginning and at the end stays plain; the middle is marked. */
function Marked({ text, against, kind }: { text: string; against: string; kind: 'was' | 'is' }) {
  const start = commonStart(text, against);
  const end = commonStart(reversed(text.slice(start)), reversed(against.slice(start)));
  const middle = text.slice(start, text.length - end);
  return (
    <>
      {text.slice(0, start)}
      {middle ? kind === 'was' ? <del>{middle}</del> : <ins>{middle}</ins> : null}
      {end > 0 ? text.slice(text.length - end) : ''}
    </>
  );
}

const reversed = (text: string) => [...text].reverse().join('');

function commonStart(one: string, other: string): number {
  let n = 0;
  while (n < one.length && n < other.length && one[n] === other[n]) n += 1;
  return n;
}

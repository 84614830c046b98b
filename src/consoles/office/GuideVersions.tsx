import { Select } from 'antd';
import { useState } from 'react';
import { useList, useRow } from '../rest/lists.ts';
import type { Guide } from '../rest/records.ts';
import { t } from '../words/office.ts';
import { differenceOf, type Piece } from './difference.ts';
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
          <Changed key={name} name={name} {...differenceOf(was, is)} />
        ))}
      </tbody>
    </table>
  );
}

function Changed({ name, was, is }: { name: string; was: Piece[]; is: Piece[] }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        <Marked pieces={was} as="del" />
      </td>
      <td>
        <Marked pieces={is} as="ins" />
      </td>
    </tr>
  );
}

/** Words that only this version has are marked: struck out in the older, underlined in the newer. */
function Marked({ pieces, as: Mark }: { pieces: Piece[]; as: 'del' | 'ins' }) {
  let at = 0;
  return pieces.map(({ text, same }) => {
    at += text.length;
    return same ? <span key={at}>{text}</span> : <Mark key={at}>{text}</Mark>;
  });
}

import { App, Button, Select } from 'antd';
import { useState } from 'react';
import { useRow } from '../../rest/lists.ts';
import type { Guide, GuideMaterial } from '../../rest/records.ts';
import { useChange } from '../../rest/session.ts';
import { useMatters } from './useMatters.ts';

/** In the order in which she asks, not that of the document. */
const PARTS: [string, string][] = [
  ['gist', '一句话'],
  ['conditions', '谁能办'],
  ['steps', '怎么办'],
  ['place', '在哪办'],
  ['hours', '几点办'],
  ['fee', '要不要钱'],
  ['timeLimit', '几天办好'],
  ['commonMistakes', '最常错的'],
  ['trips', '跑几趟'],
  ['phone', '问谁'],
];

/** The reviewed words, large enough to be read to her, and sent to her phone where she agreed to messages. */
export function GuideAloud({ residentId, matter }: { residentId: string | undefined; matter: string | undefined }) {
  const { options, guideOf } = useMatters();
  const [chosen, setChosen] = useState(matter);
  const guide = guideOf(chosen);
  const { data } = useRow<Guide>('guides', guide?.id);
  return (
    <div className="aloud">
      <div className="work-row work-begin">
        <Select
          aria-label="哪件事怎么办"
          placeholder="哪件事"
          showSearch
          options={options}
          value={chosen}
          onChange={setChosen}
        />
        {residentId && guide ? <Send guideId={guide.id} residentId={residentId} /> : null}
      </div>
      {data ? <Elements guide={data} /> : null}
    </div>
  );
}

function Elements({ guide }: { guide: Guide }) {
  const elements = guide.elements ?? {};
  const materials = (elements.materials as GuideMaterial[] | undefined) ?? [];
  return (
    <div className="aloud-text">
      <dl className="aloud-parts">
        {PARTS.map(([name, label]) =>
          typeof elements[name] === 'string' ? (
            <div key={name}>
              <dt>{label}</dt>
              <dd>{elements[name] as string}</dd>
            </div>
          ) : null,
        )}
        {materials.length > 0 ? (
          <div>
            <dt>带什么</dt>
            <dd>
              <ol className="aloud-materials">
                {materials.map((one) => (
                  <li key={one.name}>{materialWords(one)}</li>
                ))}
              </ol>
            </dd>
          </div>
        ) : null}
      </dl>
      <p className="row-quiet">
        {guide.source}，{guide.checkedOn}核对过，第 {guide.version} 版
      </p>
    </div>
  );
}

function materialWords({ name, original, copies, note }: GuideMaterial): string {
  const counts = [original ? `原件 ${original} 份` : undefined, copies ? `复印件 ${copies} 份` : undefined];
  return [name, counts.filter(Boolean).join('，'), note].filter(Boolean).join('，');
}

function Send({ guideId, residentId }: { guideId: string; residentId: string }) {
  const { message } = App.useApp();
  const send = useChange<unknown, void>(() => ({ path: `/api/guides/${guideId}/send`, body: { residentId } }), []);
  return (
    <Button
      loading={send.isPending}
      onClick={() =>
        send.mutate(undefined, {
          onSuccess: () => message.success('发到她手机上了'),
          onError: (error) => message.error(error.message),
        })
      }
    >
      发到她手机
    </Button>
  );
}

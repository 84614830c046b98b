import { App, Button, Select } from 'antd';
import { useState } from 'react';
import { useRow } from '../../rest/lists.ts';
import type { Guide, GuideMaterial } from '../../rest/records.ts';
import { useChange } from '../../rest/session.ts';
import { t } from '../../words/clerk.ts';
import { together } from '../../words/marks.ts';
import { useMatters } from './useMatters.ts';

/** In the order in which she asks, not that of the document. */
const PARTS: [string, string][] = [
  ['gist', t.inOneSentence],
  ['conditions', t.whoMay],
  ['steps', t.how],
  ['place', t.whereShort],
  ['hours', t.when],
  ['fee', t.whatCosts],
  ['timeLimit', t.howLongTakes],
  ['commonMistakes', t.usualMistake],
  ['trips', t.howManyTrips],
  ['phone', t.whomAsk],
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
          aria-label={t.howWhichMatterDone}
          placeholder={t.whichMatter}
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
            <dt>{t.whatBring}</dt>
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
      <p className="row-quiet">{t.checkedVersion(guide.source, guide.checkedOn, guide.version)}</p>
    </div>
  );
}

function materialWords({ name, original, copies, note }: GuideMaterial): string {
  const counts = [original ? t.original(original) : '', copies ? t.copies(copies) : ''];
  return together([name, ...counts, note ?? ''].filter((part) => part !== ''));
}

function Send({ guideId, residentId }: { guideId: string; residentId: string }) {
  const { message } = App.useApp();
  const send = useChange<unknown, void>(() => ({ path: `/api/guides/${guideId}/send`, body: { residentId } }), []);
  return (
    <Button
      loading={send.isPending}
      onClick={() =>
        send.mutate(undefined, {
          onSuccess: () => message.success(t.sentPhone),
          onError: (error) => message.error(error.message),
        })
      }
    >
      {t.sendPhone}
    </Button>
  );
}

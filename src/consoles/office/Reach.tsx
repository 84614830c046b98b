import { useAsked } from '../rest/asked.ts';
import { t } from '../words/office.ts';
import type { Rule } from './rule.ts';

interface Reached {
  count: number;
  needsSecond: boolean;
  examples: { id: string; name: string; age: number; community: string }[];
  reason: { text: string };
}

/** How many the rule reaches as it stands in the form, ten of them, and the sentence that says why. */
export function Reach({ rule, sensitive }: { rule: Rule; sensitive: boolean }) {
  const { data, error, isFetching } = useAsked<Reached>('/api/policies/count', { audience: rule, sensitive });
  return (
    <section className="panel reach" aria-label={t.whoHears} aria-busy={isFetching}>
      <p className="reach-count" role="status">
        <span className="figures">{data ? data.count.toLocaleString('zh-CN') : '–'}</span>
        {t.people}
      </p>
      {error ? <p className="form-trouble">{error.message}</p> : null}
      {data ? (
        <>
          <p className="reach-note">{data.needsSecond ? t.anotherOfficerHasSign : t.fewNotSensitiveYour}</p>
          {data.reason.text ? <p className="spoken">{data.reason.text}</p> : null}
          <ul className="reach-people" aria-label={t.someThem}>
            {data.examples.map(({ id, name, age, community }) => (
              <li key={id}>
                {name} <span className="row-quiet">{t.ageAndPlace(age, community)}</span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </section>
  );
}

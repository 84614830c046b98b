import { Tabs } from 'antd';
import type { Brief } from '../../../calls/wire.ts';
import { t } from '../../words/clerk.ts';
import { Apply } from './Apply.tsx';
import { Book } from './Book.tsx';
import { GuideAloud } from './GuideAloud.tsx';
import { HerCases } from './HerCases.tsx';
import { Visit } from './Visit.tsx';

const FIRST: Record<string, string> = {
  pickup: 'book',
  apply: 'apply',
  progress: 'cases',
  guide: 'guide',
  visit: 'visit',
};

interface WorkProps {
  brief: Brief;
}

/** What the clerk does for her while they speak: the very drafts and rows that the dialogue was filling. */
export function Work({ brief }: WorkProps) {
  const { resident } = brief;
  if (!resident) return <NobodyNamed brief={brief} />;
  const begun = brief.errand?.slots ?? {};
  const matter = brief.matter ?? begun.item ?? undefined;
  const first = FIRST[brief.errand?.name ?? ''] ?? (brief.drafts.cases.length > 0 ? 'cases' : 'book');
  return (
    <section className="panel work" aria-label={t.do}>
      <Tabs
        key={resident.id}
        defaultActiveKey={first}
        items={[
          {
            key: 'book',
            label: t.bookings,
            children: <Book residentId={resident.id} begun={{ ...begun, item: matter }} />,
          },
          { key: 'apply', label: t.application, children: <Apply residentId={resident.id} /> },
          { key: 'cases', label: t.cases, children: <HerCases residentId={resident.id} /> },
          { key: 'guide', label: t.how, children: <GuideAloud residentId={resident.id} matter={matter} /> },
          { key: 'visit', label: t.visits, children: <Visit residentId={resident.id} matter={matter} /> },
        ]}
      />
    </section>
  );
}

/** Nobody has said who she is: guides can be read to anybody. */
function NobodyNamed({ brief }: WorkProps) {
  return (
    <section className="panel work" aria-label={t.do}>
      <p className="row-quiet work-note">{t.speakerDoesNotKnowWho}</p>
      <GuideAloud residentId={undefined} matter={brief.matter ?? undefined} />
    </section>
  );
}

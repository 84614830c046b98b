import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { ListEmpty, ListTroubled, ListWaiting } from '../staff/states.tsx';
import { t } from '../words/operator.ts';
import { useAsked } from './asked.ts';

interface Label {
  id: string;
  serial: string;
  brandText: string;
  address: string | null;
  room: string | null;
  phone: string | null;
  station: string | null;
  qr: string;
}

const SIZES = { small: t.smallLabels6040, large: t.largeLabels9050 };

/** Stickers to print: what is on paper is this page without the rest. */
export default function Labels() {
  const ids = new URLSearchParams(location.search).get('ids') ?? '';
  const [size, setSize] = useState<keyof typeof SIZES>('small');
  const path = ids ? `/api/speakers/labels?ids=${encodeURIComponent(ids)}` : undefined;
  const { data, error, isPending, refetch } = useAsked<{ items: Label[] }>('labels', path);
  if (error) return <ListTroubled error={error} onRetry={() => refetch()} />;
  if (path && isPending) return <ListWaiting />;
  if (!data || data.items.length === 0) return <ListEmpty hint={t.chooseSomeTableSpeakers}>{t.nothingPrint}</ListEmpty>;
  return (
    <>
      <div className="labels-tools">
        <strong>{t.labelsShort(data.items.length)}</strong>
        <Segmented
          aria-label={t.sizeLabels}
          value={size}
          options={Object.entries(SIZES).map(([value, label]) => ({ value: value as keyof typeof SIZES, label }))}
          onChange={setSize}
        />
        <Button type="primary" onClick={() => print()}>
          {t.print}
        </Button>
      </div>
      <ul className="labels" data-size={size} aria-label={t.labels}>
        {data.items.map((label) => (
          <li key={label.id}>
            <Sticker label={label} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** The number to call is the largest: it is for her, when the speaker says nothing any more. */
function Sticker({ label: { serial, brandText, address, phone, station, qr } }: { label: Label }) {
  return (
    <article className="sticker">
      <img src={`data:image/svg+xml;utf8,${encodeURIComponent(qr)}`} alt={t.code(serial)} />
      <div>
        <p className="sticker-name">{t.homeServices}</p>
        <p className="sticker-words">{t.speakerSilentCall}</p>
        <p className="sticker-phone figures">{phone ?? '\u2003'.repeat(6)}</p>
        <p className="sticker-foot">
          {[station, address].filter(Boolean).join(' · ') || brandText}
          <br />
          <span className="figures">{serial}</span>
        </p>
      </div>
    </article>
  );
}

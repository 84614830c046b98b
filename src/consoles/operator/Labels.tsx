import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { ListEmpty, ListTroubled, ListWaiting } from '../staff/states.tsx';
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

const SIZES = { small: '小标签 60×40', large: '大标签 90×50' };

/** Stickers to print: what is on paper is this page without the rest. */
export default function Labels() {
  const ids = new URLSearchParams(location.search).get('ids') ?? '';
  const [size, setSize] = useState<keyof typeof SIZES>('small');
  const path = ids ? `/api/speakers/labels?ids=${encodeURIComponent(ids)}` : undefined;
  const { data, error, isPending, refetch } = useAsked<{ items: Label[] }>('labels', path);
  if (error) return <ListTroubled error={error} onRetry={() => refetch()} />;
  if (path && isPending) return <ListWaiting />;
  if (!data || data.items.length === 0)
    return <ListEmpty hint="在音箱表里选几台，再点「打印标签」。">没有要打印的</ListEmpty>;
  return (
    <>
      <div className="labels-tools">
        <strong>{data.items.length} 张标签</strong>
        <Segmented
          aria-label="标签大小"
          value={size}
          options={Object.entries(SIZES).map(([value, label]) => ({ value: value as keyof typeof SIZES, label }))}
          onChange={setSize}
        />
        <Button type="primary" onClick={() => print()}>
          打印
        </Button>
      </div>
      <ul className="labels" data-size={size} aria-label="标签">
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
      <img src={`data:image/svg+xml;utf8,${encodeURIComponent(qr)}`} alt={`${serial} 的二维码`} />
      <div>
        <p className="sticker-name">家里办</p>
        <p className="sticker-words">音箱不说话了，打</p>
        <p className="sticker-phone figures">{phone ?? '　　　　　　'}</p>
        <p className="sticker-foot">
          {[station, address].filter(Boolean).join(' · ') || brandText}
          <br />
          <span className="figures">{serial}</span>
        </p>
      </div>
    </article>
  );
}

import { Segmented } from 'antd';
import { useState } from 'react';
import { Import } from './Import.tsx';
import { One } from './One.tsx';
import { Pair } from './Pair.tsx';

const WAYS = [
  { value: 'many', label: '一批：导入文件' },
  { value: 'code', label: '配对码' },
  { value: 'one', label: '一台' },
] as const;
type Way = (typeof WAYS)[number]['value'];

/** The three ways in which a speaker comes to be known. */
export default function Register({ onGo }: { onGo: (to: string) => void }) {
  const asked = new URLSearchParams(location.search).get('way');
  const [way, setWay] = useState<Way>(WAYS.find(({ value }) => value === asked)?.value ?? 'many');
  const open = (id: string) => onGo(`/operator?speaker=${id}`);
  return (
    <div className="register">
      <Segmented aria-label="怎么登记" value={way} options={[...WAYS]} onChange={setWay} />
      {way === 'many' ? <Import /> : null}
      {way === 'code' ? <Pair onOpen={open} /> : null}
      {way === 'one' ? <One onOpen={open} /> : null}
    </div>
  );
}

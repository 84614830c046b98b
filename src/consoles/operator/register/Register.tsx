import { Segmented } from 'antd';
import { useState } from 'react';
import { t } from '../../words/operator.ts';
import { Import } from './Import.tsx';
import { One } from './One.tsx';
import { Pair } from './Pair.tsx';

const WAYS = [
  { value: 'many', label: t.manyImportFile },
  { value: 'code', label: t.pairingCodeShort },
  { value: 'one', label: t.one },
] as const;
type Way = (typeof WAYS)[number]['value'];

/** The three ways in which a speaker comes to be known. */
export default function Register({ onGo }: { onGo: (to: string) => void }) {
  const asked = new URLSearchParams(location.search).get('way');
  const [way, setWay] = useState<Way>(WAYS.find(({ value }) => value === asked)?.value ?? 'many');
  const open = (id: string) => onGo(`/operator?speaker=${id}`);
  return (
    <div className="register">
      <Segmented aria-label={t.howRegister} value={way} options={[...WAYS]} onChange={setWay} />
      {way === 'many' ? <Import /> : null}
      {way === 'code' ? <Pair onOpen={open} /> : null}
      {way === 'one' ? <One onOpen={open} /> : null}
    </div>
  );
}

import { Select } from 'antd';
import type { Ref } from '../rest/records.ts';

interface StationChoiceProps {
  of: (Ref | null)[];
  chosen: string | undefined;
  onChoose: (id: string | undefined) => void;
}

/** Which place to look at, for those who see several. */
export function StationChoice({ of, chosen, onChoose }: StationChoiceProps) {
  const places = new Map(of.flatMap((place) => (place ? [[place.id, place.name] as const] : [])));
  if (places.size < 2 && !chosen) return null;
  return (
    <Select
      className="station-choice"
      aria-label="看哪个站点"
      allowClear
      placeholder="所有站点"
      value={chosen}
      options={[...places].map(([value, label]) => ({ value, label }))}
      onChange={onChoose}
    />
  );
}

import { Select } from 'antd';
import type { Ref } from '../rest/records.ts';
import { t } from '../words/clerk.ts';

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
      aria-label={t.whichStationShow}
      allowClear
      placeholder={t.allStations}
      value={chosen}
      options={[...places].map(([value, label]) => ({ value, label }))}
      onChange={onChoose}
    />
  );
}

import { Button, Input } from 'antd';
import { useDeferredValue, useId, useState } from 'react';
import { useList } from '../rest/lists.ts';
import { useChange } from '../rest/session.ts';
import { listed } from '../words/marks.ts';
import { t } from '../words/operator.ts';
import { useAsked } from './asked.ts';
import { Field } from './Field.tsx';
import type { Household } from './fleet.ts';

/** So many at once fit on a phone; more words find fewer. */
const SHOWN = 6;

export interface Home {
  householdId: string;
  room?: string;
}

interface HomeChoiceProps {
  pending: boolean;
  okWords?: string;
  onChoose: (home: Home) => void;
}

/** A household by its address, and the room; an address that is new can be registered on the way. */
export function HomeChoice({ pending, okWords = t.thisHome, onChoose }: HomeChoiceProps) {
  const name = useId();
  const [words, setWords] = useState('');
  const [chosen, setChosen] = useState<string>();
  const [room, setRoom] = useState('');
  const [adding, setAdding] = useState(false);
  const q = useDeferredValue(words.trim());
  const { data } = useList<Household>('households', { q, pageSize: SHOWN });
  const home = (householdId: string): Home => (room ? { householdId, room } : { householdId });
  if (adding) return <NewHome onAdded={(id) => onChoose(home(id))} onBack={() => setAdding(false)} />;
  return (
    <div className="home-choice">
      <Field label={t.homeAddress}>
        {(id) => (
          <Input
            id={id}
            type="search"
            allowClear
            placeholder={t.typeEstateBuildingOr}
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
        )}
      </Field>
      <fieldset className="homes">
        <legend className="unseen">{t.homesFound}</legend>
        {data?.items.map((one) => (
          <label key={one.id}>
            <input type="radio" name={name} checked={chosen === one.id} onChange={() => setChosen(one.id)} />
            <span>
              {one.community} {one.building} {one.unit}
              <span className="row-quiet"> {listed(one.residents.map(({ called }) => called))}</span>
            </span>
          </label>
        ))}
        {data?.total === 0 ? <p className="row-quiet">{t.noSuchAddress}</p> : null}
        {data && data.total > SHOWN ? <p className="row-quiet">{t.moreHomesTypeLittle(data.total - SHOWN)}</p> : null}
      </fieldset>
      <Field label={t.whichRoomOptional}>
        {(id) => (
          <select id={id} className="native-select" value={room} onChange={(event) => setRoom(event.target.value)}>
            <option value="">{t.leaveOut}</option>
            {t.rooms.map(({ kept, shown }) => (
              <option key={kept} value={kept}>
                {shown}
              </option>
            ))}
          </select>
        )}
      </Field>
      <div className="home-choice-foot">
        <Button type="link" onClick={() => setAdding(true)}>
          {t.addressNotRegistered}
        </Button>
        <Button type="primary" disabled={!chosen} loading={pending} onClick={() => chosen && onChoose(home(chosen))}>
          {okWords}
        </Button>
      </div>
    </div>
  );
}

interface Stations {
  items: { id: string; name: string }[];
}

function NewHome({ onAdded, onBack }: { onAdded: (id: string) => void; onBack: () => void }) {
  const { data } = useAsked<Stations>('stations', '/api/stations');
  const [home, setHome] = useState({ community: '', building: '', unit: '' });
  const [stationId, setStation] = useState('');
  const add = useChange<{ id: string }, void>(
    () => ({ path: '/api/households', body: { ...home, ...(stationId ? { stationId } : {}) } }),
    ['households'],
  );
  const fields = [
    ['community', t.estate, t.words],
    ['building', t.building, t.n3],
    ['unit', t.door, t.n1201],
  ] as const;
  return (
    <form
      className="home-choice"
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate(undefined, { onSuccess: ({ id }) => onAdded(id) });
      }}
    >
      {fields.map(([name, label, example]) => (
        <Field key={name} label={label}>
          {(id) => (
            <Input
              id={id}
              value={home[name]}
              required
              maxLength={40}
              placeholder={example}
              onChange={(event) => setHome({ ...home, [name]: event.target.value.trim() })}
            />
          )}
        </Field>
      ))}
      <Field label={t.whichServiceStationMay}>
        {(id) => (
          <select
            id={id}
            className="native-select"
            value={stationId}
            onChange={(event) => setStation(event.target.value)}
          >
            <option value="">{t.asNeighbours}</option>
            {data?.items.map((station) => (
              <option key={station.id} value={station.id}>
                {station.name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <p className="field-fault" role="alert">
        {add.error?.message}
      </p>
      <div className="home-choice-foot">
        <Button onClick={onBack}>{t.backSearching}</Button>
        <Button type="primary" htmlType="submit" loading={add.isPending}>
          {t.registerThisAddress}
        </Button>
      </div>
    </form>
  );
}

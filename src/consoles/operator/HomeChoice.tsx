import { Button, Input, Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useList } from '../rest/lists.ts';
import { useChange } from '../rest/session.ts';
import { useAsked } from './asked.ts';
import { Field } from './Field.tsx';
import type { Household } from './fleet.ts';

const ROOMS = ['客厅', '卧室', '厨房', '老人房'];

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
export function HomeChoice({ pending, okWords = '就这户', onChoose }: HomeChoiceProps) {
  const [words, setWords] = useState('');
  const [chosen, setChosen] = useState<string>();
  const [room, setRoom] = useState<string>();
  const [adding, setAdding] = useState(false);
  const q = useDeferredValue(words);
  const { data, isPending } = useList<Household>('households', { q, pageSize: 20 });
  const options = (data?.items ?? []).map(({ id, community, building, unit, residents }) => ({
    value: id,
    label: [`${community} ${building} ${unit}`, residents.map(({ called }) => called).join('、')]
      .filter(Boolean)
      .join(' · '),
  }));
  if (adding) return <NewHome onAdded={(id) => onChoose({ householdId: id, room })} onBack={() => setAdding(false)} />;
  return (
    <div className="home-choice">
      <Field label="住户地址">
        {(id) => (
          <Select
            id={id}
            showSearch={{ filterOption: false, onSearch: setWords }}
            loading={isPending}
            placeholder="输入小区、楼栋或门牌"
            value={chosen}
            options={options}
            notFoundContent="没有这样的地址"
            onChange={setChosen}
          />
        )}
      </Field>
      <Field label="放在哪间屋（可以不填）">
        {(id) => (
          <Select
            id={id}
            allowClear
            placeholder="房间"
            value={room}
            options={ROOMS.map((value) => ({ value, label: value }))}
            onChange={setRoom}
          />
        )}
      </Field>
      <div className="home-choice-foot">
        <Button type="link" onClick={() => setAdding(true)}>
          地址还没登记？
        </Button>
        <Button
          type="primary"
          disabled={!chosen}
          loading={pending}
          onClick={() => chosen && onChoose({ householdId: chosen, ...(room ? { room } : {}) })}
        >
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
  const [stationId, setStation] = useState<string>();
  const add = useChange<{ id: string }, void>(
    () => ({ path: '/api/households', body: { ...home, ...(stationId ? { stationId } : {}) } }),
    ['households'],
  );
  const fields = [
    ['community', '小区', '季景峰阁'],
    ['building', '楼栋', '3号楼'],
    ['unit', '门牌', '1单元201'],
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
      <Field label="归哪个便民服务站（同楼有住户的可以不选）">
        {(id) => (
          <Select
            id={id}
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            placeholder="便民服务站"
            value={stationId}
            options={(data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            onChange={setStation}
          />
        )}
      </Field>
      <p className="field-fault" role="alert">
        {add.error?.message}
      </p>
      <div className="home-choice-foot">
        <Button onClick={onBack}>回去找</Button>
        <Button type="primary" htmlType="submit" loading={add.isPending}>
          登记这个地址
        </Button>
      </div>
    </form>
  );
}

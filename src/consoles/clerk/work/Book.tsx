import { App, Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { dayOf, nearDayWords, timeOf } from '../../rest/days.ts';
import { useList, useRow } from '../../rest/lists.ts';
import { useBusinessNow } from '../../rest/readiness.ts';
import type { Booking, Offers } from '../../rest/records.ts';
import { useChange } from '../../rest/session.ts';
import { t } from '../../words/clerk.ts';
import { directionWords } from '../words.ts';
import { useMatters } from './useMatters.ts';

interface Wish {
  matter?: string;
  direction: 'collect' | 'hand_in';
  day?: string;
}

interface BookProps {
  residentId: string;
  /** What she has said already. */
  begun: Record<string, string | undefined>;
}

/** Her bookings that still stand, and a new one at a free time of her station or its centre. */
export function Book({ residentId, begun }: BookProps) {
  const { options } = useMatters();
  const [wish, setWish] = useState<Wish>({
    matter: begun.item,
    direction: begun.direction === 'hand_in' ? 'hand_in' : 'collect',
    day: /^\d{4}-\d{2}-\d{2}$/.test(begun.date ?? '') ? begun.date : undefined, // a day may be told masked
  });
  return (
    <div className="work-book">
      <Standing residentId={residentId} />
      <h4 className="brief-part">{t.bookTime}</h4>
      <Form layout="vertical" className="work-row" requiredMark={false}>
        <Form.Item label={t.forWhat} className="work-wide">
          <Select
            aria-label={t.forWhat}
            showSearch
            options={options}
            value={wish.matter}
            placeholder={t.chooseMatter}
            onChange={(matter) => setWish({ ...wish, matter })}
          />
        </Form.Item>
        <Form.Item label={t.handInOrCollect}>
          <Select
            aria-label={t.handInOrCollect}
            options={Object.entries(directionWords).map(([value, label]) => ({ value, label }))}
            value={wish.direction}
            onChange={(direction) => setWish({ ...wish, direction })}
          />
        </Form.Item>
        <Form.Item label={t.whichDay}>
          <Input
            type="date"
            aria-label={t.whichDay}
            value={wish.day ?? ''}
            onChange={(event) => setWish({ ...wish, day: event.target.value || undefined })}
          />
        </Form.Item>
      </Form>
      {wish.matter ? <Times residentId={residentId} wish={{ ...wish, matter: wish.matter }} /> : null}
    </div>
  );
}

function Standing({ residentId }: { residentId: string }) {
  const { data } = useList<Booking>('bookings', { resident: residentId, state: 'booked', pageSize: 20 });
  const today = dayOf(useBusinessNow());
  const { message } = App.useApp();
  const cancel = useChange<unknown, string>((id) => ({ path: `/api/bookings/${id}/cancel` }), ['bookings', 'offers']);
  const bookings = data?.items ?? [];
  if (bookings.length === 0) return <p className="row-quiet">{t.hasNothingBooked}</p>;
  return (
    <ul className="work-list">
      {bookings.map(({ id, start, place, matter, direction }) => (
        <li key={id}>
          <span>
            <strong className="figures">
              {nearDayWords(dayOf(start), today)} {timeOf(start)}
            </strong>
            <span className="row-quiet">
              {place?.name} · {directionWords[direction]} {matter}
            </span>
          </span>
          <Button
            disabled={cancel.isPending}
            onClick={() =>
              cancel.mutate(id, {
                onSuccess: () => message.success(t.cancelled),
                onError: (error) => message.error(error.message),
              })
            }
          >
            {t.cancel}
          </Button>
        </li>
      ))}
    </ul>
  );
}

/** Free times near the wish; one tap books, and it is told once it stands. */
function Times({ residentId, wish }: { residentId: string; wish: Wish & { matter: string } }) {
  const { message } = App.useApp();
  const today = dayOf(useBusinessNow());
  const query = new URLSearchParams({
    matter: wish.matter,
    direction: wish.direction,
    ...(wish.day ? { day: wish.day } : {}),
  });
  const offers = useRow<Offers>('offers', `${residentId}?${query}`, `/api/residents/${residentId}/offers?${query}`);
  const book = useChange<Booking, { slotId: string }>(
    ({ slotId }) => ({
      path: '/api/bookings',
      body: { residentId, matter: wish.matter, direction: wish.direction, slotId },
    }),
    ['bookings', 'offers'],
  );
  const items = offers.data?.items ?? [];
  if (offers.error) return <p className="case-missing">{offers.error.message}</p>;
  if (!offers.isPending && items.length === 0) return <p className="row-quiet">{t.noRoomTwoMonthsMay}</p>;
  return (
    <ul className="work-times" aria-label={t.freeTimes}>
      {items.map(({ slotId, day, start, place, exact }) => (
        <li key={slotId}>
          <Button
            disabled={book.isPending}
            className={exact ? 'do' : undefined}
            onClick={() =>
              book.mutate(
                { slotId },
                {
                  onSuccess: () => message.success(t.booked(nearDayWords(day, today), start, place.name)),
                  onError: (error) => message.error(error.message),
                },
              )
            }
          >
            <strong className="figures">
              {nearDayWords(day, today)} {start}
            </strong>
            <span>{place.name}</span>
          </Button>
        </li>
      ))}
    </ul>
  );
}

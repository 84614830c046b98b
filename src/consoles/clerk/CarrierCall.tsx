import { App, Button } from 'antd';
import { timeOf } from '../rest/days.ts';
import type { Callback, CarrierState } from '../rest/records.ts';
import { useChange } from '../rest/session.ts';
import { t } from '../words/clerk.ts';
import type { Tone } from './words.ts';

/** A carrier tells within this what became of a call; afterwards it is not waited for. */
const RINGS_MS = 120_000;

const STATES: Record<CarrierState, { words: (time: string) => string; tone: Tone }> = {
  ringing: { words: t.carrierRings, tone: 'warn' },
  talked: { words: t.carrierTalked, tone: 'good' },
  no_answer: { words: t.carrierNoAnswer, tone: 'warn' },
  busy: { words: t.carrierBusy, tone: 'warn' },
  failed: { words: t.carrierFailed, tone: 'late' },
};

/** How far the carrier has come with its two-way call; `now` by the business clock. */
export function CarrierNews({ told, now }: { told: NonNullable<Callback['carrier']>; now: Date }) {
  const silent = told.state === 'ringing' && now.getTime() - Date.parse(told.at) > RINGS_MS;
  const { words, tone } = silent ? { words: t.carrierSilent, tone: 'plain' as const } : STATES[told.state];
  return (
    <span className="chip callback-carrier" data-tone={tone} data-carrier={told.state} role="status">
      {words(timeOf(told.at))}
    </span>
  );
}

/** Rings her own telephone, then the resident's: neither sees the other's number. */
export function RingBoth({ callback }: { callback: Callback }) {
  const { message } = App.useApp();
  const ring = useChange<unknown, void>(() => ({ path: `/api/callbacks/${callback.id}/ring` }), ['callbacks']);
  return (
    <Button
      className="do"
      data-key="v"
      loading={ring.isPending}
      onClick={() =>
        ring.mutate(undefined, {
          onSuccess: () => message.info(t.carrierRingsYouFirst),
          onError: (error) => message.error(error.message),
        })
      }
    >
      {t.ringHerPhone}
    </Button>
  );
}

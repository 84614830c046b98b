/** 「真的假的」: a call that goes on is ended and rung back from the office; else the call log says whether it was us. */
import { shanghaiDay, shanghaiInstant, shanghaiTime } from '../../clock.ts';
import type { Services } from '../../services/index.ts';
import type { Say } from '../../speech/speech.ts';
import { effectKey } from '../../store/once.ts';
import type { Served } from './index.ts';

/** What is told of the call that she doubts. */
export async function callLog(
  services: Pick<Services, 'calls' | 'callbacks' | 'clock'>,
  served: Served,
): Promise<Say[]> {
  const { calls, clock } = services;
  const { speakerId, residents } = served.home;
  const going = await calls.outgoingAt(speakerId);
  if (going) return ringBack(services, served, going);
  const midnight = shanghaiInstant(shanghaiDay(clock.now()));
  const rang = await calls.lastRang(
    residents.map(({ id }) => id),
    midnight,
  );
  if (!rang) return [{ phrase: 'agent.weDidNot' }];
  const { at, ...who } = rang;
  return [{ phrase: 'agent.weDid', values: { ...who, time: shanghaiTime(at) } }];
}

/** She is right to ask: nothing is lost by calling again from the number that she knows. */
async function ringBack(
  { calls, callbacks }: Pick<Services, 'calls' | 'callbacks'>,
  { said, home }: Served,
  going: { id: string; state: string; residentId: string | null; reason: string; matter: string | null },
): Promise<Say[]> {
  const { speakerId } = home;
  const { id, residentId, reason, matter } = going;
  const by = { kind: 'resident' as const, id: residentId ?? speakerId, role: 'resident' };
  if (going.state === 'offered') await calls.refuseAtHome(id, by);
  else await calls.hangUp(id, { device: true, by });
  const { brand, device, requestId } = said;
  const key = effectKey({ brand, device, requestId, effect: 'call.ringBack', ordinal: 1 });
  const wish = { residentId: residentId ?? undefined, speakerId, reason, matter: matter ?? undefined };
  const made = await callbacks.request(key, wish, by);
  return [{ phrase: 'agent.ringBack', values: { station: made.station.name } }];
}

/** The hands of the dialogue: each named effect is one call of a service under its own key, answered with an event. */

import { shanghaiDay, shanghaiTime } from '../../clock.ts';
import type { Utterance } from '../../platforms/platform.ts';
import type { Services } from '../../services/index.ts';
import type { Home } from '../../services/residents/homes.ts';
import type { Say } from '../../speech/speech.ts';
import type { Actor } from '../../store/audit.ts';
import { type EffectKey, effectKey } from '../../store/once.ts';
import type { LifeEvent } from '../conversation.facts.ts';
import type { EffectCall, Hands } from '../hands.ts';
import { agentEffects } from './agent.ts';
import { applyEffects } from './apply.ts';
import { assuranceEffects, checkPin } from './assurance.ts';
import { callLog } from './call-log.ts';
import { complaintEffects } from './complaint.ts';
import { createGreeting } from './greeting.ts';
import { guideEffects } from './guide.ts';
import { pickupEffects } from './pickup.ts';
import { policyEffects } from './policy.ts';
import { progressEffects } from './progress.ts';
import { rateEffects } from './rate.ts';
import { visitEffects } from './visit.ts';

/** Who is served in this turn. */
export interface Served {
  said: Utterance;
  home: Home;
  conversation: string;
}

/** What one effect is given: its errand's context, whose errand it is, and the key under which it may happen once. */
export interface EffectInput<Context> extends Served {
  context: Context;
  residentId: string;
  key: EffectKey;
  by: Actor;
  /** She has said the agreed digits in this talk, and not long ago. */
  verified: boolean;
  /** Nobody listens who should not: she said so in this talk, or nobody else lives there. */
  unheard: boolean;
}
export type Effect<Context> = (input: EffectInput<Context>) => Promise<{ type: string }>;
export type Effects<Context> = Record<string, Effect<Context>>;

const SLOWEST = 130;
const FASTEST = 250;

/** Every effect by the errand that names it. */
export const effectsByErrand = (services: Services): Record<string, Effects<never>> => ({
  policy: policyEffects(services),
  guide: guideEffects(services),
  progress: progressEffects(services),
  pickup: pickupEffects(services),
  agent: agentEffects(services),
  apply: applyEffects(services),
  visit: visitEffects(services),
  rate: rateEffects(services),
  complaint: complaintEffects(services),
});

/** The hands for one turn: what the dialogue wants done is done as the resident who speaks, under the key of her request. */
export function createHands(services: Services) {
  const byErrand = effectsByErrand(services);
  const forAll: Effects<unknown> = assuranceEffects();

  function run(served: Served, call: EffectCall): Promise<{ type: string }> {
    const effect = (byErrand[call.errand]?.[call.effect] ?? forAll[call.effect]) as Effect<unknown> | undefined;
    if (!effect) throw new Error(`no effect ${call.errand}.${call.effect}`);
    const { brand, device, requestId } = served.said;
    const key = effectKey({ brand, device, requestId, effect: `${call.errand}.${call.effect}`, ordinal: call.ordinal });
    const by: Actor = {
      kind: 'resident',
      id: call.speaking || call.residentId || served.home.speakerId,
      role: 'resident',
    };
    const verified = holds(call.verifiedUntil);
    const unheard = call.unheard === true || served.home.residents.length === 1;
    return effect({ ...served, context: call.context, residentId: call.residentId, key, by, verified, unheard });
  }

  const holds = (until: string | undefined) => until !== undefined && new Date(until) > services.clock.now();

  const greet = createGreeting(services);

  async function changePace(served: Served, residentId: string | undefined, by: number) {
    const resident = served.home.residents.find((one) => one.id === residentId) ?? served.home.residents[0];
    if (!resident) return;
    resident.pace = Math.min(FASTEST, Math.max(SLOWEST, resident.pace + by));
    await services.homes.setPace(resident.id, resident.pace);
  }

  /** What stands is ended, and somebody of the station comes about the rest. */
  async function stopFor(
    served: Served,
    { residentId, called, state, self }: LifeEvent,
    ordinal: number,
  ): Promise<{ says: Say[]; callbackId: string }> {
    const { said, home } = served;
    const { brand, device, requestId } = said;
    const key = effectKey({ brand, device, requestId, effect: 'life', ordinal });
    const by: Actor = { kind: 'resident', id: home.speakerId, role: 'resident' };
    await services.life.changed(key, { residentId, householdId: home.householdId, state }, by);
    const wish = { residentId, speakerId: home.speakerId, reason: 'life' };
    const { id, before } = await services.callbacks.request(`${key}:person`, wish, by);
    const values = { called, day: before.day, time: before.time };
    return { says: [{ phrase: `conversation.lifeNoted_${state}${self ? '_self' : ''}`, values }], callbackId: id };
  }

  /** Told wrongly, or over: all is as before, but for a time that somebody else has taken. */
  async function undoLife(
    served: Served,
    who: { residentId: string; called: string },
    ordinal: number,
  ): Promise<Say[]> {
    const { said, home } = served;
    const { brand, device, requestId } = said;
    const key = effectKey({ brand, device, requestId, effect: 'life.undone', ordinal });
    const by: Actor = { kind: 'resident', id: home.speakerId, role: 'resident' };
    const { lost } = await services.life.undone(key, { residentId: who.residentId, householdId: home.householdId }, by);
    const phrase = lost > 0 ? 'conversation.lifeUndoneAnew' : 'conversation.lifeUndone';
    return [{ phrase, values: { called: who.called } }];
  }

  /** The hands for one turn at one home. */
  return (served: Served): Hands => ({
    run: (call) => run(served, call),
    greet: (residentId) => greet(served, residentId),
    isPrivate: async (matter) => (await services.guides.sensitive()).includes(matter),
    callLog: () => callLog(services, served),
    alert: (kind) => services.alerts.raise({ speakerId: served.home.speakerId, kind }),
    now: (day) => {
      const values = { day: shanghaiDay(services.clock.now()), time: shanghaiTime(services.clock.now()) };
      return day && day !== values.day
        ? { phrase: 'conversation.weekday', values: { day } }
        : { phrase: 'conversation.now', values };
    },
    alarm: () => services.alerts.status(served.home.speakerId),
    address: () => services.alerts.address(served.home.speakerId),
    verified: holds,
    settle: async () => {
      if (served.said.network) await services.networks.learn(served.home.speakerId, served.said.network);
    },
    undoLife: (who, ordinal) => undoLife(served, who, ordinal),
    checkPin: (residentId, digits) => checkPin(services, residentId, digits),
    stopFor: (life, ordinal) => stopFor(served, life, ordinal),
    changePace: (residentId, by) => changePace(served, residentId, by),
  });
}

/** The hands of the dialogue: each named effect is one call of a service under its own key, answered with an event. */
import { type EffectKey, effectKey } from '../../store/once.ts';
import type { Utterance } from '../../platforms/platform.ts';
import type { Home } from '../../services/homes.ts';
import type { Services } from '../../services/index.ts';
import type { Actor } from '../../store/audit.ts';
import type { EffectCall, Hands } from '../hand.ts';
import { agentEffects } from './agent.ts';
import { guideEffects } from './guide.ts';
import { pickupEffects } from './pickup.ts';
import { policyEffects } from './policy.ts';
import { progressEffects } from './progress.ts';

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
}
export type Effect<Context> = (input: EffectInput<Context>) => Promise<{ type: string }>;
export type Effects<Context> = Record<string, Effect<Context>>;

const SLOWEST = 130;
const FASTEST = 250;

export function createHands(services: Services) {
  const byErrand: Record<string, Effects<never>> = {
    policy: policyEffects(services),
    guide: guideEffects(services),
    progress: progressEffects(services),
    pickup: pickupEffects(services),
    agent: agentEffects(services),
  };

  function run(served: Served, call: EffectCall): Promise<{ type: string }> {
    const effect = byErrand[call.errand]?.[call.effect] as Effect<unknown> | undefined;
    if (!effect) throw new Error(`no effect ${call.errand}.${call.effect}`);
    const { brand, device, requestId } = served.said;
    const key = effectKey({ brand, device, requestId, effect: `${call.errand}.${call.effect}`, ordinal: call.ordinal });
    const by: Actor = { kind: 'resident', id: call.residentId || served.home.speakerId, role: 'resident' };
    return effect({ ...served, context: call.context, residentId: call.residentId, key, by });
  }

  async function greet(served: Served, residentId: string | undefined) {
    const resident = served.home.residents.find((one) => one.id === residentId);
    if (!resident) return [{ phrase: 'conversation.helloAll' }];
    const unread = (await services.policies.concerning(resident.id)).filter((one) => !one.heard).length;
    const phrase = unread > 0 ? 'conversation.helloNews' : 'conversation.hello';
    return [{ phrase, values: { called: resident.called, count: unread } }];
  }

  async function changePace(served: Served, residentId: string | undefined, by: number) {
    const resident = served.home.residents.find((one) => one.id === residentId) ?? served.home.residents[0];
    if (!resident) return;
    resident.pace = Math.min(FASTEST, Math.max(SLOWEST, resident.pace + by));
    await services.homes.setPace(resident.id, resident.pace);
  }

  /** The hands for one turn at one home. */
  return (served: Served): Hands => ({
    run: (call) => run(served, call),
    greet: (residentId) => greet(served, residentId),
    alert: (kind) => services.alerts.raise({ speakerId: served.home.speakerId, kind }),
    changePace: (residentId, by) => changePace(served, residentId, by),
  });
}

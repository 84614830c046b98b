import { addDays, shanghaiDay } from '../../clock.ts';
import { knownWishes } from '../../services/callbacks/hers.ts';
import type { CallbackView } from '../../services/callbacks/telling.ts';
import type { Services } from '../../services/index.ts';
import type { Slots } from '../../understanding/meaning.ts';
import type { AgentContext, CallbackForHer, CallForHer } from '../errands/agent.facts.ts';
import type { EffectInput, Effects } from './index.ts';

type Input = EffectInput<AgentContext>;

const MINUTE = 60;
/** After a death nobody rings before the seventh day, 头七, is over. */
const FIRST_DAYS = 7;
const RIGHTS: Record<string, 'forget' | 'lookers'> = { erase: 'forget', who: 'lookers' };

/** The hands of being connected and called back: who is there, a call, a promise to ring, and what becomes of it. */
export function agentEffects({
  callbacks,
  calls,
  clock,
  dataRights,
  herCallbacks,
  homes,
}: Pick<Services, 'callbacks' | 'calls' | 'clock' | 'dataRights' | 'herCallbacks' | 'homes'>): Effects<AgentContext> {
  const wishOf = ({ context, residentId, home }: Input) => {
    const { item, reason } = context.slots;
    return {
      residentId: residentId || undefined,
      speakerId: home.speakerId,
      reason: reason ?? context.intent,
      matter: item || undefined,
    };
  };
  const phoneOf = ({ slots }: AgentContext) => ({ phone: slots.phone || undefined, wanted: slots.time });

  /** What she asked of her own data is owed to her from now on, whoever calls. */
  const noteRight = async ({ context, residentId, by }: Input) => {
    const kind = RIGHTS[context.slots.right ?? ''];
    if (kind && residentId) await dataRights.wished(residentId, kind, by);
  };

  return {
    look: async (input) => {
      const { residentId } = input;
      const [phoneTail, prospect] = [
        residentId ? await homes.phoneTail(residentId) : undefined,
        await calls.prospect(wishOf(input)),
      ];
      return { type: 'LOOKED', phoneTail, live: prospect.live };
    },
    request: async (input) => {
      const { callback, phone } = input.context.slots;
      const ofThis = callback ? { callbackId: callback, ownPhone: !phone } : {};
      const wish = { ...wishOf(input), ...phoneOf(input.context), ...ofThis, brief: briefOf(input.context) };
      await noteRight(input);
      return { type: 'REQUESTED', callback: told(await callbacks.request(input.key, wish, input.by)) };
    },
    standing: async (input) => {
      const { reason } = input.context.slots;
      const owed = await herCallbacks.open(whoseOf(input), input.by);
      // Of what became of somebody she speaks, and of no other call.
      const found = reason === 'life' ? owed.filter((one) => one.reason === reason) : owed;
      const open = found.map((one) => ({ ...told(one), late: one.late }));
      const meant = meantIn(open, input.context.slots);
      const [callback = meant] = meant ? [meant] : open;
      return callback ? { type: 'STANDS', callback, open, unsure: !meant } : { type: 'NONE' };
    },
    moveCallback: async (input) => {
      const { callback, slots } = input.context;
      const later = slots.when === 'later' ? addDays(shanghaiDay(clock.now()), FIRST_DAYS) : undefined;
      const day = dayIn(slots.date) ?? later;
      const wish = { ...whoseOf(input), callbackId: callback?.id ?? '', day, wanted: slots.time };
      return { type: 'MOVED', callback: told(await herCallbacks.move(input.key, wish, input.by)) };
    },
    note: async (input) => {
      const { callback, slots } = input.context;
      const [wish] = knownWishes([slots.wish]);
      const whose = { ...whoseOf(input), callbackId: callback?.id ?? '' };
      if (wish) await herCallbacks.note(input.key, { ...whose, wish, gone: slots.about === 'unnote' }, input.by);
      return { type: 'WISH_KEPT' };
    },
    giveUp: async (input) => {
      const wish = { ...whoseOf(input), callbackId: input.context.callback?.id ?? '' };
      await herCallbacks.giveUp(input.key, wish, input.by);
      return { type: 'GIVEN_UP' };
    },
    giveUpAll: async (input) => {
      for (const { id = '' } of input.context.open ?? [])
        await herCallbacks.giveUp(`${input.key}:${id}`, { ...whoseOf(input), callbackId: id }, input.by);
      return { type: 'GIVEN_UP' };
    },
    /** What was asked so far goes along; the sentences themselves do not. */
    call: async (input) => {
      const wish = { ...wishOf(input), urgent: input.context.slots.reason === 'emergency' };
      await noteRight(input);
      const { id, wait, rings } = await calls.request(input.key, wish, input.by);
      const [least, most] = wait.wait;
      const minutes = most > 0 ? { least: minutesOf(least), most: minutesOf(most) } : {};
      const whom = rings ? { who: rings.clerk, station: rings.station } : {};
      return { type: 'CALLING', call: { id, position: wait.position, ...minutes, ...whom } satisfies CallForHer };
    },
    prefer: async ({ context, by }) => {
      const callbackId = await calls
        .preferCallback(context.call?.id ?? '', phoneOf(context), by)
        .catch(() => undefined);
      if (!callbackId) return { type: 'GONE' };
      return { type: 'REQUESTED', callback: told(await callbacks.view(callbackId, by)) };
    },
    /** Rings at her speaker, or has stopped to. */
    incoming: async ({ context, home }) => {
      const found = await calls.ringingAt(context.slots.incoming ?? '', home.speakerId);
      return found ? { type: 'RINGS', call: found } : { type: 'GONE' };
    },
    answer: async ({ context, by }) => ({
      type: (await settled(calls.answer(context.call?.id ?? '', by))) ? 'ANSWERED' : 'GONE',
    }),
    refuse: async ({ context, by }) => ({
      type: (await settled(calls.refuseAtHome(context.call?.id ?? '', by))) ? 'REFUSED' : 'GONE',
    }),
    result: async ({ context, home, residentId, by }) => {
      const { callbackId, ...result } = await calls.resultOf(context.slots.ended ?? '', home.speakerId, residentId);
      const callback = callbackId ? told(await callbacks.view(callbackId, by)) : undefined;
      return { type: 'RESULT', ...result, callback };
    },
    stay: async () => ({ type: 'STAYS' }),
    leave: async ({ context, by }) => {
      await settled(calls.giveUpWaiting(context.call?.id ?? '', by));
      return { type: 'LEFT' };
    },
  };
}

const whoseOf = ({ residentId, home }: Input) => ({ residentId: residentId || undefined, speakerId: home.speakerId });
/** The one that she names by its day, or that was talked of last; undefined where it may be any of several. */
function meantIn(open: CallbackForHer[], { from, callback }: Slots): CallbackForHer | undefined {
  const [ofDay, ...more] = open.filter(({ day }) => day === from);
  if (ofDay && more.length === 0) return ofDay;
  return open.length === 1 ? open[0] : open.find(({ id }) => id !== undefined && id === callback);
}
/** The first day of a range. */
const dayIn = (date: string | undefined) => date?.split('/')[0] || undefined;
/** What she asks of her own data, or what she has said of the time at which somebody may come. */
function briefOf({ slots }: AgentContext): Record<string, unknown> | undefined {
  const { visitDay, visitHalf, right } = slots;
  const wishes = knownWishes(slots.wishes?.split(','));
  const wished = wishes.length > 0 ? { wishes } : {};
  if (right) return { right, ...wished };
  return visitDay || visitHalf || wishes.length > 0 ? { visitDay, visitHalf, ...wished } : undefined;
}

const minutesOf = (seconds: number) => Math.max(1, Math.round(seconds / MINUTE));

/** False where the call has gone on without her: that is no failure of the turn. */
const settled = (work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => true,
    () => false,
  );

const told = (made: CallbackView): CallbackForHer => ({
  id: made.id,
  station: made.station.name,
  clerk: made.clerk?.name,
  day: made.before.day,
  time: made.before.time,
  after: made.before.after,
  place: made.place,
  already: made.already === true,
  phoneTail: made.phoneTail,
});

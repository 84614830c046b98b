import { describe, expect, it } from 'vitest';
import type { CallFrame, OfferFrame, OutFrame } from '../../src/calls/wire.ts';
import { partWords } from '../../src/consoles/clerk/board/options.ts';
import { lasting, waited } from '../../src/consoles/clerk/call/clock.ts';
import { fold, type Live, still } from '../../src/consoles/live/live.ts';
import { soundBetween, watchSound } from '../../src/consoles/sound/health.ts';
import { createSwitchboard, type Signal } from '../../src/consoles/sound/switchboard.ts';

describe('what is heard of the far end', () => {
  it('tells a dead microphone and a lost uplink from an elder who is silent', () => {
    const before = { bytes: 1000, energy: 0.5 };
    expect(soundBetween(before, { bytes: 1000, energy: 0.5 })).toBe('no_uplink');
    expect(soundBetween(before, { bytes: 2000, energy: 0.5 })).toBe('dead_microphone');
    expect(soundBetween(before, { bytes: 2000, energy: 0.500001 })).toBe('ok');
    expect(soundBetween(undefined, before)).toBeUndefined();
  });

  it('is told when it was seen twice, and again only when it changes', () => {
    const watch = watchSound();
    const looks = [
      [0, 0],
      [100, 1],
      [200, 2],
      [200, 2],
      [200, 2],
      [200, 2],
      [300, 3],
    ].map(([bytes = 0, energy = 0]) => watch.look({ bytes, energy }));
    expect(looks).toEqual([undefined, 'ok', undefined, undefined, 'no_uplink', undefined, 'ok']);
  });
});

describe('the legs of a page', () => {
  function board() {
    const heard: string[] = [];
    const made = createSwitchboard((_parts: string) => {
      return {
        hear: async ({ description, candidate }: Signal) => {
          await new Promise((resolve) => setTimeout(resolve, description ? 20 : 0));
          heard.push(String(description ?? candidate));
        },
        close: () => void heard.push('closed'),
      };
    });
    return { made, heard };
  }
  const parts = 'whatever a leg is made of';

  it('hear what was signalled before they were opened, in its order', async () => {
    const { made, heard } = board();
    made.hear('one', { description: 'offer' });
    made.hear('one', { candidate: 'first' });
    made.open('one', parts);
    made.hear('one', { candidate: 'second' });
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(heard).toEqual(['offer', 'first', 'second']);
  });

  it('are opened once, and closed with the page', () => {
    const { made, heard } = board();
    expect(made.open('one', parts)).toBe(made.open('one', parts));
    made.open('two', parts);
    made.closeAll();
    expect([heard, made.leg('one')]).toEqual([['closed', 'closed'], undefined]);
  });
});

describe('what the desk knows of the moment', () => {
  const me = { id: 'a', name: '小王' };
  const brief = { turns: [], drafts: {}, mood: {}, explained: [] } as unknown as OfferFrame['brief'];
  const offer = { type: 'offer', call: 'c', resident: null, reason: 'agent', brief, rings: 20 } as OfferFrame;
  const callOf = (over: Partial<CallFrame>) =>
    ({ type: 'call', call: 'c', state: 'talking', role: 'clerk', clerk: me, ...over }) as CallFrame;
  const hello = { type: 'hello', protocol: 'live.v1', heartbeat: 5, me, role: 'clerk', presence: { state: 'away' } };
  const heardOf = (...frames: OutFrame[]): Live =>
    [hello as OutFrame, ...frames].reduce((live, frame) => fold(live, { type: 'frame', frame, at: 0 }), still);

  it('rings until it is taken, its seconds are over, or a colleague has it', () => {
    expect(heardOf(offer).ringing).toHaveLength(1);
    expect(fold(heardOf(offer), { type: 'tick', at: 19_999 }).ringing).toHaveLength(1);
    expect(fold(heardOf(offer), { type: 'tick', at: 20_000 }).ringing).toEqual([]);
    expect(heardOf(offer, callOf({ elsewhere: true, clerk: { id: 'b', name: '小李' } }))).toMatchObject({
      ringing: [],
      call: undefined,
    });
    expect(heardOf(offer, callOf({ state: 'queued', clerk: null })).ringing).toEqual([]);
  });

  it('keeps brief and reason of what rang through the call to its outcome', () => {
    const live = heardOf(offer, callOf({ state: 'connecting', leg: 'l' }), callOf({}), callOf({ state: 'wrapping' }));
    expect(live.call).toMatchObject({ state: 'wrapping', reason: 'agent', brief });
    expect(fold(live, { type: 'frame', frame: callOf({ state: 'ended' }), at: 0 }).call).toBeUndefined();
  });

  it('shows a call that is on another page of hers, to be taken over', () => {
    expect(heardOf(callOf({ elsewhere: true })).call).toMatchObject({ call: 'c', elsewhere: true });
  });

  it('ends a supervisor’s listening when the call has left the board', () => {
    const listening = heardOf(callOf({ role: 'listen', clerk: { id: 'b', name: '小李' } }));
    const queue = { type: 'queue', waiting: [], desks: [], callbacks: { open: 0, overdue: 0 } } as const;
    const going = [{ call: 'c', state: 'talking', resident: null, clerk: null, since: '', watchers: [] } as const];
    const told = (frame: OutFrame) => fold(listening, { type: 'frame', frame, at: 0 });
    expect(
      told({ ...queue, going: going.map((one) => ({ ...one, watchers: [] })) } as unknown as OutFrame).call,
    ).toBeDefined();
    expect(told({ ...queue, going: [] } as unknown as OutFrame).call).toBeUndefined();
  });

  it('ends it too when the supervisor is told that the call is over, and never shows her its outcome', () => {
    const listening = heardOf(callOf({ role: 'listen', clerk: { id: 'b', name: '小李' } }));
    const over = callOf({ state: 'wrapping', elsewhere: true, clerk: { id: 'b', name: '小李' } });
    expect(fold(listening, { type: 'frame', frame: over, at: 0 }).call).toBeUndefined();
  });

  it('knows which speakers have gone since, and which came back', () => {
    const speaker = (id: string, online: boolean) => ({ type: 'speaker', id, online }) as const;
    const live = heardOf(speaker('s', false), speaker('t', false), speaker('s', true));
    expect(live.speakers).toEqual({ s: true, t: false });
  });

  it('knows whether it is heard at home, whatever a supervisor hears', () => {
    const told = (leg: string, audio: 'ok' | 'no_uplink') =>
      ({ type: 'leg', call: 'c', leg, state: 'connected', audio }) as const;
    const live = heardOf(callOf({ leg: 'hers' }), told('hers', 'no_uplink'), told('boss', 'ok'));
    expect(live.leg).toMatchObject({ heard: 'no_uplink' });
    expect(fold(live, { type: 'frame', frame: told('hers', 'ok'), at: 0 }).leg.heard).toBe('ok');
    expect(fold(live, { type: 'leg', audio: 'ok' }).leg).toEqual({ heard: 'no_uplink', audio: 'ok' });
  });

  it('lets a caption grow until it is final, and begins the next', () => {
    const said = (text: string, final: boolean) =>
      ({ type: 'caption', call: 'c', leg: 'resident', text, final }) as const;
    const live = heardOf(callOf({}), said('我想', false), said('我想办证', true), said('好', false));
    expect(live.captions.map(({ text }) => text)).toEqual(['我想办证', '好']);
  });
});

describe('how long it lasts', () => {
  it('is read at a glance', () => {
    expect([lasting(6_000), lasting(605_000), lasting(3_661_000)]).toEqual(['0:06', '10:05', '1:01:01']);
    expect([waited(20_000), waited(130_000)]).toEqual(['20 秒', '2 分 10 秒']);
    expect([partWords('2026-11-23 09'), partWords('2026-11-23')]).toEqual(['9点', '11-23']);
  });
});

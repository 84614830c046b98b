import { describe, expect, it } from 'vitest';
import { createHearing } from '../../../src/platforms/speaker/hearing.ts';
import type { SpeakerIdentity } from '../../../src/platforms/speaker/parts.ts';
import { createSounding, isEcho } from '../../../src/platforms/speaker/sounding.ts';
import { DEFAULT_PACE, paceFor } from '../../../src/reply.ts';
import { identityOf } from '../support/speakers.ts';

const SPOKEN = { id: 'r-1', text: '老年证在便民服务站办。带身份证。', pace: 190 };

describe('our own voice at a device', () => {
  it('lasts until it was played, or must have been', () => {
    let now = 0;
    const sounding = createSounding(() => now);
    sounding.begin(SPOKEN);
    expect(sounding.now()).toBe(SPOKEN);
    sounding.over('another');
    expect(sounding.now()).toBe(SPOKEN);
    now = 60_000;
    expect(sounding.now()).toBeUndefined();
    now = 0;
    sounding.over('r-1');
    expect(sounding.now()).toBeUndefined();
    sounding.begin(SPOKEN); // the same reply again, to a frame that was sent twice: it is not played again
    expect(sounding.now()).toBeUndefined();
    sounding.begin({ ...SPOKEN, id: 'r-2', text: '' });
    expect(sounding.now()).toBeUndefined();
  });

  it('is known when it comes back, and a short answer in our words is not taken for it', () => {
    expect(isEcho('在便民服务站办，带身份证', SPOKEN.text)).toBe(true);
    expect(isEcho('便民服务站', SPOKEN.text)).toBe(false);
    expect(isEcho('在便民福务站办带身份证', SPOKEN.text)).toBe(true); // misheard
    expect(isEcho('老年证在哪儿办要带什么', SPOKEN.text)).toBe(false);
  });
});

describe('our own words, heard to their end after we were silent again', () => {
  const OURS = '老年证在便民服务站办';
  const hear = async (text: string, aec = true) => {
    const sounding = createSounding();
    let ended: ((why: 'pause') => void) | undefined;
    const answered: unknown[] = [];
    const told: string[] = [];
    const hearing = createHearing({
      recogniser: {
        open: (_, opening) => {
          ended = opening.ended;
          const finish = async () => ({ text, isBackchannel: () => false });
          return { write: () => undefined, sounding: () => undefined, finish, abort: () => undefined };
        },
      },
      identity: identityOf('device-a') as SpeakerIdentity,
      caps: () => ({ aec }),
      sounding,
      tell: ({ type }) => void told.push(type),
      ended: (_, said) => void answered.push(said),
    });
    const sound = () => hearing.write({ kind: 'mic', codec: 'pcm16', seq: 0, ms: 0, sound: Buffer.alloc(640) });
    hearing.start('u-1', true);
    sounding.begin(SPOKEN);
    sound();
    sounding.over(SPOKEN.id); // played
    sound();
    ended?.('pause');
    return { said: await answered[0], told };
  };

  it('are answered by nobody; hers are', async () => {
    expect(await hear(OURS)).toEqual({ said: { kind: 'event', id: 'u-1' }, told: ['audio.end'] });
    expect((await hear('我想问问残疾人补贴')).said).toMatchObject({ kind: 'words', text: '我想问问残疾人补贴' });
    expect((await hear('便民服务站')).said).toMatchObject({ kind: 'words' });
  });

  it('without echo cancellation are not even listened to', async () => {
    expect((await hear('', false)).said).toEqual({ kind: 'event', id: 'u-1' });
  });
});

describe('her pace', () => {
  it('follows how fast she speaks, half way and within limits', () => {
    expect(paceFor(undefined, undefined)).toBe(DEFAULT_PACE);
    expect(paceFor(190, 210)).toBe(200);
    expect(paceFor(190, 400)).toBe(215);
    expect(paceFor(190, 90)).toBe(165);
  });
  it('is hers where she chose it', () => {
    expect(paceFor(160, 260)).toBe(160);
  });
});

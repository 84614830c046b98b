import { describe, expect, it } from 'vitest';
import { createSounding, isEcho } from '../../../src/platforms/speaker/sounding.ts';
import { DEFAULT_PACE, paceFor } from '../../../src/reply.ts';

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
    expect(isEcho('老年证在哪儿办要带什么', SPOKEN.text)).toBe(false);
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

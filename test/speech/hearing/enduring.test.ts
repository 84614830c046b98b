/** Retry, breaker and pieces told twice: against the real SDK where a line is needed. */
import { afterAll, describe, expect, it } from 'vitest';
import { startAzureSpeech } from '../../../src/connectors/stand-ins/azure-speech.ts';
import { createAzureRecogniser } from '../../../src/speech/hearing/azure.ts';
import { createBreaker } from '../../../src/speech/hearing/breaker.ts';
import { createEnduring } from '../../../src/speech/hearing/enduring.ts';
import { createFinals } from '../../../src/speech/hearing/finals.ts';

const service = await startAzureSpeech();
afterAll(() => service.close());
const OPENING = { locale: 'zh-CN', hints: [], patienceMs: 1500 } as const;
const refusal = (name: string) => expect.objectContaining({ refusal: name });

function counted(deadlineMs = 300) {
  const inner = createAzureRecogniser({ host: service.url, key: service.key, deadlineMs });
  let opened = 0;
  const open: typeof inner.open = (opening) => {
    opened += 1;
    return inner.open(opening);
  };
  return { recogniser: { ...inner, open }, opened: () => opened };
}

describe('a recogniser that endures', () => {
  it('says the same sound a second time when no words came', async () => {
    const { recogniser, opened } = counted();
    service.next({ fault: 'never' }, { text: '我想查老年证' });
    const stream = createEnduring(recogniser).open(OPENING);
    for (let n = 0; n < 50; n++) stream.write(Buffer.alloc(640, n));
    expect(await stream.finish()).toBe('我想查老年证');
    expect(opened()).toBe(2);
    expect(service.heard().filter((bytes) => bytes >= 32_000)).toHaveLength(2);
  });

  it('does not knock twice at a full house, and is not put off by it', async () => {
    const { recogniser, opened } = counted();
    const enduring = createEnduring(recogniser, createBreaker({ failures: 1 }));
    service.door('full');
    await expect(enduring.open(OPENING).finish()).rejects.toEqual(refusal('RecogniserBusy'));
    expect(opened()).toBe(1);
    service.door('open');
    service.next({ text: '好' });
    const stream = enduring.open(OPENING);
    stream.write(Buffer.alloc(640));
    expect(await stream.finish()).toBe('好');
  });

  it('stays away from a dead service for a while, then looks once', async () => {
    const { recogniser, opened } = counted();
    let now = 0;
    const enduring = createEnduring(recogniser, createBreaker({ failures: 2, restMs: 1000, now: () => now }));
    service.door('shut');
    for (let n = 0; n < 2; n++) {
      await expect(enduring.open(OPENING).finish()).rejects.toEqual(refusal('RecogniserUnavailable'));
    }
    const before = opened();
    expect(() => enduring.open(OPENING)).toThrow(refusal('RecogniserUnavailable'));
    expect(opened()).toBe(before);
    now = 1001;
    service.door('open');
    service.next({ text: '在' });
    const looking = enduring.open(OPENING);
    expect(() => enduring.open(OPENING)).toThrow(refusal('RecogniserUnavailable'));
    looking.write(Buffer.alloc(640));
    expect(await looking.finish()).toBe('在');
    enduring.open(OPENING).abort();
  });
});

describe('finished pieces', () => {
  it('are kept once, in the order of their sound', () => {
    const finals = createFinals();
    finals.add({ text: '后天上午', offset: 3000, duration: 900 });
    finals.add({ text: '我想约', offset: 1000, duration: 800 });
    finals.add({ text: '我想约。', offset: 1010, duration: 790 });
    expect(finals.text()).toBe('我想约后天上午');
  });
});

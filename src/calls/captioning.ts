/** Captions of one desk: opened while the call that she has is written along, fed with her page's sound, never kept. */
import type { CallCaptions, Caption, Captions } from '../speech/hearing/captions.ts';
import { createBudget, readSound } from './sound.ts';
import type { CallFrame, OutFrame } from './wire.ts';

/** Of a call: in which language she speaks, what is likely to be said, and where it is shown beside the desk. */
export interface CaptionedCall {
  locale: 'zh-CN' | 'en-US';
  hints: string[];
  device: string;
}

export interface CaptioningParts {
  captions: Captions;
  about: (call: string) => Promise<CaptionedCall | undefined>;
  send: (frame: OutFrame) => void;
  /** To her speaker, where it has a screen. */
  toHome: (device: string, frame: object) => Promise<unknown>;
  failed: (thrown: unknown) => void;
}

/** Faster than it is spoken nobody sends: what is more is left out. */
const TIMES_REAL = 1.5;
const BYTES_A_SECOND = 32_000;
const GOES: ReadonlySet<CallFrame['state']> = new Set(['talking', 'transferring']);

/** For one socket of one clerk. Only her own finished words go to the speaker's screen: what the resident says she need not read. */
export function createCaptioning({ captions, about, send, toHome, failed }: CaptioningParts) {
  let current: { call: string; open: Promise<CallCaptions | undefined> } | undefined;
  const budgets = { clerk: budget(), resident: budget() };

  function begin(call: string): void {
    current = { call, open: opened(call) };
  }

  async function opened(call: string): Promise<CallCaptions | undefined> {
    const found = await about(call).catch(failed);
    if (!found || current?.call !== call) return undefined;
    return captions.open({
      legs: [
        { leg: 'clerk', locale: 'zh-CN' },
        { leg: 'resident', locale: found.locale },
      ],
      hints: found.hints,
      caption: (caption) => show(call, found.device, caption),
      failed: () => failed(new Error('a recogniser could not caption a call')),
    });
  }

  function show(call: string, device: string, { leg, text, final }: Caption): void {
    send({ type: 'caption', call, leg, text, final });
    const who = leg === 'clerk' ? 'clerk' : 'resident';
    if (final && who === 'clerk') toHome(device, { type: 'call.caption', call, who, text, final }).catch(failed);
  }

  function end(): void {
    const ended = current;
    current = undefined;
    ended?.open.then((captions) => captions?.close()).catch(failed);
  }

  return {
    /** What her page is told of a call decides: it is written along while it goes on at this page, with her consent. */
    note(frame: OutFrame): void {
      if (frame.type !== 'call' || (current && current.call !== frame.call)) return;
      const wanted = frame.captions === 'on' && GOES.has(frame.state) && frame.leg !== undefined;
      if (wanted && !current) begin(frame.call);
      if (!wanted && current) end();
    },
    /** Sound of her page; without a call that is written along it is dropped. */
    hear(data: Buffer): void {
      const sound = current && readSound(data);
      if (!sound || !budgets[sound.who].take(sound.pcm.length)) return;
      current?.open.then((captions) => captions?.write(sound.who, sound.pcm)).catch(failed);
    },
    close: end,
  };
}

const budget = () => createBudget(BYTES_A_SECOND * TIMES_REAL);

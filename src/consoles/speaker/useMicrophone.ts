import { useCallback, useEffect, useRef } from 'react';
import type { ServerFrame } from './frames.ts';
import { micFrame } from './frames.ts';
import type { Line } from './line.ts';
import { createVoiceMeter } from './meter.ts';
import { type Recording, record } from './microphone.ts';
import type { Tell } from './talk.ts';

/** A touch shorter than this is a tap: the microphone stays open, and the server hears when she has finished. Longer: it is held. */
const TAP_MS = 350;

export interface MicrophoneParts {
  line: React.RefObject<Line | undefined>;
  tell: Tell;
  /** She takes the word: what is being said stops. */
  interrupt: () => void;
  /** Told of all that an open microphone hears. */
  overhear: (samples: Int16Array) => void;
}

interface Open {
  tape: Recording;
  mode: 'held' | 'open';
  pressedAt: number;
  /** What is being heard now; undefined between two sentences. */
  id?: string;
}

const UNHEARD = '浏览器没让用话筒。可以打字跟我说。';
const DEAD = '话筒里一点声音都没有。看看话筒开了没有。';

/** Tap and talk, or hold and talk. */
export function useMicrophone({ line, tell, interrupt, overhear }: MicrophoneParts) {
  const current = useRef<Open>(undefined);
  const opening = useRef<Promise<void>>(undefined);
  const meter = useRef(createVoiceMeter());

  /** A new utterance; `endpoint`: the server finds its end. */
  const begin = useCallback(
    (open: Open, endpoint: boolean) => {
      open.id = crypto.randomUUID();
      line.current?.tell({ type: 'audio.start', id: open.id, format: 'pcm16', ...(endpoint ? { endpoint } : {}) });
    },
    [line],
  );

  const close = useCallback(() => {
    current.current?.tape.stop();
    current.current = undefined;
    meter.current.rest();
    tell({ type: 'microphone', mode: 'off' });
  }, [tell]);

  const start = useCallback(async () => {
    const pressedAt = performance.now();
    let seq = 0;
    const tape = await record((samples) => {
      if (meter.current.hear(samples) === 'dead') tell({ type: 'trouble', text: DEAD });
      const { id, mode } = current.current ?? {};
      if (id && mode === 'open') overhear(samples);
      if (id) line.current?.audio(micFrame(seq++, performance.now() - pressedAt, samples));
    });
    const open: Open = { tape, mode: 'held', pressedAt };
    current.current = open;
    begin(open, false);
    tell({ type: 'microphone', mode: 'held' });
  }, [begin, line, overhear, tell]);

  const press = useCallback(() => {
    if (opening.current) return;
    if (current.current) return close(); // it was open: she has had enough
    interrupt();
    opening.current = start()
      .catch(() => tell({ type: 'trouble', text: UNHEARD }))
      .finally(() => {
        opening.current = undefined;
      });
  }, [close, interrupt, start, tell]);

  const release = useCallback(async () => {
    const touched = performance.now();
    await opening.current;
    const open = current.current;
    if (open?.mode !== 'held' || !open.id) return;
    if (touched - open.pressedAt < TAP_MS) {
      open.mode = 'open';
      begin(open, true);
      return tell({ type: 'microphone', mode: 'open' });
    }
    line.current?.ask({ type: 'audio.stop' }, open.id);
    tell({ type: 'asked', id: open.id, text: '（说了一段话）' });
    close();
  }, [begin, close, line, tell]);

  /** What the server says of the microphone. */
  const hear = useCallback(
    (frame: ServerFrame) => {
      const open = current.current;
      if (!open || !('id' in frame) || frame.id !== open.id) return;
      if (frame.type === 'error') return close();
      if (frame.type !== 'audio.end') return;
      open.id = undefined;
      tell({ type: 'asked', id: frame.id });
      if (frame.why === 'failed') close();
    },
    [close, tell],
  );

  /** An answer begins or has ended: with the microphone left open, the next sentence may come, also into our words. */
  const listen = useCallback(
    (wanted: boolean) => {
      const open = current.current;
      if (open?.mode !== 'open') return;
      if (!wanted) return close();
      if (!open.id) begin(open, true);
    },
    [begin, close],
  );

  useEffect(() => close, [close]);
  return { press, release, hear, listen, meter: meter.current.attach };
}

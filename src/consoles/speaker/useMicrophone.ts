import { useCallback, useRef } from 'react';
import { micFrame } from './frames.ts';
import type { Line } from './line.ts';
import { type Recording, record } from './microphone.ts';
import type { Playing } from './player.ts';
import type { Tell } from './talk.ts';

/** Press to talk: frames go out while the button is held. */
export function useMicrophone(
  line: React.RefObject<Line | undefined>,
  playing: React.RefObject<Playing | undefined>,
  tell: Tell,
) {
  const recording = useRef<Promise<{ id: string; tape: Recording } | undefined>>(undefined);

  const press = useCallback(() => {
    if (recording.current) return;
    playing.current?.stop();
    const id = crypto.randomUUID();
    const begun = performance.now();
    let seq = 0;
    let started = false; // frames go out only after audio.start
    const send = (samples: Int16Array) =>
      started && line.current?.audio(micFrame(seq++, performance.now() - begun, samples));
    recording.current = record(send)
      .then((tape) => {
        line.current?.tell({ type: 'audio.start', id, format: 'pcm16' });
        started = true;
        tell({ type: 'recording' });
        return { id, tape };
      })
      .catch(() => {
        recording.current = undefined;
        tell({ type: 'trouble', text: '浏览器没让用话筒。可以打字跟我说。' });
        return undefined;
      });
  }, [line, playing, tell]);

  /** Ends a recording that the server will not hear: it has no recogniser. */
  const drop = useCallback(async (id: string | undefined) => {
    const made = await recording.current;
    if (!made || made.id !== id) return;
    recording.current = undefined;
    made.tape.stop();
  }, []);

  const release = useCallback(async () => {
    const pressed = recording.current;
    const made = await pressed;
    if (!made || recording.current !== pressed) return;
    recording.current = undefined;
    made.tape.stop();
    line.current?.ask({ type: 'audio.stop' }, made.id);
    tell({ type: 'asked', id: made.id, text: '（说了一段话）' });
  }, [line, tell]);

  return { press, release, drop };
}

import { useCallback, useEffect, useReducer, useRef } from 'react';
import { rest } from '../rest/request.ts';
import { chime } from './chime.ts';
import type { Asking, ServerFrame } from './frames.ts';
import { micFrame } from './frames.ts';
import { createLine, type Line, type Socket } from './line.ts';
import { type Recording, record } from './microphone.ts';
import { type Playing, play } from './player.ts';
import { fold, quiet } from './talk.ts';

const CAPS = { audio: true, mic: true, aec: false, rtc: false, screen: true };

function openSocket(): Socket {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  const socket = new WebSocket(`${scheme}://${location.host}/speaker`, 'jialiban.v1');
  socket.binaryType = 'arraybuffer';
  return socket as unknown as Socket;
}

/** A talk with one device: the line, what is heard and played, and what the page shows of it. */
export function useTalk(deviceId: string) {
  const [talk, tell] = useReducer(fold, quiet);
  const line = useRef<Line>(undefined);
  const playing = useRef<Playing>(undefined);
  const sound = useRef<AudioContext>(undefined);

  const { press, release, drop } = useMicrophone(line, playing, tell);

  const hear = useCallback(
    (frame: ServerFrame) => {
      tell({ type: 'heard', frame });
      if (frame.type === 'error') drop(frame.id);
      if (frame.type === 'notice') {
        sound.current ??= new AudioContext();
        chime(sound.current);
        line.current?.tell({ type: 'notice.ack', id: frame.id, state: 'announced' });
      }
    },
    [drop],
  );

  useEffect(() => {
    const made = createLine({
      connect: openSocket,
      ticket: () =>
        rest<{ ticket: string }>(`/api/demo/speakers/${encodeURIComponent(deviceId)}/ticket`, {
          method: 'POST',
          body: {},
        }).then(({ ticket }) => ticket),
      caps: CAPS,
      onFrame: hear,
      onLink: (link) => tell({ type: 'link', link }),
      onGivenUp: () => tell({ type: 'trouble', text: '这句话没送到。请再说一遍。' }),
    });
    line.current = made;
    return () => made.close();
  }, [deviceId, hear]);

  usePlaying(talk.answer, line, playing, tell);

  /** She speaks into its words: it stops at once and listens. */
  const hush = useCallback(() => {
    playing.current?.stop();
    playing.current = undefined;
    tell({ type: 'hushed' });
    line.current?.ask({ type: 'bargein' });
  }, []);

  const ask = useCallback((frame: Asking) => {
    playing.current?.stop();
    const id = line.current?.ask(frame);
    if (id) tell({ type: 'asked', id, text: wordsOf(frame) });
  }, []);

  return { talk, ask, hush, press, release };
}

function wordsOf(frame: Asking): string | undefined {
  if (frame.type === 'say') return frame.text;
  if (frame.type === 'silence') return '（没出声）';
  return undefined;
}

type Tell = (event: Parameters<typeof fold>[1]) => void;

/** Plays each new answer once and reports that it was played. */
function usePlaying(
  answer: ReturnType<typeof fold>['answer'],
  line: React.RefObject<Line | undefined>,
  playing: React.RefObject<Playing | undefined>,
  tell: Tell,
) {
  useEffect(() => {
    if (!answer) return;
    const done = () => {
      playing.current = undefined;
      line.current?.tell({ type: 'played', id: answer.id });
      tell({ type: 'played', id: answer.id });
    };
    const current = play({
      ...answer,
      onProgress: (share) => tell({ type: 'progress', share }),
      onDone: done,
    });
    playing.current = current;
    return () => current.stop();
  }, [answer, line, playing, tell]);
}

/** Press to talk: frames go out while the button is held. */
function useMicrophone(
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

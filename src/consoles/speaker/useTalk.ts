import { useCallback, useEffect, useReducer, useRef } from 'react';
import { rest } from '../rest/request.ts';
import { chime } from './chime.ts';
import type { Answer, Asking, ServerFrame } from './frames.ts';
import { createLine, type Line, type Socket } from './line.ts';
import { type Playing, play } from './player.ts';
import { fold, quiet, type Tell } from './talk.ts';
import { useCall } from './useCall.ts';
import { useMicrophone } from './useMicrophone.ts';

const CAPS = {
  audio: true,
  mic: true,
  aec: false,
  rtc: 'RTCPeerConnection' in window && navigator.mediaDevices !== undefined,
  screen: true,
};

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

  const call = useCall({ line, playing, tell });
  const { hear: hearCall } = call;

  const hear = useCallback(
    (frame: ServerFrame) => {
      hearCall(frame);
      tell({ type: 'heard', frame });
      if (frame.type === 'error') drop(frame.id);
      if (frame.type === 'notice') {
        sound.current ??= new AudioContext();
        chime(sound.current);
        line.current?.tell({ type: 'notice.ack', id: frame.id, state: 'announced' });
      }
    },
    [drop, hearCall],
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

  /** Notices she has asked for, until it is known how much of them she heard. */
  const asked = useRef<string[]>([]);
  const acknowledge = useCallback((state: 'heard' | 'partly' | 'refused') => {
    for (const id of asked.current) line.current?.tell({ type: 'notice.ack', id, state });
    asked.current = [];
  }, []);

  const played = useCallback(
    (id: string) => {
      playing.current = undefined;
      line.current?.tell({ type: 'played', id });
      tell({ type: 'played', id });
      acknowledge('heard');
    },
    [acknowledge],
  );
  usePlaying(talk.answer, playing, tell, played);

  /** She speaks into its words: it stops at once and listens. */
  const hush = useCallback(() => {
    playing.current?.stop();
    playing.current = undefined;
    tell({ type: 'hushed' });
    line.current?.ask({ type: 'bargein' });
    acknowledge('partly');
  }, [acknowledge]);

  const ask = useCallback((frame: Asking) => {
    playing.current?.stop();
    playing.current = undefined;
    const id = line.current?.ask(frame);
    if (id) tell({ type: 'asked', id, text: wordsOf(frame) });
  }, []);

  /** What waits is told only after she asks; `false`: not now, and the lamp goes out. */
  const takeNotices = useCallback(
    (wanted: boolean) => {
      asked.current = talk.notices.map(({ id }) => id);
      tell({ type: 'noticesTaken' });
      if (wanted) ask({ type: 'say', text: '听消息' });
      else acknowledge('refused');
    },
    [talk.notices, ask, acknowledge],
  );

  return { talk, call, ask, hush, press, release, takeNotices };
}

function wordsOf(frame: Asking): string | undefined {
  if (frame.type === 'say') return frame.text;
  if (frame.type === 'silence') return '（没出声）';
  return undefined;
}

/** Plays each new answer once. */
function usePlaying(
  answer: Answer | undefined,
  playing: React.RefObject<Playing | undefined>,
  tell: Tell,
  onPlayed: (id: string) => void,
) {
  useEffect(() => {
    if (!answer) return;
    const current = play({
      ...answer,
      onProgress: (share) => tell({ type: 'progress', share }),
      onDone: () => onPlayed(answer.id),
    });
    playing.current = current;
    return () => current.stop();
  }, [answer, playing, tell, onPlayed]);
}

import { useCallback, useEffect, useReducer, useRef } from 'react';
import { rest } from '../rest/request.ts';
import { chime } from './chime.ts';
import type { Answer, Asking, ServerFrame } from './frames.ts';
import { createInterruption, type Interruption } from './interruption.ts';
import { createLine, type Line, type Socket } from './line.ts';
import { type Playing, play } from './player.ts';
import { fold, quiet, type Tell } from './talk.ts';
import { useCall } from './useCall.ts';
import { useMicrophone } from './useMicrophone.ts';

const CAPS = {
  audio: true,
  mic: true,
  aec: navigator.mediaDevices?.getSupportedConstraints().echoCancellation === true,
  rtc: 'RTCPeerConnection' in window && navigator.mediaDevices !== undefined,
  screen: true,
};

const TROUBLE_PACE = 190;

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

  /** Notices she has asked for, until it is known how much of them she heard. */
  const asked = useRef<string[]>([]);
  const acknowledge = useCallback((state: 'heard' | 'partly' | 'refused') => {
    for (const id of asked.current) line.current?.tell({ type: 'notice.ack', id, state });
    asked.current = [];
  }, []);

  /** The answer that is being spoken, by its id. */
  const speaking = useRef<string>(undefined);
  const interrupt = useCallback(() => {
    if (!playing.current || speaking.current === undefined) return;
    playing.current.stop();
    playing.current = undefined;
    line.current?.tell({ type: 'played', id: speaking.current });
    tell({ type: 'hushed' });
    acknowledge('partly');
  }, [acknowledge]);
  const interruption = useRef(createInterruption());
  const overhear = useCallback((samples: Int16Array) => {
    if (CAPS.aec) interruption.current.hear(samples);
  }, []);
  const microphone = useMicrophone({ line, tell, interrupt, overhear });
  const { press, release, hear: hearMicrophone, listen, meter } = microphone;

  const call = useCall({ line, playing, tell });
  const { hear: hearCall } = call;

  const hear = useCallback(
    (frame: ServerFrame) => {
      hearCall(frame);
      tell({ type: 'heard', frame });
      hearMicrophone(frame);
      if (frame.type === 'hush' && frame.id === speaking.current) {
        interruption.current.confirmed();
        playing.current?.pause();
      }
      if (frame.type === 'resume' && frame.id === speaking.current) {
        interruption.current.voice(playing.current);
        playing.current?.resume();
      }
      if (frame.type === 'error') speakTrouble(frame, playing, line);
      if (frame.type === 'reply') listen(true); // into our words too: the browser takes them out of the sound
      if (frame.type === 'notice') {
        sound.current ??= new AudioContext();
        chime(sound.current);
        line.current?.tell({ type: 'notice.ack', id: frame.id, state: 'announced' });
      }
    },
    [hearMicrophone, listen, hearCall],
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

  const played = useCallback(
    (id: string) => {
      playing.current = undefined;
      line.current?.tell({ type: 'played', id });
      tell({ type: 'played', id });
      acknowledge('heard');
    },
    [acknowledge],
  );
  usePlaying(talk.answer, { playing, speaking, interruption }, tell, played);
  useEffect(() => {
    if (talk.answer?.end && talk.mood === 'resting') listen(false);
  }, [talk.answer, talk.mood, listen]);

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

  return { talk, call, ask, hush, press, release, meter, takeNotices };
}

function wordsOf(frame: Asking): string | undefined {
  if (frame.type === 'say') return frame.text;
  if (frame.type === 'silence') return '（没出声）';
  return undefined;
}

interface Sounding {
  playing: React.RefObject<Playing | undefined>;
  speaking: React.RefObject<string | undefined>;
  interruption: React.RefObject<Interruption>;
}

/** Plays each new answer once. */
function usePlaying(
  answer: Answer | undefined,
  { playing, speaking, interruption }: Sounding,
  tell: Tell,
  onPlayed: (id: string) => void,
) {
  useEffect(() => {
    if (!answer) return;
    const current = play({
      ...answer,
      onProgress: (share) => tell({ type: 'progress', share }),
      onDone: () => {
        interruption.current.voice(undefined);
        onPlayed(answer.id);
      },
    });
    playing.current = current;
    speaking.current = answer.id;
    const heard = interruption.current;
    heard.voice(current);
    return () => {
      heard.voice(undefined);
      current.stop();
    };
  }, [answer, playing, speaking, interruption, tell, onPlayed]);
}

/** What went wrong is said aloud too, where the server gave it a voice. */
function speakTrouble(
  { id, text, audioUrl }: Extract<ServerFrame, { type: 'error' }>,
  playing: React.RefObject<Playing | undefined>,
  line: React.RefObject<Line | undefined>,
): void {
  if (!audioUrl) return;
  playing.current?.stop();
  const onDone = () => id !== undefined && line.current?.tell({ type: 'played', id });
  playing.current = play({ text, audioUrl, pace: TROUBLE_PACE, onProgress: () => {}, onDone });
}

import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import type { SpeakerEnd, SpeakerOffer, SpeakerState, SpokenAlong } from '../../calls/wire.ts';
import { playNotes } from '../sound/hold-music.ts';
import { type CallFrame, type CallPhone, createCallPhone, type Fault } from './callPhone.ts';
import { chime } from './chime.ts';
import type { Answer, ServerFrame } from './frames.ts';
import type { Line } from './line.ts';
import { type Playing, play } from './player.ts';
import type { Tell } from './talk.ts';

/** What the page shows of a call. */
export type Shown = SpeakerOffer | SpeakerState | undefined;

export interface CallParts {
  line: RefObject<Line | undefined>;
  playing: RefObject<Playing | undefined>;
  tell: Tell;
}

export interface Call {
  shown: Shown;
  /** The words that are being said along with the call. */
  words: string | undefined;
  /** There is no sound one way. */
  fault: Fault | undefined;
  hear(frame: ServerFrame): void;
  answer(): void;
  end(): void;
}

const DEFAULT_PACE = 190;
const QUIET_LOOK_MS = 60;

/** A call on this speaker: its telephone, what is said along with it, and what the page shows. */
export function useCall({ line, playing, tell }: CallParts): Call {
  const [shown, setShown] = useState<Shown>();
  const [words, setWords] = useState<string>();
  const [fault, setFault] = useState<Fault>();
  const phone = useRef<CallPhone>(undefined);

  useEffect(() => {
    const played = (call: string) => line.current?.tell({ type: 'played', id: `call:${call}` });
    const hushed = () => tell({ type: 'hushed' });
    const voice = createVoice(playing, { show: setWords, played, hushed });
    const made = createCallPhone({
      tell: (frame) => line.current?.tell(frame),
      say: voice.say,
      music: voice.music,
      onTrouble: (text) => tell({ type: 'trouble', text }),
      onFault: setFault,
    });
    phone.current = made;
    return () => {
      made.close();
      voice.close();
    };
  }, [line, playing, tell]);

  const hear = useCallback(
    (frame: ServerFrame) => {
      if (!isCall(frame)) return;
      phone.current?.hear(frame);
      if (frame.type === 'call.offer') setShown(frame);
      if (frame.type === 'call.caption') setWords(frame.text);
      if (frame.type === 'call.state') {
        setShown((before) =>
          before?.type === frame.type && before.call === frame.call ? { ...before, ...frame } : frame,
        );
      }
      if (frame.type !== 'call.end') return;
      setShown(undefined);
      setWords(undefined);
      if (frame.text) tell({ type: 'heard', frame: goingOn(frame, frame.text) });
    },
    [tell],
  );

  const call = shown?.call;
  const answer = useCallback(() => {
    if (call) line.current?.tell({ type: 'call.answer', call });
  }, [line, call]);
  const end = useCallback(() => {
    if (call) line.current?.tell({ type: 'call.end', call });
  }, [line, call]);
  return { shown, words, fault, hear, answer, end };
}

function isCall(frame: ServerFrame): frame is Extract<ServerFrame, CallFrame> {
  return frame.type === 'rtc' || frame.type.startsWith('call.');
}

/** After the call the dialogue goes on from what was done: its words are an answer like any other. */
const goingOn = (frame: SpeakerEnd, text: string): Answer => ({
  type: 'reply',
  id: `call:${frame.call}`,
  text,
  audioUrl: frame.audioUrl,
  listen: frame.listen ?? false,
  end: frame.end ?? false,
  pace: frame.pace ?? DEFAULT_PACE,
  choices: frame.choices,
  errand: frame.errand ?? null,
  phrase: frame.phrase ?? '',
  asking: frame.asking ?? 'nothing',
});

interface VoiceParts {
  show(words: string | undefined): void;
  played(call: string): void;
  /** The answer that was being said is of no use any more. */
  hushed(): void;
}

interface Voice {
  say(along: SpokenAlong, how?: { instead: boolean }): Promise<void>;
  music(on: boolean): void;
  close(): void;
}

/** Says one thing after the other, never over an answer, with the music low beneath. */
function createVoice(playing: RefObject<Playing | undefined>, { show, played, hushed }: VoiceParts): Voice {
  let last: Promise<void> = Promise.resolve();
  let current: { stop(): void } | undefined;
  let tune: { stop(): void } | undefined;
  let sound: AudioContext | undefined;
  let over = false;
  const context = () => {
    sound ??= new AudioContext();
    return sound;
  };
  /** Somebody is there: 「您稍等」 need not be said to its end. */
  const hush = () => {
    if (playing.current) hushed();
    playing.current?.stop();
    playing.current = undefined;
    current?.stop();
  };
  const speak = async (along: SpokenAlong & { chime?: boolean; call?: string }) => {
    const text = along.text;
    if (!text || over) return;
    await untilQuiet(playing, () => over);
    if (along.chime) chime(context());
    show(text);
    await new Promise<void>((resolve) => {
      const { audioUrl, pace = DEFAULT_PACE } = along;
      const onDone = () => resolve();
      const sounding = play({ text, audioUrl, pace, onProgress: () => undefined, onDone, toLastWord: true });
      current = {
        stop() {
          sounding.stop();
          resolve();
        },
      };
    });
    current = undefined;
    if (along.call) played(along.call);
  };
  return {
    say(along, { instead } = { instead: false }) {
      if (instead) hush();
      last = last.then(() => speak(along));
      return last;
    },
    music(on) {
      if (on) tune ??= playNotes(context(), context().destination, 0.06);
      else {
        tune?.stop();
        tune = undefined;
      }
    },
    close() {
      over = true;
      current?.stop();
      tune?.stop();
      void sound?.close();
    },
  };
}

/** Until the answer before it has been said. */
async function untilQuiet(playing: RefObject<Playing | undefined>, over: () => boolean): Promise<void> {
  while (playing.current && !over()) await new Promise((resolve) => setTimeout(resolve, QUIET_LOOK_MS));
}

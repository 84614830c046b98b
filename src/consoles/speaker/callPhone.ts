/**
 * The speaker's side of a call: connects while it is being said who is there, puts the microphone on the line only after
 * that, and changes from one clerk to the next without a gap. Knows no React.
 */
import type {
  AudioState,
  Ice,
  LegState,
  SpeakerCaption,
  SpeakerEnd,
  SpeakerLeg,
  SpeakerOffer,
  SpeakerState,
  SpokenAlong,
} from '../../calls/wire.ts';
import { createLeg, type LegParts } from '../sound/leg.ts';
import { createLoudspeaker, type Loudspeaker } from '../sound/loudspeaker.ts';
import { type CallMicrophone, openMicrophone } from '../sound/microphone.ts';
import { createSpareLeg, type SpareLeg } from '../sound/spare-leg.ts';
import { createSwitchboard } from '../sound/switchboard.ts';
import type { Telling } from './frames.ts';

export interface CallSignal {
  type: 'rtc';
  call: string;
  leg: string;
  description?: unknown;
  candidate?: unknown;
}

export type CallFrame = SpeakerOffer | SpeakerState | SpeakerEnd | SpeakerCaption | CallSignal | SpeakerLeg;

export interface CallPhoneParts {
  tell(frame: Telling): void;
  /** Says it to its end, after what is being said now; `instead`: what is being said now is of no use any more. */
  say(along: SpokenAlong, how?: { instead: boolean }): Promise<void>;
  /** Music while she waits, until told otherwise. */
  music(on: boolean): void;
  onTrouble(text: string): void;
  /** Which way there is no sound: `unheard` is hers, `deaf` the clerk's. */
  onFault(fault: Fault | undefined): void;
}

export type Fault = 'unheard' | 'deaf';

export interface CallPhone {
  hear(frame: CallFrame): void;
  close(): void;
}

const TALKS: ReadonlySet<string> = new Set(['connecting', 'talking', 'held', 'transferring']);

/** One for each page. Nothing of hers is sent before it was said who is there, and the microphone is closed with the call. */
export function createCallPhone(parts: CallPhoneParts): CallPhone {
  const board = createSwitchboard(
    ({ spare, ...leg }: LegParts & { spare?: SpareLeg }) => spare?.take(leg) ?? createLeg(leg),
  );
  const loudspeaker: Loudspeaker = createLoudspeaker();
  const announced = new Set<string>();
  let microphone: Promise<CallMicrophone | undefined> | undefined;
  let state: SpeakerState | undefined;
  let spare: SpareLeg | undefined;
  const faults = new Set<Fault>();

  const openMic = () => {
    microphone ??= openMicrophone().catch(() => {
      parts.onTrouble('浏览器没让用话筒，她听不见您。');
      return undefined;
    });
    return microphone;
  };

  const tellLeg = (call: string, leg: string, told: { state: LegState; audio?: AudioState }) =>
    parts.tell({ type: 'call.leg', call, leg, ...told });

  const open = ({ call, leg, ice, replaces }: SpeakerState) => {
    if (!leg || !ice || board.leg(leg)) return;
    tellLeg(call, leg, { state: 'checking' });
    board.open(leg, {
      spare,
      ice,
      offers: true,
      signal: (signal) => parts.tell({ type: 'rtc', call, leg, ...signal }),
      onState: (now) => {
        tellLeg(call, leg, { state: now });
        if (now === 'connected') drop(replaces);
      },
      onSound: (stream) => loudspeaker.play(leg, stream),
      onHealth: (audio) => {
        tellLeg(call, leg, { state: 'connected', audio });
        note('deaf', audio);
        if (audio === 'no_uplink') board.leg(leg)?.restart();
      },
    });
    spare = undefined;
  };

  /** It rings: the way is sought and the microphone opened, so that nothing is waited for when it is taken. Nothing is sent. */
  const prepare = (ice: Ice) => {
    spare ??= createSpareLeg(ice);
    void openMic();
  };

  const drop = (leg: string | undefined) => {
    if (!leg) return;
    board.close(leg);
    loudspeaker.stop(leg);
  };

  /** Who is there is said to the end; only then does the microphone go on the line. */
  const announce = async (frame: SpeakerState) => {
    const { call, leg } = frame;
    await parts.say(frame, { instead: true });
    if (!leg || state?.call !== call || !board.leg(leg)) return;
    const opened = await openMic();
    if (!opened || state?.call !== call) return opened?.stop();
    board.leg(leg)?.put(opened.track);
    announced.add(leg);
    tellLeg(call, leg, { state: 'announced' });
    watch();
  };

  const watch = () => {
    const { leg, state: now } = state ?? {};
    if (leg) board.leg(leg)?.watch(now === 'talking' && announced.has(leg));
  };

  const hearState = (frame: SpeakerState) => {
    const fresh = frame.leg !== undefined && frame.ice !== undefined && !board.leg(frame.leg);
    state = state?.call === frame.call ? { ...state, ...frame } : frame;
    if (frame.prepare) prepare(frame.prepare);
    else if (!TALKS.has(frame.state)) stop();
    parts.music(frame.music === true && frame.leg === undefined); // while held it comes over the line
    if (frame.renew) board.leg(frame.leg)?.restart(frame.renew);
    if (fresh) {
      open(frame);
      void openMic();
      void announce(frame);
    } else if (frame.text) void parts.say(frame);
    watch();
  };

  const note = (fault: Fault, audio: AudioState | undefined) => {
    if (audio === 'ok') faults.delete(fault);
    else faults.add(fault);
    parts.onFault([...faults][0]);
  };

  /** The clerk does not hear her: the microphone is opened anew, and the way sought anew where nothing arrives. */
  const hearLeg = ({ leg, audio, text, ssml, audioUrl, pace }: SpeakerLeg) => {
    if (!audio || leg !== state?.leg) return;
    note('unheard', audio);
    if (audio === 'ok') return;
    if (text) void parts.say({ text, ssml, audioUrl, pace });
    if (audio === 'no_uplink') board.leg(leg)?.restart();
    void renewMic(leg);
  };

  const renewMic = async (leg: string) => {
    if (!announced.has(leg)) return;
    const before = await microphone;
    before?.stop();
    microphone = undefined;
    const opened = await openMic();
    if (state?.leg !== leg) return opened?.stop(); // the call is over meanwhile
    if (opened) board.leg(leg)?.put(opened.track);
  };

  /** The microphone does not stay open a moment longer than the call. */
  const stop = () => {
    board.closeAll();
    spare?.close();
    spare = undefined;
    loudspeaker.stopAll();
    announced.clear();
    faults.clear();
    parts.onFault(undefined);
    void microphone?.then((opened) => opened?.stop());
    microphone = undefined;
  };

  const end = () => {
    state = undefined;
    parts.music(false);
    stop();
  };

  return {
    hear(frame) {
      if (frame.type === 'rtc') board.hear(frame.leg, frame);
      else if (frame.type === 'call.state') hearState(frame);
      else if (frame.type === 'call.end') end();
      else if (frame.type === 'call.leg') hearLeg(frame);
      else if (frame.type === 'call.offer' && frame.text) void parts.say(frame);
    },
    close: end,
  };
}

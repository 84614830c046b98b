/**
 * The telephone of a desk: opens the legs that the server names, puts the microphone on them when the resident has been
 * told who is there, music while she waits, and lets supervisors hear. Knows no React.
 */
import type { AudioState, CallFrame, InFrame, LegState, OutFrame } from '../../calls/wire.ts';
import { type Music, musicTrack } from '../sound/hold-music.ts';
import { createLeg } from '../sound/leg.ts';
import { createLoudspeaker } from '../sound/loudspeaker.ts';
import { type CallMicrophone, openMicrophone } from '../sound/microphone.ts';
import { createMixer, type Mixer } from '../sound/mixer.ts';
import { createSwitchboard } from '../sound/switchboard.ts';
import { createTap, type Tap, type Who } from '../sound/tap.ts';

export interface PhoneParts {
  tell(frame: InFrame): void;
  onLeg(state: LegState): void;
  onAudio(audio: AudioState): void;
  onMicrophone(state: 'closed' | 'open' | 'refused'): void;
  /** 16 kHz frames of both sides, where captions are wanted. */
  onSamples(who: Who, samples: Int16Array): void;
  /** Whether this clerk wants captions. */
  writesAlong(): boolean;
}

export interface Phone {
  /** Opens the microphone early: the browser may ask first. */
  prepare(): Promise<void>;
  hear(frame: OutFrame): void;
  /** Whether this page carries the call. */
  has(call: string): boolean;
  /** Begins or ends what depends on this clerk's own wish. */
  reconsider(): void;
  close(): void;
}

const TALKS: ReadonlySet<CallFrame['state']> = new Set(['connecting', 'talking', 'held', 'transferring']);

/** One for each page. Needs no microphone until a call comes; a browser that refuses it leaves the call standing, and she hears. */
export function createPhone(parts: PhoneParts): Phone {
  const board = createSwitchboard(createLeg);
  const loudspeaker = createLoudspeaker();
  let call: CallFrame | undefined;
  let microphone: CallMicrophone | undefined;
  let asking: Promise<void> | undefined;
  let music: Music | undefined;
  let mixer: Mixer | undefined;
  let far: MediaStream | undefined;
  let tap: Tap | undefined;

  const prepare = () => {
    asking ??= openMicrophone()
      .then((opened) => {
        microphone = opened;
        mixer?.microphone(opened.track);
        parts.onMicrophone('open');
        put();
      })
      .catch(() => {
        asking = undefined;
        parts.onMicrophone('refused');
      });
    return asking;
  };

  /** What goes to each leg, as the call stands now. */
  const put = () => {
    const leg = board.leg(call?.leg);
    if (!call || !leg) return;
    const held = call.state === 'held';
    music = held ? (music ?? musicTrack()) : stopMusic();
    leg.put(outgoing(call, held));
    leg.watch(!held && call.announced === true && call.role !== 'listen');
    loudspeaker.mute(call.leg ?? '', held && call.role === 'clerk');
    for (const one of call.legs ?? []) board.leg(one.leg)?.put(mixer?.toSupervisor ?? null);
    writeAlong(call);
  };

  /** While both speak, she has agreed and this clerk wants it; not while she is held. */
  const writeAlong = ({ captions, announced, state }: CallFrame) => {
    const [hers] = far?.getAudioTracks() ?? [];
    if (captions !== 'on' || !announced || !hers || !parts.writesAlong() || state === 'held') return stopTap();
    tap ??= createTap(parts.onSamples);
    tap.hear('resident', hers);
    if (microphone) tap.hear('clerk', microphone.track);
  };

  const stopTap = () => {
    tap?.close();
    tap = undefined;
  };

  const outgoing = (now: CallFrame, held: boolean): MediaStreamTrack | null => {
    if (now.role === 'listen') return null;
    const own = microphone?.track ?? null;
    if (now.role === 'coach' || now.role === 'barge') return own;
    if (held) return music?.track ?? null;
    if (!now.announced) return null; // nobody speaks before she has been told who
    return (now.legs ?? []).some(({ role }) => role === 'barge') ? (mixer?.toResident ?? own) : own;
  };

  const stopMusic = () => {
    music?.stop();
    return undefined;
  };

  const openOwn = (frame: CallFrame) => {
    const { leg, ice, replaces } = frame;
    if (!leg || !ice || board.leg(leg)) return;
    parts.tell({ type: 'leg', call: frame.call, leg, state: 'checking' });
    board.open(leg, {
      ice,
      offers: frame.role !== 'clerk' && frame.role !== 'transfer',
      signal: (signal) => parts.tell({ type: 'rtc', call: frame.call, leg, ...signal }),
      onState: (state) => {
        parts.tell({ type: 'leg', call: frame.call, leg, state });
        if (leg === call?.leg) parts.onLeg(state);
        if (state === 'connected') drop(replaces);
      },
      onSound: (stream) => {
        far = stream;
        loudspeaker.play(leg, stream);
        mixer?.resident(stream);
        put();
      },
      onHealth: (audio) => {
        parts.tell({ type: 'leg', call: frame.call, leg, state: 'connected', audio });
        parts.onAudio(audio);
      },
    });
  };

  const drop = (leg: string | undefined) => {
    if (!leg) return;
    board.close(leg);
    loudspeaker.stop(leg);
  };

  /** Supervisors offer; what they hear is mixed here, since her speaker holds one leg only. */
  const openSupervisors = (frame: CallFrame) => {
    for (const { leg, ice, role } of frame.legs ?? []) {
      mixer ??= mix();
      mixer.speaks(leg, role === 'barge');
      if (board.leg(leg)) continue;
      board.open(leg, {
        ice,
        offers: false,
        signal: (signal) => parts.tell({ type: 'rtc', call: frame.call, leg, ...signal }),
        onState: (state) => parts.tell({ type: 'leg', call: frame.call, leg, state }),
        onSound: (stream) => {
          loudspeaker.play(leg, stream);
          mixer?.supervisor(leg, stream);
        },
        onHealth: () => undefined,
      });
    }
  };

  const mix = () => {
    const made = createMixer();
    if (microphone) made.microphone(microphone.track);
    if (far) made.resident(far);
    return made;
  };

  const closeGone = (before: CallFrame | undefined, now: CallFrame) => {
    const kept = new Set((now.legs ?? []).map(({ leg }) => leg));
    for (const { leg } of before?.legs ?? []) if (!kept.has(leg)) drop(leg);
  };

  const hangUp = () => {
    stopTap();
    board.closeAll();
    loudspeaker.stopAll();
    mixer?.close();
    music = stopMusic();
    microphone?.stop();
    [call, microphone, asking, mixer, far] = [undefined, undefined, undefined, undefined, undefined];
    parts.onMicrophone('closed');
  };

  const hearCall = (frame: CallFrame) => {
    if (call && call.call !== frame.call && !TALKS.has(frame.state)) return;
    if (frame.elsewhere || !TALKS.has(frame.state)) return call ? hangUp() : undefined;
    if (!frame.leg && !call?.leg) return; // it is on another page of hers
    const before = call;
    const announced = frame.announced ?? (call?.leg === frame.leg && call?.announced);
    call = { ...call, ...frame, announced: announced || undefined, replaces: frame.replaces };
    if (frame.renew) board.leg(call.leg)?.restart(frame.renew);
    if (frame.role !== 'listen') void prepare();
    openOwn(call);
    openSupervisors(call);
    closeGone(before, call);
    if (microphone) mixer?.microphone(microphone.track);
    put();
  };

  /** The far end does not hear this one: the microphone may have been pulled out and put in again. */
  const renewMicrophone = () => {
    microphone?.stop();
    [microphone, asking] = [undefined, undefined];
    void prepare().then(() => call ?? hangUp()); // over meanwhile: it does not stay open
  };

  /** She has been told who is there: said by her speaker itself, and sooner here than the call as it stands. */
  const hearLeg = ({ leg, state, audio }: Extract<OutFrame, { type: 'leg' }>) => {
    if (!call || call.leg !== leg) return;
    if (audio && audio !== 'ok' && call.announced) renewMicrophone();
    if (state !== 'announced') return;
    call = { ...call, announced: true };
    put();
  };

  return {
    prepare,
    hear(frame) {
      if (frame.type === 'call') hearCall(frame);
      if (frame.type === 'rtc') board.hear(frame.leg, frame);
      if (frame.type === 'leg') hearLeg(frame);
    },
    reconsider: put,
    has: (id) => call?.call === id && board.leg(call.leg) !== undefined,
    close: hangUp,
  };
}

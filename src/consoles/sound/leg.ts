/**
 * One peer connection of a call. Its sound begins with nobody's track: what is sent is put on it later and exchanged
 * without renegotiation (announcement first, then the microphone; music while held).
 */
import type { AudioState, Ice, LegState } from '../../calls/wire.ts';
import { type Heard, watchSound } from './health.ts';
import type { Signal } from './switchboard.ts';

export interface LegParts {
  ice: Ice;
  /** Makes the offer; the other end gives way when both offer at once. */
  offers: boolean;
  signal(signal: Signal): void;
  onState(state: LegState): void;
  /** The far end's sound, once. */
  onSound(stream: MediaStream): void;
  onHealth(audio: AudioState): void;
}

export interface Leg {
  hear(signal: Signal): Promise<void>;
  /** What is sent from now on; `null`: nothing. */
  put(track: MediaStreamTrack | null): void;
  /** Finds the way anew, over fresh servers where they are given, while the sound goes on. */
  restart(ice?: Ice): void;
  /** Whether silence from the far end is a fault: not before it may speak, not while held. */
  watch(on: boolean): void;
  close(): void;
}

const LOOK_MS = 2_000;

const STATES: Partial<Record<RTCPeerConnectionState, LegState>> = {
  connecting: 'checking',
  connected: 'connected',
  disconnected: 'lost',
  failed: 'failed',
  closed: 'closed',
};

/** Opens the connection at once. The end that offers finds the way anew by itself when it is lost. */
export function createLeg(parts: LegParts): Leg {
  const connection = new RTCPeerConnection(parts.ice);
  const looks = watchFarEnd(connection, parts);
  let sending: MediaStreamTrack | null = null;
  let offering = false;
  let ignoring = false;

  connection.onicecandidate = ({ candidate }) => {
    if (candidate) parts.signal({ candidate: candidate.toJSON() });
  };
  connection.ontrack = ({ track }) => parts.onSound(new MediaStream([track]));
  connection.onconnectionstatechange = () => {
    const { connectionState } = connection;
    const state = STATES[connectionState];
    if (state) parts.onState(state);
    if (parts.offers && (connectionState === 'disconnected' || connectionState === 'failed')) restart();
  };

  const offer = async (options?: RTCOfferOptions) => {
    offering = true;
    try {
      await connection.setLocalDescription(await connection.createOffer(options));
      parts.signal({ description: connection.localDescription });
    } finally {
      offering = false;
    }
  };
  const restart = (ice?: Ice) => {
    if (ice) connection.setConfiguration(ice);
    if (connection.signalingState === 'stable') void offer({ iceRestart: true }).catch(() => undefined);
  };
  const isClosed = () => connection.connectionState === 'closed';
  const put = (track: MediaStreamTrack | null) => {
    sending = track;
    const sender = connection.getTransceivers()[0]?.sender;
    if (sender && sender.track !== track) void sender.replaceTrack(track).catch(() => undefined); // closed meanwhile
  };

  const describe = async (description: RTCSessionDescriptionInit) => {
    const both = description.type === 'offer' && (offering || connection.signalingState !== 'stable');
    ignoring = both && parts.offers;
    if (ignoring) return;
    await connection.setRemoteDescription(description);
    if (description.type !== 'offer') return;
    for (const one of connection.getTransceivers()) one.direction = 'sendrecv';
    put(sending);
    await connection.setLocalDescription();
    parts.signal({ description: connection.localDescription });
  };

  if (parts.offers) {
    connection.addTransceiver('audio', { direction: 'sendrecv' });
    void offer().catch(() => parts.onState('failed'));
  }
  return {
    async hear({ description, candidate }) {
      if (isClosed()) return;
      try {
        if (description) await describe(description as RTCSessionDescriptionInit);
        if (candidate) await connection.addIceCandidate(candidate as RTCIceCandidateInit);
      } catch (thrown) {
        if (!ignoring && !isClosed()) throw thrown;
      }
    },
    put,
    restart,
    watch: looks.watch,
    close() {
      looks.stop();
      connection.onconnectionstatechange = null;
      connection.close();
    },
  };
}

/** Looks every two seconds at what has arrived. */
function watchFarEnd(connection: RTCPeerConnection, { onHealth }: Pick<LegParts, 'onHealth'>) {
  let watched = watchSound();
  let on = false;
  const timer = setInterval(async () => {
    if (!on || connection.connectionState !== 'connected') return;
    const heard = heardIn(await connection.getStats());
    const audio = heard && on ? watched.look(heard) : undefined;
    if (audio) onHealth(audio);
  }, LOOK_MS);
  return {
    watch(wanted: boolean) {
      if (wanted !== on) watched = watchSound();
      on = wanted;
    },
    stop: () => clearInterval(timer),
  };
}

function heardIn(stats: RTCStatsReport): Heard | undefined {
  for (const one of stats.values()) {
    if (one.type === 'inbound-rtp' && one.kind === 'audio') {
      return { bytes: Number(one.bytesReceived ?? 0), energy: Number(one.totalAudioEnergy ?? 0) };
    }
  }
  return undefined;
}

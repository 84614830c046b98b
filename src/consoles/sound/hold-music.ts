/** A few soft notes over and over, made here: nothing to license, nothing above 800 Hz for old ears. */
const NOTES = [392, 440, 523.25, 587.33, 659.25, 587.33, 523.25, 440];
const BEAT = 0.62;
const AHEAD_S = 1.5;

export interface Music {
  track: MediaStreamTrack;
  stop(): void;
}

/** Music as a track to be sent. */
export function musicTrack(): Music {
  const context = new AudioContext();
  const out = context.createMediaStreamDestination();
  const player = playNotes(context, out);
  const [track] = out.stream.getAudioTracks();
  if (!track) throw new Error('a destination has one track');
  return {
    track,
    stop() {
      player.stop();
      track.stop();
      void context.close();
    },
  };
}

/** Plays the notes into `out` until stopped. */
export function playNotes(context: AudioContext, out: AudioNode, loudness = 0.22): { stop(): void } {
  const begun = context.currentTime + 0.05;
  let played = 0;
  const schedule = () => {
    while (begun + played * BEAT < context.currentTime + AHEAD_S) {
      note(context, out, { hertz: NOTES[played % NOTES.length] ?? 440, at: begun + played * BEAT, loudness });
      played += 1;
    }
  };
  schedule();
  const timer = setInterval(schedule, 500);
  return { stop: () => clearInterval(timer) };
}

interface Note {
  hertz: number;
  at: number;
  loudness: number;
}

function note(context: AudioContext, out: AudioNode, { hertz, at, loudness }: Note): void {
  const tone = new OscillatorNode(context, { type: 'triangle', frequency: hertz });
  const gain = new GainNode(context, { gain: 0 });
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(loudness, at + 0.06);
  gain.gain.exponentialRampToValueAtTime(0.004, at + BEAT * 1.6);
  tone.connect(gain).connect(out);
  tone.start(at);
  tone.stop(at + BEAT * 1.7);
}

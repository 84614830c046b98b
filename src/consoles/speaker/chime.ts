/** Two soft notes for 「有一条您的消息」: 660 and 880 Hz, where old ears still hear well (domain: 500 to 1500 Hz). */
export function chime(context: AudioContext): void {
  note(context, 660, 0);
  note(context, 880, 0.28);
}

function note(context: AudioContext, hertz: number, after: number): void {
  const at = context.currentTime + after;
  const tone = new OscillatorNode(context, { type: 'sine', frequency: hertz });
  const loudness = new GainNode(context, { gain: 0 });
  loudness.gain.linearRampToValueAtTime(0.28, at + 0.03);
  loudness.gain.setValueAtTime(0.28, at + 0.03);
  loudness.gain.exponentialRampToValueAtTime(0.001, at + 0.9);
  tone.connect(loudness).connect(context.destination);
  tone.start(at);
  tone.stop(at + 0.95);
}

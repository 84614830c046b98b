// Microphone to 16 kHz mono PCM16 in frames of 20 ms (320 samples). Runs on the audio thread; the context is already at 16 kHz.
const FRAME = 320;

class Capture extends AudioWorkletProcessor {
  constructor() {
    super();
    this.frame = new Int16Array(FRAME);
    this.filled = 0;
  }

  process([[channel]]) {
    if (!channel) return true;
    for (const sample of channel) {
      this.frame[this.filled++] = Math.max(-1, Math.min(1, sample)) * 32767;
      if (this.filled < FRAME) continue;
      this.port.postMessage(this.frame);
      this.frame = new Int16Array(FRAME);
      this.filled = 0;
    }
    return true;
  }
}

registerProcessor('capture', Capture);

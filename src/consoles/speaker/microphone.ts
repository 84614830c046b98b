import worklet from './capture.worklet.js?url';

export interface Recording {
  stop(): void;
}

/**
 * Opens the microphone and hands over 20 ms frames of 16 kHz PCM.
 * @throws DOMException when there is none or it is refused
 */
export async function record(onSamples: (samples: Int16Array) => void): Promise<Recording> {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true },
  });
  const context = new AudioContext({ sampleRate: 16_000 });
  let stopped = false;
  const stop = () => {
    stopped = true;
    for (const track of stream.getTracks()) track.stop();
    void context.close();
  };
  try {
    await context.audioWorklet.addModule(worklet);
  } catch (cause) {
    stop();
    throw cause;
  }
  const node = new AudioWorkletNode(context, 'capture', { numberOfOutputs: 0 });
  // What is still on its way from the audio thread is of no microphone any more.
  node.port.onmessage = ({ data }) => stopped || onSamples(data as Int16Array);
  context.createMediaStreamSource(stream).connect(node);
  return { stop };
}

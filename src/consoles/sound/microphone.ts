/** The microphone for a call: opened when a call is taken, closed with it. */
export interface CallMicrophone {
  track: MediaStreamTrack;
  stop(): void;
}

/** @throws DOMException when there is none or it is refused */
export async function openMicrophone(): Promise<CallMicrophone> {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  });
  const [track] = stream.getAudioTracks();
  if (!track) throw new DOMException('no audio track', 'NotFoundError');
  return { track, stop: () => track.stop() };
}

/** Lets the browser ask once, before anybody waits; a refusal shows when a call comes. */
export async function askForMicrophone(): Promise<void> {
  await openMicrophone().then(
    (opened) => opened.stop(),
    () => undefined,
  );
}

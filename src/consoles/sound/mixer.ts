/** Sound for more than two: a supervisor hears both sides; one who has come in is heard by the resident too. */
export interface Mixer {
  readonly toSupervisor: MediaStreamTrack | null;
  readonly toResident: MediaStreamTrack | null;
  microphone(track: MediaStreamTrack): void;
  resident(stream: MediaStream): void;
  supervisor(leg: string, stream: MediaStream): void;
  /** Whether what this supervisor says goes to the resident. */
  speaks(leg: string, toResident: boolean): void;
  close(): void;
}

/** For the clerk's page, which carries the call. Makes an audio context: `close()` it with the call. */
export function createMixer(): Mixer {
  const context = new AudioContext();
  const toSupervisor = context.createMediaStreamDestination();
  const toResident = context.createMediaStreamDestination();
  const sources = new Map<string, MediaStreamAudioSourceNode>();
  const speaking = new Set<string>();

  const connect = (name: string, stream: MediaStream, to: AudioNode[]) => {
    sources.get(name)?.disconnect();
    const source = context.createMediaStreamSource(stream);
    for (const node of to) source.connect(node);
    sources.set(name, source);
  };
  const route = (leg: string) => {
    const source = sources.get(`supervisor ${leg}`);
    source?.disconnect();
    if (speaking.has(leg)) source?.connect(toResident);
  };
  let own: MediaStreamTrack | undefined;
  return {
    toSupervisor: toSupervisor.stream.getAudioTracks()[0] ?? null,
    toResident: toResident.stream.getAudioTracks()[0] ?? null,
    microphone(track) {
      if (own === track) return;
      own = track;
      connect('microphone', new MediaStream([track]), [toSupervisor, toResident]);
    },
    resident: (stream) => connect('resident', stream, [toSupervisor]),
    supervisor(leg, stream) {
      connect(`supervisor ${leg}`, stream, []);
      route(leg);
    },
    speaks(leg, wanted) {
      if (wanted) speaking.add(leg);
      else speaking.delete(leg);
      route(leg);
    },
    close: () => void context.close(),
  };
}

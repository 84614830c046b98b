/** Sound of the far ends made audible. A remote track is silent, its energy zero, until an element plays it. */
export interface Loudspeaker {
  play(id: string, stream: MediaStream): void;
  mute(id: string, muted: boolean): void;
  stop(id: string): void;
  stopAll(): void;
}

/** Elements are hung into the page and taken out again; what the browser will not play stays silent without an error. */
export function createLoudspeaker(): Loudspeaker {
  const elements = new Map<string, HTMLAudioElement>();
  const stop = (id: string) => {
    const element = elements.get(id);
    elements.delete(id);
    if (!element) return;
    element.srcObject = null;
    element.remove();
  };
  return {
    play(id, stream) {
      stop(id);
      const element = document.createElement('audio');
      element.dataset.leg = id;
      element.autoplay = true;
      element.hidden = true;
      element.srcObject = stream;
      document.body.append(element); // in the page: a browser may collect one that is nowhere
      void element.play().catch(() => undefined);
      elements.set(id, element);
    },
    mute(id, muted) {
      const element = elements.get(id);
      if (element) element.muted = muted;
    },
    stop,
    stopAll() {
      for (const id of [...elements.keys()]) stop(id);
    },
  };
}

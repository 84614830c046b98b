/** A speaker as other items name it. */
export function speakerRef(speaker: { id: string | null; serial: string | null; device: string | null } | null) {
  if (!speaker?.id) return null;
  return { id: speaker.id, name: speaker.serial ?? '', deviceId: speaker.device ?? '' };
}

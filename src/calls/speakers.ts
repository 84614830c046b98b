/** Which speakers have come or gone, for the desks that look after them. Whoever says so may be wrong by now: the directory is asked. */
import type { Log } from '../log.ts';
import type { Presence } from '../store/presence.ts';
import type { SwitchboardBus } from './switchboard.ts';

export interface SpeakerNews {
  id: string;
  online: boolean;
  /** Whose desks it concerns. */
  stationId: string | null;
}

interface Parts {
  bus: Pick<SwitchboardBus, 'publish' | 'on'>;
  presence: Pick<Presence, 'where'>;
  /** The speakers of these devices that stand in a home. */
  known: (devices: string[]) => Promise<{ id: string; device: string; stationId: string | null }[]>;
  log: Log;
  /** Milliseconds in which comings and goings are gathered: a speaker that only changes its socket is no news. */
  gatherMs?: number;
}

const CHANNEL = 'calls:speakers';
/** After an instance ended, all of its homes come back at once. */
const MOST = 500;

export type SpeakersSeen = ReturnType<typeof createSpeakersSeen>;

/** For one instance; asks no directory while no desk listens here. */
export function createSpeakersSeen({ bus, presence, known, log, gatherMs = 700 }: Parts) {
  const hearing = new Set<(news: SpeakerNews) => void>();
  const moved = new Set<string>();
  const told = new Map<string, boolean>();
  let timer: NodeJS.Timeout | undefined;

  const stop = bus.on(CHANNEL, (message) => {
    const { device } = message as { device?: string };
    if (hearing.size === 0 || device === undefined || moved.size >= MOST) return;
    moved.add(device);
    timer ??= setTimeout(() => {
      timer = undefined;
      look().catch((thrown: unknown) => log.warn({ err: thrown }, 'the desks were not told which speakers are there'));
    }, gatherMs).unref();
  });

  async function look(): Promise<void> {
    const devices = [...moved];
    moved.clear();
    for (const { id, device, stationId } of await known(devices)) {
      const online = (await presence.where(device)) !== undefined;
      if (told.get(id) === online) continue;
      told.set(id, online);
      for (const hear of hearing) hear({ id, online, stationId });
    }
  }

  return {
    /** It has come or gone here. Without the bus nobody is told: the lists are read again anyway. */
    async moved(device: string): Promise<void> {
      await bus.publish(CHANNEL, { device }).catch(() => undefined);
    },
    /** @returns ends it */
    on(hear: (news: SpeakerNews) => void): () => void {
      hearing.add(hear);
      return () => {
        hearing.delete(hear);
        if (hearing.size === 0) told.clear();
      };
    },
    close(): void {
      stop();
      clearTimeout(timer);
    },
  };
}

/** Composition of live calls: the switchboard with what it speaks through, for the speakers' sockets and for the desks'. */
import { live } from './api/live/index.ts';
import { readWords } from './api/words.ts';
import { createBoard } from './calls/board.ts';
import { createBriefs } from './calls/brief.ts';
import { createChanges } from './calls/changes.ts';
import { createHomeLine } from './calls/home-line.ts';
import { createIce } from './calls/ice.ts';
import { createSpeakersSeen } from './calls/speakers.ts';
import { createSwitchboard } from './calls/switchboard.ts';
import { systemClock } from './clock.ts';
import type { Config } from './config.ts';
import type { Core } from './core.ts';
import { every } from './jobs/every.ts';
import type { Medium } from './platforms/platform.ts';
import { originIsOurs } from './platforms/speaker/origin.ts';
import type { SpeakerHooks } from './platforms/speaker/parts.ts';
import type { CallOutFrame } from './platforms/speaker/protocol.ts';
import type { Captions } from './speech/hearing/index.ts';
import { speakersOf } from './store/queries/board.ts';
import { conversationOf } from './turn.ts';

/** A list on a desk is at most this old. */
const LOOK_MS = 1_000;

/** What a call is spoken and heard with. */
export interface LiveSound {
  /** The markup in which the speakers' voice is told how to speak. */
  medium?: Medium;
  /** Absent: nothing is written along. */
  captions?: Captions;
}

/** Begins to look for changes at once; `close()` before the stores are closed. */
export function createLive(
  core: Core,
  config: Pick<Config, 'turn' | 'publicUrl'>,
  { medium = 'plain', captions }: LiveSound = {},
) {
  const { services, bus, presence, database, clock, log, speech, turn, recentTurns } = core;
  const { calls } = services;
  const now = () => clock.now();
  const conversation = (device: string) => conversationOf({ brand: 'speaker', device });
  const switchboard = createSwitchboard({
    calls,
    bus,
    turn,
    render: (says, her) => speech.render(says, her, medium),
    medium,
    briefFor: createBriefs({ calls, recentTurns, conversationOf: conversation, clock }),
    ice: createIce({ turn: config.turn, clock: systemClock }),
    hears: captions !== undefined,
    now,
    log,
  });
  const home = createHomeLine({ calls, switchboard, bus, presence });
  const board = createBoard({ database, clock, presence });
  const changes = createChanges({ database });
  const known = (devices: string[]) => speakersOf(database.db, devices);
  const speakers = createSpeakersSeen({ bus, presence, known, log });
  const stopLooking = every(LOOK_MS, changes.look, { name: 'changes for the desks', log });

  return {
    /** What happens at a speaker: it comes with its abilities, and speaks of its call. */
    hooks: {
      connected: async ({ deviceId }, caps) => {
        await speakers.moved(deviceId);
        return (await home.connected(deviceId, caps)) as CallOutFrame[];
      },
      disconnected: (deviceId) => speakers.moved(deviceId),
      call: (deviceId, frame) => home.receive(deviceId, frame),
    } satisfies SpeakerHooks,
    /** The desks' socket, within /api. */
    desks: (scope: Parameters<typeof live>[0]) =>
      live(scope, {
        ...{ calls, switchboard, board, changes, speakers, captions, bus, presence, now, database, services, log },
        words: readWords(),
        ours: ({ headers, host }) => originIsOurs(headers.origin, host, config.publicUrl),
      }),
    async close(): Promise<void> {
      await stopLooking();
      speakers.close();
      await switchboard.close();
    },
  };
}

export type Live = ReturnType<typeof createLive>;

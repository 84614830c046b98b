/** Stores that fail as they do in life, and come back. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { BuiltApp } from '../../support/app.ts';
import { atEnd } from '../../support/releasing.ts';

export interface Outage {
  begin(): Promise<void>;
  end(): Promise<void>;
}

/** The process stands still: it takes what is sent and answers nothing. */
export const redisFrozen = ({ redis }: BuiltApp): Outage => ({
  begin: async () => redis.freeze(),
  end: async () => {
    redis.thaw();
    for (let alive = false; !alive; ) {
      alive = await redis.redis.ping().then(
        () => true,
        () => false,
      );
      if (!alive) await pause(50);
    }
  },
});

/** PostgreSQL behind a pipe of our own, which can be cut or held shut. */
export interface Pipe {
  /** For `buildApp`. */
  through(databaseUrl: string): Promise<string>;
  /** Every connection breaks and there is no door to knock at. */
  cut: Outage;
  /** Connections stand and new ones are taken, but nothing passes. */
  held: Outage;
}

const SOCKET = '.s.PGSQL.5432';

export function createPipe(): Pipe {
  const ends = new Set<Socket>();
  let folder = '';
  let server: Server | undefined;
  let target = '';
  let shut = false;

  function connected(near: Socket): void {
    const far = createConnection(target);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.add(from);
      from.on('data', (bytes) => !shut && to.write(bytes));
      from.on('error', () => undefined);
      from.on('close', () => {
        ends.delete(from);
        to.destroy();
      });
    }
  }

  const open = () =>
    new Promise<void>((listening) => {
      server = createServer(connected).listen(join(folder, SOCKET), listening);
    });
  const close = async () => {
    server?.close();
    for (const end of ends) end.destroy();
  };

  return {
    async through(databaseUrl) {
      const url = new URL(databaseUrl);
      target = join(url.searchParams.get('host') ?? '', SOCKET);
      folder = await mkdtemp(join(tmpdir(), 'jialiban-pipe-'));
      await open();
      atEnd(() => rm(folder, { recursive: true, force: true }));
      atEnd(close);
      url.searchParams.set('host', folder);
      return url.href;
    },
    cut: { begin: close, end: open },
    held: {
      begin: async () => {
        shut = true;
      },
      // What was swallowed is lost: those connections are of no more use.
      end: async () => {
        shut = false;
        for (const end of ends) end.destroy();
      },
    },
  };
}

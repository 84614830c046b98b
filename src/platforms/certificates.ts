import type { KeyObject } from 'node:crypto';
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Clock } from '../clock.ts';
import { type ChainProfile, type CheckedChain, checkChain, createRoots, inDate } from './chain.ts';
import { NotVerified } from './delivery.ts';
import { createDownload, type Download } from './download.ts';

const KEPT = 64;
/** A chain that failed is not asked for again at once: a forger may not make us knock at the vendor's door. */
const REFUSAL_KEPT_MS = 60_000;
/** Where the network was at fault it may be better soon. */
const MISS_KEPT_MS = 10_000;
const FETCHES_AT_ONCE = 4;
const PLAIN_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

export interface CertificatesOptions {
  /** The real clock: a demonstration's clock has no say in certificates. */
  clock: Clock;
  /** Chains laid down beforehand, by the file name of their address (networks without egress). Still fully checked. */
  directory?: string;
  /** Where fetched chains are kept over a restart. */
  cacheDirectory?: string;
  /** PEM text of trust roots beside Node's own. */
  extraRoots?: string;
  /** How a chain is fetched; by default HTTPS with a deadline, a size limit and no redirects. */
  download?: Download;
}

export interface Certificates {
  /** The public key of the checked leaf at an address that has passed the brand's rules. @throws NotVerified */
  key(url: URL, profile: ChainProfile): Promise<KeyObject>;
}

/** Vendor certificates: fetched once for any number of requests, checked once, dates looked at every time. */
export function createCertificates(options: CertificatesOptions): Certificates {
  const { clock, download = createDownload() } = options;
  const roots = createRoots(options.extraRoots);
  const checked = new Map<string, CheckedChain>();
  const failed = new Map<string, { until: number; reason: string }>();
  const pending = new Map<string, Promise<CheckedChain>>();
  const now = () => clock.now().getTime();

  async function find(url: URL, profile: ChainProfile): Promise<CheckedChain> {
    const kept = await keptChain(url, options);
    const usable = kept && attempt(() => checkChain(kept, profile, roots, now()));
    if (usable) return usable;
    const pem = (await download(url)).toString('latin1');
    const chain = checkChain(pem, profile, roots, now());
    await keep(url, pem, options.cacheDirectory);
    return chain;
  }

  function findOnce(id: string, url: URL, profile: ChainProfile): Promise<CheckedChain> {
    const running = pending.get(id);
    if (running) return running;
    if (pending.size >= FETCHES_AT_ONCE) throw new NotVerified('too many certificate fetches');
    const work = find(url, profile)
      .then((chain) => remember(checked, id, chain))
      .catch((thrown: unknown) => {
        const failure = failureOf(thrown, now());
        remember(failed, id, failure);
        throw new NotVerified(failure.reason, 400, { cause: thrown });
      })
      .finally(() => pending.delete(id));
    pending.set(id, work);
    return work;
  }

  return {
    async key(url, profile) {
      const id = `${profile.name} ${url.href}`;
      const known = checked.get(id);
      if (known && inDate(known, now())) return known.key;
      checked.delete(id);
      const failure = failed.get(id);
      if (failure && failure.until > now()) throw new NotVerified(failure.reason);
      return (await findOnce(id, url, profile)).key;
    },
  };
}

function failureOf(thrown: unknown, now: number): { reason: string; until: number } {
  if (thrown instanceof NotVerified) return { reason: thrown.reason, until: now + REFUSAL_KEPT_MS };
  return { reason: 'certificate not to be had', until: now + MISS_KEPT_MS };
}

async function keptChain(url: URL, options: CertificatesOptions): Promise<string | undefined> {
  const name = basename(url.pathname);
  const laidDown = options.directory && PLAIN_NAME.test(name) ? await read(join(options.directory, name)) : undefined;
  return laidDown ?? (options.cacheDirectory ? read(cacheFile(options.cacheDirectory, url)) : undefined);
}

async function read(file: string): Promise<string | undefined> {
  return readFile(file, 'latin1').catch(() => undefined);
}

// Whole or not at all: another process may read while we write. A disk that refuses costs a fetch next time, no more.
async function keep(url: URL, pem: string, directory: string | undefined): Promise<void> {
  if (!directory) return;
  const file = cacheFile(directory, url);
  const draft = `${file}.${randomUUID()}`;
  await mkdir(directory, { recursive: true, mode: 0o700 })
    .then(() => writeFile(draft, pem, { mode: 0o600 }))
    .then(() => rename(draft, file))
    .catch(() => undefined);
}

function cacheFile(directory: string, url: URL): string {
  return join(directory, `${createHash('sha256').update(url.href).digest('hex')}.pem`);
}

function remember<T>(map: Map<string, T>, id: string, value: T): T {
  map.set(id, value);
  const [oldest] = map.keys();
  if (map.size > KEPT && oldest !== undefined) map.delete(oldest);
  return value;
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/** nlp.js, taught the sentences of our own test sheets: installed into a folder of this run, left out where it cannot be had. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const PACKAGES = ['@nlpjs/basic@4.27.0', '@nlpjs/lang-zh@4.26.1'];
const INSTALL_MS = 120_000;

interface Nlp {
  settings: { autoSave: boolean; log: boolean };
  addLanguage(locale: string): void;
  addDocument(locale: string, text: string, intent: string): void;
  train(): Promise<void>;
  process(locale: string, text: string): Promise<{ intent: string }>;
}

interface Container {
  use(plugin: unknown): void;
  get(name: 'nlp'): Nlp;
}

export interface Peer {
  /** The intent of a sentence. */
  intentOf(text: string): Promise<string>;
  close(): void;
}

async function installed(folder: string): Promise<Nlp> {
  await promisify(execFile)('npm', ['install', '--no-audit', '--no-fund', '--prefix', folder, ...PACKAGES], {
    timeout: INSTALL_MS,
  });
  const load = createRequire(join(folder, 'peer.cjs'));
  const core = load('@nlpjs/core') as { containerBootstrap(): Promise<Container> };
  const container = await core.containerBootstrap();
  container.use((load('@nlpjs/nlp') as { Nlp: unknown }).Nlp);
  container.use((load('@nlpjs/lang-zh') as { LangZh: unknown }).LangZh);
  return container.get('nlp');
}

/** Teaches it; undefined, with a word on stderr, where it cannot be installed. */
export async function nlpjs(taught: readonly { text: string; intent: string }[]): Promise<Peer | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-nlpjs-'));
  const close = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const nlp = await installed(folder);
    Object.assign(nlp.settings, { autoSave: false, log: false });
    nlp.addLanguage('zh');
    for (const { text, intent } of taught) nlp.addDocument('zh', text, intent);
    await nlp.train();
    return { intentOf: async (text) => (await nlp.process('zh', text)).intent, close };
  } catch (cause) {
    close();
    process.stderr.write(`nlp.js is left out: ${cause instanceof Error ? cause.message.split('\n')[0] : 'unknown'}\n`);
    return undefined;
  }
}

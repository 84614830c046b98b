import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readWav, type Sound } from './wav.ts';

/** Where the program may lie. It gets this and nothing else of our environment: no key of ours is any business of it. */
const PATH = '/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin:/opt/local/bin';

export interface EspeakOptions {
  program?: string;
  path?: string;
  /** Milliseconds after which a run is ended. A long sentence takes about a tenth of a second. */
  deadlineMs?: number;
}

export interface EspeakVoice {
  /** `cmn-latn-pinyin` or `en-us`. */
  name: string;
  /** Its own words a minute, 80 to 450. */
  speed: number;
}

/** espeak-ng as a separate program (it is GPL: never linked), one run a sentence. */
export function createEspeak({ program = 'espeak-ng', path = PATH, deadlineMs = 4000 }: EspeakOptions = {}) {
  const run = (args: string[], input: string) => runToEnd({ program, args, input, path, deadlineMs });

  return {
    /** Its version, or undefined when it is not there. */
    async version(): Promise<string | undefined> {
      const { code, output } = await run(['--version'], '');
      return code === 0 ? /(\d+\.\d+\S*)/.exec(output)?.[1] : undefined;
    },

    /** Sound of one sentence; undefined when the program is absent, fails or is too slow. `-w` to a file: on its output the sizes are wrong. */
    async say(words: string, { name, speed }: EspeakVoice): Promise<Sound | undefined> {
      const folder = await mkdtemp(join(tmpdir(), 'jialiban-voice-'));
      try {
        const file = join(folder, 'said.wav');
        const { code } = await run(['-v', name, '-s', String(speed), '-w', file, '--stdin'], words);
        return code === 0 ? readWav(await readFile(file)) : undefined;
      } catch {
        return undefined; // nothing was written: the answer stays text
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

interface Run {
  program: string;
  args: string[];
  input: string;
  path: string;
  deadlineMs: number;
}

function runToEnd({ program, args, input, path, deadlineMs }: Run): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      env: { PATH: path, LANG: 'C.UTF-8' },
      stdio: ['pipe', 'pipe', 'ignore'],
      timeout: deadlineMs,
      killSignal: 'SIGKILL',
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString('utf8')).slice(-1000);
    });
    child.stdin.on('error', () => undefined); // it left before reading: the exit code says the rest
    child.on('error', () => resolve({ code: 127, output: '' }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
    child.stdin.end(input);
  });
}

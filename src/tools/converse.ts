/** npm run converse -- [--home WORD]: play the resident in the terminal, against the server that runs on this data directory. */
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { hourAt, letPass } from './converse/clock.ts';
import { type Community, describe, type Home, homesLike, readCommunity } from './converse/homes.ts';
import { recordsOf } from './converse/records.ts';
import { createSupervisor, type Supervisor } from './converse/supervisor.ts';
import { type Answer, connectSpeaker, type SpeakerClient } from './speaker-client.ts';

const HELP = `npm run converse -- [--home WORD]     WORD: a speaker's id, or anything that :homes shows
  (an empty line)   she says nothing
  :wake             she calls the speaker
  :bargein          she speaks into its words
  :drop             the line breaks, and comes back
  :home [WORD]      who lives here; or move to another home
  :homes [WORD]     the homes to choose from
  :clock [1d]       the hour; or let 30m, 3h, 1d pass, or until 2026-11-26T18:00 (server with DEMO_CLOCK)
  :records          what stands in the database for this home
  :ready            what the server said of this speaker
  :quit             hang up`;

const config = readConfig();
const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

interface Talk {
  community: Community;
  home: Home;
  speaker: SpeakerClient;
  supervisor: Supervisor;
}

async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { home: text, device: text, help: { type: 'boolean' } } });
  if (values.help) return say(HELP);
  const community = readCommunity(config.dataDir);
  const talk = await enter(community, oneHome(community, values.home ?? values.device ?? ''));
  say(HELP);
  tell(await talk.speaker.wake());
  await converse(talk);
  talk.speaker.close();
}

async function enter(community: Community, home: Home): Promise<Talk> {
  say(describe(home));
  return { community, home, speaker: await connected(community, home), supervisor: createSupervisor(community) };
}

async function connected({ baseUrl }: Community, { deviceId, token }: Home): Promise<SpeakerClient> {
  const speaker = connectSpeaker({
    url: `${baseUrl.replace(/^http/, 'ws')}/speaker`,
    credentials: { deviceId, token },
    heard: (frame) => {
      if (frame.type === 'notice') say(`  ♪ ${frame.kind}`);
    },
  });
  await speaker.ready;
  return speaker;
}

function oneHome(community: Community, wanted: string): Home {
  const [home] = homesLike(community, wanted);
  if (!home) throw new Error(`There is no home like ${wanted}.`);
  return home;
}

function tell(answer: Answer): void {
  if (answer.type === 'error') {
    say(`  ! ${answer.code} ${answer.text}`);
    return;
  }
  say(`  ${answer.text || '(silent)'}`);
  for (const choice of answer.choices ?? []) say(`     ${choice.n}. ${choice.text}`);
  const ear = answer.listen ? 'listens' : 'closed';
  say(`     [${[answer.phrase, answer.asking, answer.errand ?? '-', ear, `${answer.pace}/min`].join(' · ')}]`);
}

/** Whatever is not one of these she says aloud. */
const COMMANDS: Record<string, (talk: Talk, word: string) => Promise<void> | void> = {
  '': async ({ speaker }) => tell(await speaker.silence()),
  ':wake': async ({ speaker }) => tell(await speaker.wake()),
  ':bargein': async ({ speaker }) => tell(await speaker.bargein()),
  ':drop': async (talk) => {
    talk.speaker.close();
    talk.speaker = await connected(talk.community, talk.home);
    say(JSON.stringify(await talk.speaker.ready));
  },
  ':home': async (talk, word) => {
    if (!word) return say(describe(talk.home));
    const next = await enter(talk.community, oneHome(talk.community, word));
    talk.speaker.close();
    Object.assign(talk, next);
    tell(await talk.speaker.wake());
  },
  ':homes': ({ community }, word) => say(homesLike(community, word).map(describe).join('\n')),
  ':clock': async ({ community }, word) =>
    say((word ? await letPass(word, community.baseUrl, config.dataDir) : await hourAt(community.baseUrl)).now),
  ':records': async ({ supervisor, home }) => {
    const lines = await recordsOf(supervisor, home);
    say(lines.map((line) => `  ${line}`).join('\n') || '  (nothing)');
  },
  ':ready': async ({ speaker }) => say(JSON.stringify(await speaker.ready)),
  ':help': () => say(HELP),
};

async function converse(talk: Talk): Promise<void> {
  const lines = createInterface({ input: process.stdin, output: process.stdout, prompt: '> ' });
  lines.prompt();
  for await (const line of lines) {
    const [word = '', ...rest] = line.trim().split(/\s+/);
    if (word === ':quit') return;
    const command = COMMANDS[word] ?? (async () => tell(await talk.speaker.say(line.trim())));
    await Promise.resolve(command(talk, rest.join(' '))).catch((error: Error) => say(`  ! ${error.message}`));
    lines.prompt();
  }
}

main().then(
  () => process.exit(0),
  (error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  },
);

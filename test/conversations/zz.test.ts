import { parse } from 'yaml';
import { test } from 'vitest';
import { freshDatabase } from '../support/postgres.ts';
import { atSpeaker, openStage } from './stage.ts';
test('zz', async () => {
  const stage = await openStage(await freshDatabase());
  for (const talk of JSON.parse(process.env.ZZ ?? '[]')) {
    const home = await stage.home(parse(talk[0]));
    const speaker = atSpeaker(stage, home.device, (process.env.ZZ_LOCALE ?? "zh-CN") as any);
    for (const text of talk.slice(1)) {
      const now: any = await speaker(text === '' ? { kind: 'silence' } as any : { kind: 'words', text });
      console.log(`> ${text}\n  ${now.reply.text}\n  [${now.phrases.join(' + ')} · ${now.reply.asking ?? 'nothing'} · ${now.reply.errand ?? ''}]`);
    }
    console.log('----');
  }
}, 600_000);

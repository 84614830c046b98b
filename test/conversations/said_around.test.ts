import { beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase } from '../support/postgres.ts';
import { type Conversation, conversations } from './file.ts';
import { happeningOf } from './play.ts';
import { atSpeaker, openStage, type Stage } from './stage.ts';
import { changedIn, standing } from './standing.ts';

/** Whatever she says: with this around it the same is heard, and the same comes of it. */
const AROUND = {
  'calls whom she speaks to': '闺女啊，{said}',
  'looks for words': '嗯……那个，{said}',
  'thinks aloud': '哎哟我想想啊，{said}',
  'asks whether it was heard': '{said}，听见了吗',
  'thanks beforehand': '{said}，谢谢你啊',
  'says it twice': '{said}，{said}',
};
/** Every sentence of the conversations with `npm run test:questions`; else one of many. */
const EVERY = process.env.QUESTIONS === 'all' ? 1 : 90;
/** What is longer, or a question already, nobody says so. */
const LONGEST = 16;
const ASKS = /[？?]/u;
/** With thanks in it, it is another sentence. */
const OF_THANKS = new Set(['conversation.welcome', 'conversation.goodbye']);

interface Said {
  file: Conversation;
  at: number;
  words: string;
}

function sentences(): Said[] {
  return conversations()
    .filter(({ locale = 'zh-CN', steps }) => locale === 'zh-CN' && !steps.some((one) => one.minutes || one.elsewhere))
    .flatMap((file) => file.steps.flatMap((step, at) => (step.say ? [{ file, at, words: step.say }] : [])))
    .filter(({ words }) => words.length <= LONGEST && !ASKS.test(words))
    .filter((_, n) => n % EVERY === 0);
}

let stage: Stage;
beforeAll(async () => {
  stage = await openStage(await freshDatabase());
});

/** The conversation up to here, then this sentence: what was heard of it last, and the tables that it changed. */
async function cameOf({ file, at }: Said, text: string) {
  const home = await stage.home(file.home);
  const speaker = atSpeaker(stage, home.device, 'zh-CN');
  for (const step of file.steps.slice(0, at)) {
    const happening = happeningOf(step);
    if (happening) await speaker(happening);
  }
  const before = await standing(stage.database.db, home.residents);
  const { phrases, reply } = await speaker({ kind: 'words', text });
  return { phrases, text: reply.text, changed: changedIn(before, await standing(stage.database.db, home.residents)) };
}

describe('who says more around it is understood as without', () => {
  for (const said of sentences())
    test(`${said.file.name}: ${said.words}`, async () => {
      const plain = await cameOf(said, said.words);
      const last = plain.phrases.at(-1) ?? 'silence';
      for (const [who, around] of OF_THANKS.has(last) ? [] : Object.entries(AROUND)) {
        const words = around.replaceAll('{said}', said.words.replace(/[。，！]$/u, ''));
        const now = await cameOf(said, words);
        expect(now.phrases.length > 0 ? now.phrases : ['silence'], `${who}: ${words}: ${now.text}`).toContain(last);
        expect(now.changed, `${who}: ${words}: ${now.text}`).toEqual(plain.changed);
      }
    });
});

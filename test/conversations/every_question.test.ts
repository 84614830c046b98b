import { beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase } from '../support/postgres.ts';
import { conversations } from './file.ts';
import { atSpeaker, openStage, type Stage } from './stage.ts';
import { standing } from './standing.ts';

/** Whatever we ask her, these are no answer to it: none of them writes anything, and none is met with 「没听清」. */
const NO_ANSWERS = {
  'declines the whole': '算了，这个不弄了',
  'puts it off': '明儿个再说吧，孩子来了',
  'wants to think': '等会儿，我想想啊',
  'has not followed': '你说的是嘛呀，我没听明白',
  'asks something in between': '你们几点下班呀',
  'says a bare no': '不',
  'wants something else first': '先别问这个，我想问问老年证怎么办',
  'is sad': '唉，老伴走了以后没人管我',
  sighs: '哎哟，这岁数大了，嘛也记不住',
  'is called away': '等等，有人敲门，我去看看',
};
/** Every question with `npm run test:questions`; else every sixth, each with another of them. */
const all = process.env.QUESTIONS === 'all';
const EVERY = 6;
const LEAST = 120;
/** A mark that was given is followed up by a person when its reason is not told. */
const FOLLOWED = new Set(['rate.reason']);
/** A no is an answer there. */
const NO_IS_AN_ANSWER = new Set(['apply.howMaterials', 'apply.promise', 'apply.promiseMeans']);
/** Who is meant is asked again until a name is said. */
const BY_NAME = new Set(['conversation.lifeWho', 'identity.who', 'identity.whoAgain']);
const UNHEARD = /^conversation\.(?:notHeard|noAnswer|askCaller)/;

interface Asked {
  question: string;
  says: string[];
  home: ReturnType<typeof conversations>[number]['home'];
}

/** The shortest way to each question that the conversations reach by talking alone. */
function questionsReached(): Asked[] {
  const found = new Map<string, Asked>();
  for (const { home, steps, locale = 'zh-CN' } of conversations()) {
    const says: string[] = [];
    for (const { say, minutes, elsewhere, hears, asks } of locale === 'zh-CN' ? steps : []) {
      if (!say || minutes || elsewhere) break;
      says.push(say);
      const question = [hears ?? []].flat().at(-1);
      const known = question && found.get(question);
      if (question && asks !== 'nothing' && (!known || known.says.length > says.length))
        found.set(question, { question, says: [...says], home });
    }
  }
  return [...found.values()].sort((one, other) => one.question.localeCompare(other.question));
}

let stage: Stage;
beforeAll(async () => {
  stage = await openStage(await freshDatabase());
});

async function isNoAnswer({ question, says, home: wish }: Asked, said: string): Promise<void> {
  const home = await stage.home(wish);
  const speaker = atSpeaker(stage, home.device, 'zh-CN');
  let asked: Awaited<ReturnType<typeof speaker>> | undefined;
  for (const text of says) asked = await speaker({ kind: 'words', text });
  // What is only told there waits for nothing.
  if (!asked?.phrases.includes(question) || (asked.reply.asking ?? 'nothing') === 'nothing') return;
  if (said === '不' && NO_IS_AN_ANSWER.has(question)) return;
  const before = await standing(stage.database.db, home.residents);
  const now = await speaker({ kind: 'words', text: said });
  if (!FOLLOWED.has(question))
    expect(await standing(stage.database.db, home.residents), now.reply.text).toEqual(before);
  if (!BY_NAME.has(question))
    expect(
      now.phrases.filter((one) => UNHEARD.test(one)),
      now.reply.text,
    ).toEqual([]);
}

const reached = questionsReached();
test('the conversations reach nearly all that is asked', () => {
  expect(reached.length).toBeGreaterThan(LEAST);
});

for (const [kind, [what, said]] of Object.entries(NO_ANSWERS).entries()) {
  describe(`who ${what} writes nothing and is understood`, () => {
    for (const [at, one] of reached.entries())
      if (all || (at + kind) % EVERY === 0) test(one.question, () => isNoAnswer(one, said));
  });
}

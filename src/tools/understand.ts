/** `npm run understand`: one JSON object a line in, one a line out, in order; `-- "一句话"` explains one sentence. Stdout is JSON only. */
import { createInterface } from 'node:readline';
import { createUnderstanding } from '../understanding/index.ts';
import { ASKINGS, type Asking, type Expecting, type Heard } from '../understanding/meaning.ts';

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function record(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

function expectingOf(value: unknown): Expecting | undefined {
  const given = record(value);
  if (!given) return undefined;
  const booking = record(given.booking);
  const asking = text(given.asking);
  return {
    errand: text(given.errand),
    asking: ASKINGS.includes(asking as Asking) ? (asking as Asking) : undefined,
    item: text(given.item),
    offer: text(given.offer),
    value: text(given.value),
    options: Array.isArray(given.options) ? given.options.filter((o): o is string => typeof o === 'string') : undefined,
    booking: booking ? { date: text(booking.date) ?? '', time: text(booking.time) ?? '' } : undefined,
  };
}

/** One line as what was heard. @throws Error saying what is wrong with the line */
function heardFrom(line: string): Heard {
  const given = record(JSON.parse(line));
  const said = given && text(given.text);
  if (!given || said === undefined) throw new Error('a line is a JSON object with a text');
  const now = given.now === undefined ? new Date() : new Date(text(given.now) ?? Number.NaN);
  if (Number.isNaN(now.getTime())) throw new Error('now is not a time');
  return {
    text: said,
    now,
    locale: given.locale === 'en-US' ? 'en-US' : 'zh-CN',
    expecting: expectingOf(given.expecting),
  };
}

async function lines(): Promise<void> {
  const { read } = createUnderstanding();
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    let answer: unknown;
    try {
      answer = read(heardFrom(line));
    } catch (cause) {
      answer = {
        error: cause instanceof SyntaxError ? 'not JSON' : cause instanceof Error ? cause.message : 'unreadable',
      };
    }
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
}

const sentence = process.argv
  .slice(2)
  .filter((word) => word !== '--')
  .join(' ');
if (sentence) {
  const { explain } = createUnderstanding();
  const locale = /[\u4e00-\u9fff]/.test(sentence) ? 'zh-CN' : 'en-US';
  process.stdout.write(`${JSON.stringify(explain({ text: sentence, now: new Date(), locale }), null, 2)}\n`);
} else await lines();

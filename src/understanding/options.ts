/** A choice named by its words instead of its number. */

const PUNCTUATION = /[\s\p{P}\p{S}]/gu;
/** She may say a few words around it (我要…的, 那就…吧). */
const AROUND = 5;
/** So much of it stays, whatever stands around it: 够了 is not 够. */
const LEAST = 2;

/** Words that frame a choice and say nothing of it: `opens` before it, `closes` behind it. */
export interface ChoiceFrame {
  opens: readonly string[];
  closes: readonly string[];
}

const bare = (text: string): string => text.replace(PUNCTUATION, '').toLowerCase();
const bareWords = (words: readonly string[]): string[] => words.map(bare).sort((a, b) => b.length - a.length);

/** Prepares the words around a choice. */
export function choiceFrame(opens: readonly string[], closes: readonly string[]): ChoiceFrame {
  return { opens: bareWords(opens), closes: bareWords(closes) };
}

/** What is left of it without the words around it: 我要看病那个吧 → 看病. */
function core(text: string, { opens, closes }: ChoiceFrame): string {
  const open = opens.find((word) => text.startsWith(word) && text.length >= word.length + LEAST);
  if (open !== undefined) return core(text.slice(open.length), { opens, closes });
  const close = closes.find((word) => text.endsWith(word) && text.length >= word.length + LEAST);
  return close === undefined ? text : core(text.slice(0, -close.length), { opens, closes });
}

/** The number, from 1, of the only option whose words she says, or of which she says a part; undefined when none or several fit. */
export function optionSaid(text: string, options: readonly string[], frame: ChoiceFrame): number | undefined {
  const whole = bare(text);
  const said = core(whole, frame);
  if (said.length < LEAST) return undefined;
  const fits = options.map(bare).map((option) => {
    if (option.length < LEAST) return false;
    if (option.includes(whole) || option.includes(said)) return true;
    const inner = core(option, frame);
    return inner.length >= LEAST && whole.includes(inner) && whole.length <= inner.length + AROUND;
  });
  const first = fits.indexOf(true);
  return first >= 0 && fits.lastIndexOf(true) === first ? first + 1 : undefined;
}

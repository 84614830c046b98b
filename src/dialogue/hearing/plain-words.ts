/** Words as they are compared: small letters, no punctuation; spaces stay where letters are, and fall between Han characters. And her sentence in clauses. Pure. */

/** Her sentence as the words and patterns of `intents/` are held against it. */
export const bare = (text: string): string =>
  opened(text.normalize('NFKC').toLowerCase())
    .replace(/[\p{P}\s]+/gu, (gap) => (/\s/.test(gap) && /[a-z]/i.test(text) ? ' ' : ''))
    .trim();

/** Her sentence cut where commas and stops cut it; the stop of `Mrs.` ends nothing. */
export const clausesOf = (text: string): string[] =>
  cut(text, /[，,。；;、]|(?<!\b(?:mr|mrs|ms|dr))\.(?=\s|$)|(?<=[a-z])[?!](?=\s)/iu);

/** Cut at every mark there is: a word of agreeing stands by itself between any two. `that's` and `Mrs. Tan` are whole. */
export const piecesOf = (text: string): string[] =>
  cut(text, /(?:(?!(?<=[a-z])['’-][a-z])(?!(?<=\b(?:mr|mrs|ms|dr))\.)\p{P})+/iu);

/** The clauses of a sentence, each with its mark. */
export const markedClauses = (text: string): string[] =>
  text.split(/(?<=[，,。；;、？?！!]|…(?!…))/u).filter((one) => one.trim());

/** How long a sentence is: a Han character counts as three letters. */
export const lengthOf = (text: string): number => [...text].reduce((sum, char) => sum + (char > '\u2e7f' ? 3 : 1), 0);

/** How much it says, in Han characters. */
export const breadthOf = (text: string): number => Math.ceil(lengthOf(text) / 3);

/** Whether somebody is named in a sentence by what she is called: `Mrs. Tan` is `mrs tan` to whoever writes no stops. */
export const names = (text: string, called: string): boolean =>
  text.includes(called) || (/[a-z]/i.test(called) && ` ${bare(text)} `.includes(` ${bare(called)} `));

const cut = (text: string, at: RegExp): string[] =>
  text
    .split(at)
    .map((one) => one.trim())
    .filter((one) => one.length > 0);

/** `I'm`, `don't`, and `dont` of whoever writes no apostrophes: what they are short for, so that a pattern needs one form. In this order. */
const OPENED: [RegExp, string][] = [
  [/\b(?:can['’]?t|can not)\b/g, 'cannot'],
  [/\bwo(?:n['’]t|nt)\b/g, 'will not'],
  [/\b(do|does|did|is|are|was|were|have|has|had|would|could|should|must|need)n['’]?t\b/g, '$1 not'],
  [/\bi['’]?m\b/g, 'i am'],
  [/\b(i|you|we|they)['’]?ve\b/g, '$1 have'],
  [/\b(\w+)['’]re\b/g, '$1 are'],
  [/\b(\w+)['’]ll\b/g, '$1 will'],
  [/\b(i|you|he|she|it|we|they)['’]d\b/g, '$1 would'],
  [/\b(that|what|where|who|when|how|there|he|she)['’]?s\b/g, '$1 is'],
  [/\b(it|here|nobody|somebody|someone|everything|nothing)['’]s\b/g, '$1 is'],
  [/\blet['’]s\b/g, 'let us'],
];
const opened = (text: string): string => OPENED.reduce((said, [short, long]) => said.replace(short, long), text);

/** A list of words in the forms that her sentence is brought into, too: nothing contracted, no apostrophes. */
export const asBare = <Words>(words: Words): Words =>
  JSON.parse(JSON.stringify(words), (_, value) =>
    typeof value === 'string' ? opened(value).replaceAll("'", '') : value,
  ) as Words;

/** Words as they are compared: small letters, no punctuation; spaces stay where letters are, and fall between Han characters. And her sentence in clauses. Pure. */

/** Her sentence as the words and patterns of `intents/` are held against it. */
export const bare = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{P}\s]+/gu, (gap) => (/\s/.test(gap) && /[a-z]/i.test(text) ? ' ' : ''))
    .trim();

/** Her sentence cut where commas and stops cut it. */
export const clausesOf = (text: string): string[] => cut(text, /[，,。；;、]/u);

/** Cut at every mark there is: a word of agreeing stands by itself between any two. */
export const piecesOf = (text: string): string[] => cut(text, /\p{P}+/u);

const cut = (text: string, at: RegExp): string[] =>
  text
    .split(at)
    .map((one) => one.trim())
    .filter((one) => one.length > 0);

/** A list of words without the apostrophes that are gone from her sentence, too. */
export const withoutApostrophes = <Words>(words: Words): Words =>
  JSON.parse(JSON.stringify(words), (_, value) =>
    typeof value === 'string' ? value.replaceAll("'", '') : value,
  ) as Words;

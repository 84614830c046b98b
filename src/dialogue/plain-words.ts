/** Words as they are compared: small letters, no punctuation; spaces stay where letters are, and fall between Han characters. Pure. */

/** Her sentence as the words and patterns of `intents/` are held against it. */
export const bare = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{P}\s]+/gu, (gap) => (/\s/.test(gap) && /[a-z]/i.test(text) ? ' ' : ''))
    .trim();

/** A list of words without the apostrophes that are gone from her sentence, too. */
export const withoutApostrophes = <Words>(words: Words): Words =>
  JSON.parse(JSON.stringify(words), (_, value) =>
    typeof value === 'string' ? value.replaceAll("'", '') : value,
  ) as Words;

/** Names of people in an English sentence: what must not be kept. Rather one too many. */

export interface PersonWords {
  /** mr, auntie: the next word is a name. */
  titles: string[];
  /** my name is, called: the next words are a name. */
  introduces: string[];
  /** Chinese surnames in pinyin that are no English words, and given names of English. */
  names: string[];
  /** Capitalised in the midst of a sentence, and nobody's name. */
  notNames: string[];
}

const WORD = /[\p{L}'’-]+/gu;
const MOST_GIVEN = 2; // words behind a surname that still belong to the name
const PINYIN = /^[bpmfdtnlgkhjqxzcsryw]?h?[aeiouv]{1,3}(n|ng|r)?([bpmfdtnlgkhjqxzcsryw]h?[aeiouv]{1,3}(n|ng|r)?)?$/i;

const isCapital = (word: string): boolean => /^\p{Lu}\p{Ll}/u.test(word);

/** Where in the words a name begins: after a title or an introduction, at a known name, at a capital in mid-sentence. */
function begins(w: PersonWords, words: readonly string[], at: number): boolean {
  const word = words[at] as string;
  const before = words
    .slice(Math.max(0, at - 4), at)
    .join(' ')
    .toLowerCase();
  if (w.titles.includes(words[at - 1]?.toLowerCase() ?? '')) return true;
  if (w.introduces.some((phrase) => before === phrase || before.endsWith(` ${phrase}`))) return true;
  return (
    w.names.includes(word.toLowerCase()) || (at > 0 && isCapital(word) && !w.notNames.includes(word.toLowerCase()))
  );
}

/** The words of names, each as it stands in the sentence. */
export function englishPersons(w: PersonWords, text: string): string[] {
  const words = [...text.matchAll(WORD)].map(([word]) => word);
  const found = new Set<string>();
  words.forEach((word, at) => {
    if (!begins(w, words, at)) return;
    found.add(word);
    for (const next of words.slice(at + 1, at + 1 + MOST_GIVEN)) {
      if (!isCapital(next) && !(PINYIN.test(next) && next.length > 3)) break;
      found.add(next);
    }
  });
  return [...found];
}

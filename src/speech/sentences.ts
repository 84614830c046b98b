/** The sentences of a rendered text, with their closing mark. */
export const sentencesOf = (text: string): string[] =>
  text
    .split(/(?<=[。？！])|(?<=[.?!]) +/u)
    .map((sentence) => sentence.trim())
    .filter(Boolean);

/** How long a sentence is to the ear: characters or words, without marks; a semicolon is a breath too. */
export function lengthOf(sentence: string, unit: 'characters' | 'words'): number {
  const lengths = sentence.split(/[；;]/).map((part) => {
    const words = unit === 'words' ? part.match(/[\p{L}\p{N}'’-]+/gu) : part.match(/[\p{L}\p{N}]/gu);
    return words?.length ?? 0;
  });
  return Math.max(...lengths);
}

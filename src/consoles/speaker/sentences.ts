/** An answer in sentences, and which of them is being spoken. */

/** Splits after full stops, question and exclamation marks; the marks stay with their sentence. */
export function sentencesOf(text: string): string[] {
  return (
    text.match(/[^。！？!?\n]+[。！？!?\n]*[”」』）)]*|[。！？!?\n]+/g)?.filter((part) => part.trim() !== '') ?? []
  );
}

const PAUSE = 3; // a full stop lasts about as long as three characters

/** The index of the sentence at `share` (0 to 1) of the whole. */
export function sentenceAt(sentences: string[], share: number): number {
  const weights = sentences.map((sentence) => [...sentence].length + PAUSE);
  const target = share * weights.reduce((sum, weight) => sum + weight, 0);
  let passed = 0;
  const found = weights.findIndex((weight) => {
    passed += weight;
    return target < passed;
  });
  return found === -1 ? sentences.length - 1 : found;
}

/** How long a text lasts at `pace` characters a minute, in ms: for an answer that has no sound. */
export function readingMs(text: string, pace: number): number {
  return Math.min(30_000, Math.max(900, ([...text].length / Math.max(60, pace)) * 60_000));
}

/** Words are compared without punctuation: an apostrophe in a list would be found in no sentence. */
export const withoutApostrophes = <Words>(words: Words): Words =>
  JSON.parse(JSON.stringify(words), (_, value) =>
    typeof value === 'string' ? value.replaceAll("'", '') : value,
  ) as Words;

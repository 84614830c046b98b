/** A choice named by its words instead of its number. */

const PUNCTUATION = /[\s\p{P}\p{S}]/gu;
/** She may say a few words around it (我要…的, 那就…吧). */
const AROUND = 5;

const bare = (text: string): string => text.replace(PUNCTUATION, '').toLowerCase();

/** The number, from 1, of the only option whose words she says, or of which she says a part; undefined when none or several fit. */
export function optionSaid(text: string, options: readonly string[]): number | undefined {
  const said = bare(text);
  if (said.length < 2) return undefined;
  const fits = options.map(bare).map((option) => {
    if (option.length < 2) return false;
    return option.includes(said) || (said.includes(option) && said.length <= option.length + AROUND);
  });
  const first = fits.indexOf(true);
  return first >= 0 && fits.lastIndexOf(true) === first ? first + 1 : undefined;
}

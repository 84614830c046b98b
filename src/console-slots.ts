/** What a vendor's console was told of our intents: the lists of `npm run models` say the same. */
import { findRoot, readCatalogue } from './understanding/grammar/source.ts';

/** Beside its slots of the catalogue each intent has the number of a choice there. */
const EVERYWHERE = 'ordinal';

/** Whether the intent of that name has that slot in a console; names are ours, with underscores where no dots are allowed. */
export function consoleTakes(root = findRoot()): (intent: string, slot: string) => boolean {
  const slots = new Map(Object.entries(readCatalogue(root)).map(([name, entry]) => [dotless(name), entry.slots]));
  return (intent, slot) => {
    const taken = slots.get(dotless(intent));
    return taken !== undefined && (slot === EVERYWHERE || taken.includes(slot));
  };
}

const dotless = (intent: string): string => intent.replaceAll('.', '_');

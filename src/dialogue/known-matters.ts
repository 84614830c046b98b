/** Matters that the dialogue itself knows: which they are stands in intents/items.yaml. */
import { join } from 'node:path';
import type { ItemSource } from '../understanding/chinese/items.ts';
import { findRoot, readYaml } from '../understanding/grammar/source.ts';

const matters = readYaml<ItemSource[]>(join(findRoot(), 'intents', 'items.yaml'));
const PAPERS: ReadonlySet<string> = new Set(matters.filter(({ everyday }) => everyday).map(({ name }) => name));

/** A paper of everyday life: named beside another matter it is what one brings along, and no matter of its own. */
export const isPaper = (item: string): boolean => PAPERS.has(item);

/** The official name of what is meant for sudden hardship: whoever rings her then has it before him. */
export const RELIEF = matters.find(({ relief }) => relief)?.name ?? '';

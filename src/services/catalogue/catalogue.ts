/** Reads `catalogue/`: the public facts, each file checked before anything of it is believed. */
import { readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TSchema } from 'typebox';
import {
  GuideFact,
  HolidayFacts,
  type PlaceFact,
  PlacesFile,
  PolicyFact,
  type WindowFact,
  WindowsFile,
} from '../../store/seed/facts.ts';
import { SampleFacts } from '../../store/seed/sample-facts.ts';
import { readFact } from './file.ts';
import { contradictions } from './rules.ts';

export interface Catalogue {
  guides: GuideFact[];
  policies: PolicyFact[];
  places: PlaceFact[];
  windows: WindowFact[];
  holidays: HolidayFacts;
  /** The invented community of the demonstration. */
  sample: SampleFacts;
}

/** Thrown with every problem of every file at once, each as `file:line what`. */
export class CatalogueProblems extends Error {
  constructor(readonly problems: string[]) {
    super(`The catalogue is not right:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'CatalogueProblems';
  }
}

/** Loads the whole catalogue from `root`, the repository's `catalogue/` unless told otherwise. @throws CatalogueProblems */
export function loadCatalogue(root = catalogueRoot()): Catalogue {
  const problems: string[] = [];
  const read = <S extends TSchema>(schema: S, path: string) => readFact(schema, root, path, problems);
  const guides = yamlFiles(root, 'guides').map((path) => read(GuideFact, path));
  const policies = yamlFiles(root, 'policies').map((path) => read(PolicyFact, path));
  const places = read(PlacesFile, 'places.yaml');
  const windows = read(WindowsFile, 'windows.yaml');
  const holidays = read(HolidayFacts, 'holidays.yaml');
  const sample = read(SampleFacts, 'sample.yaml');
  if (problems.length === 0) problems.push(...contradictions({ guides, policies, places, windows, holidays }));
  if (problems.length > 0) throw new CatalogueProblems(problems);
  return {
    guides: guides.map(({ content }) => content),
    policies: policies.map(({ content }) => content),
    places: places.content.places,
    windows: windows.content.windows,
    holidays: holidays.content,
    sample: sample.content,
  };
}

function yamlFiles(root: string, folder: string): string[] {
  const names = readdirSync(join(root, folder)).filter((name) => name.endsWith('.yaml'));
  return names.sort().map((name) => join(folder, name));
}

/** The folder lies at the top of the package, beside the sources as well as beside what is built from them. */
export function catalogueRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (relative(folder, dirname(folder)) !== '' && !hasCatalogue(folder)) folder = dirname(folder);
  return join(folder, 'catalogue');
}

function hasCatalogue(folder: string): boolean {
  try {
    return readdirSync(join(folder, 'catalogue')).includes('holidays.yaml');
  } catch {
    return false;
  }
}

/** 一件事一次办: `catalogue/bundles.yaml`, which matter is worth doing along with another. */
import { type Static, Type } from 'typebox';
import { CatalogueProblems, catalogueRoot } from '../catalogue/catalogue.ts';
import { readFact } from '../catalogue/file.ts';

const Bundle = Type.Object(
  {
    name: Type.String({ minLength: 1 }),
    matters: Type.Array(Type.String({ minLength: 1 }), { minItems: 2 }),
    ageFrom: Type.Integer({ minimum: 1, maximum: 120 }),
    source: Type.String({ minLength: 1 }),
    checkedOn: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
  },
  { additionalProperties: false },
);
const BundlesFile = Type.Object({ bundles: Type.Array(Bundle) }, { additionalProperties: false });
export type Bundle = Static<typeof Bundle>;

/** Reads the file from `root`, the repository's `catalogue/` unless told otherwise. @throws CatalogueProblems */
export function loadBundles(root = catalogueRoot()): Bundle[] {
  const problems: string[] = [];
  const { content } = readFact(BundlesFile, root, 'bundles.yaml', problems);
  if (problems.length > 0) throw new CatalogueProblems(problems);
  return content.bundles;
}

/** The matter that a resident of this age does along with `matter`; undefined where nothing goes with it. */
export function partnerOf(bundles: Bundle[], matter: string, age: number): string | undefined {
  const bundle = bundles.find((one) => one.matters.includes(matter) && age >= one.ageFrom);
  return bundle?.matters.find((one) => one !== matter);
}

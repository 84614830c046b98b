/** `catalogue/feedback.yaml`: levels of 好差评, deadlines, and the words that sort what she says. */
import { type Static, Type } from 'typebox';
import { CatalogueProblems, catalogueRoot } from '../catalogue/catalogue.ts';
import { readFact } from '../catalogue/file.ts';

const Words = Type.Array(Type.String({ minLength: 1 }), { minItems: 1 });
const Days = Type.Integer({ minimum: 1, maximum: 400 });
const Sorting = Type.Object(
  {
    before: Words,
    news: Words,
    city: Words,
    ours: Words,
    suggestion: Words,
    cannot_get_done: Words,
    opening: Words,
  },
  { additionalProperties: false },
);

const FeedbackFacts = Type.Object(
  {
    levels: Type.Record(Type.String(), Type.Integer({ minimum: 1, maximum: 5 })),
    answerWithin: Type.Object({ complaint: Days, cannot_get_done: Days, suggestion: Days, bad_rating: Days }),
    rateWithin: Days,
    answersFrom: Days,
    words: Type.Object({ 'zh-CN': Sorting, 'en-US': Sorting }),
  },
  { additionalProperties: false },
);
export type FeedbackFacts = Static<typeof FeedbackFacts>;
export type SortingWords = Static<typeof Sorting>;

/** Reads the file from `root`, the repository's `catalogue/` unless told otherwise. @throws CatalogueProblems */
export function loadFeedbackFacts(root = catalogueRoot()): FeedbackFacts {
  const problems: string[] = [];
  const { content } = readFact(FeedbackFacts, root, 'feedback.yaml', problems);
  if (problems.length > 0) throw new CatalogueProblems(problems);
  return content;
}

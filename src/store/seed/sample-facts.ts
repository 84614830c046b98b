/** `catalogue/sample.yaml`: who lives in the sample community, in the words of recipes. */
import Type, { type Static } from 'typebox';
import { CASE_STATUSES } from '../schema.ts';

const closed = { additionalProperties: false };
const Words = Type.String({ minLength: 1 });
const yes = () => Type.Optional(Type.Boolean());

const Flags = Type.Object(
  {
    dibao: yes(),
    edge: yes(),
    tekun: yes(),
    disability: Type.Optional(Type.Object({ kind: Words, grade: Type.Integer({ minimum: 1, maximum: 4 }) }, closed)),
    alone: yes(),
    special: Type.Optional(Type.Object({ grade: Type.Integer({ minimum: 1, maximum: 3 }) }, closed)),
    mobility: yes(),
    hearing: yes(),
    widow: yes(),
    unregisteredCare: yes(),
  },
  closed,
);

const CaseRecipe = Type.Object(
  {
    matter: Words,
    status: Type.Enum(CASE_STATUSES),
    /** Workdays past the promised day. */
    overdue: Type.Optional(Type.Integer({ minimum: 1 })),
  },
  closed,
);
export type CaseRecipe = Static<typeof CaseRecipe>;

const ResidentRecipe = Type.Object(
  {
    sex: Type.Enum(['female', 'male']),
    /** Full years today. */
    age: Type.Integer({ minimum: 18, maximum: 110 }),
    /** The next birthday comes in so many days; otherwise it is months away. */
    birthdayIn: Type.Optional(Type.Integer({ minimum: 1, maximum: 31 })),
    name: Type.Optional(Words),
    called: Type.Optional(Words),
    locale: Type.Optional(Type.Enum(['zh-CN', 'en-US'])),
    hukou: Type.Optional(Type.Enum(['binhai', 'tianjin', 'outside'])),
    flags: Type.Optional(Flags),
    state: Type.Optional(Type.Enum(['living', 'hospital', 'moved', 'deceased'])),
    /** A certificate waits to be collected. */
    ready: Type.Optional(Type.Array(Words)),
    /** It was collected long ago. */
    holds: Type.Optional(Type.Array(Words)),
    cases: Type.Optional(Type.Array(CaseRecipe)),
    booking: Type.Optional(Type.Object({ matter: Words, direction: Type.Enum(['collect', 'hand_in']) }, closed)),
    draft: Type.Optional(Words),
    /** A service that is over and not yet rated. */
    finished: Type.Optional(Type.Array(Type.Enum(['call', 'visit', 'case']))),
    /** Every policy has been heard. */
    heardAll: yes(),
    noConsent: yes(),
    noPin: yes(),
  },
  closed,
);
export type ResidentRecipe = Static<typeof ResidentRecipe>;

const HouseholdRecipe = Type.Object(
  { community: Words, station: Words, residents: Type.Array(ResidentRecipe, { minItems: 1, maxItems: 4 }) },
  closed,
);
export type HouseholdRecipe = Static<typeof HouseholdRecipe>;

const Ending = Type.Object({ reason: Words, remedy: Words }, closed);

export const SampleFacts = Type.Object(
  {
    names: Type.Object(
      {
        surnames: Type.Array(Words, { minItems: 1 }),
        given: Type.Array(Words, { minItems: 1 }),
        mark: Words,
        called: Type.Object({ female: Words, male: Words, femaleOld: Words, maleOld: Words }, closed),
      },
      closed,
    ),
    address: Type.Object({ building: Words, unit: Words }, closed),
    staff: Type.Object(
      {
        clerks: Words,
        titles: Type.Object(
          { window: Words, supervisor: Words, operator: Words, officer: Words, auditor: Words, security: Words },
          closed,
        ),
        unstaffed: Type.Array(Words),
        languages: Type.Object({ window: Type.Array(Words) }, closed),
      },
      closed,
    ),
    texts: Type.Object(
      {
        missing: Type.Array(Words),
        correction: Ending,
        rejected: Ending,
        denied: Ending,
        withdrawn: Ending,
        callNote: Words,
        visitNote: Words,
        callbackNote: Words,
        ticketText: Words,
        ticketAnswer: Words,
        ratingReason: Words,
        unmatched: Type.Array(Words),
        relation: Words,
        proxy: Words,
      },
      closed,
    ),
    byVoice: Type.Array(Words, { minItems: 1 }),
    households: Type.Array(HouseholdRecipe, { minItems: 12 }),
  },
  closed,
);
export type SampleFacts = Static<typeof SampleFacts>;

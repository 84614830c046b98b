/** What an officer sends of a guide: the thirteen elements, what is told by voice beside them, and the standard's fields. */
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { Day, Written } from '../schemas.ts';

const closed = { additionalProperties: false };
const Words = Type.Optional(Written(2000));
const Short = Type.Optional(Written(200));
const Yes = Type.Optional(Type.Boolean());

const Material = Type.Object(
  {
    name: Written(120, 1),
    original: Type.Optional(Type.Integer({ minimum: 0, maximum: 20 })),
    copies: Type.Optional(Type.Integer({ minimum: 0, maximum: 20 })),
    note: Short,
    onFile: Yes,
  },
  closed,
);

const Amount = Type.Object(
  { ageFrom: Type.Integer({ minimum: 1, maximum: 120 }), text: Written(500, 1) },
  { ...closed, description: 'what one gets from this age on, said by itself' },
);

const Rule = Type.Object(
  {
    ageFrom: Type.Integer({ minimum: 0, maximum: 130 }),
    earlyMonths: Type.Optional(Type.Integer({ minimum: 0, maximum: 24 })),
    hukou: Type.Optional(Type.Array(Type.Enum(['binhai', 'tianjin', 'outside']), { maxItems: 3 })),
    otherHukou: Type.Optional(Type.Enum(['no', 'unknown'])),
  },
  closed,
);

const Standard = Type.Object(
  {
    basicCode: Short,
    implementationCode: Short,
    matterType: Short,
    servedCode: Short,
    formCode: Short,
    caseType: Short,
    legalLimit: Short,
    promisedLimit: Short,
    resultName: Short,
    charged: Yes,
    bookable: Yes,
    courier: Yes,
    online: Yes,
    complaintPhone: Short,
  },
  closed,
);

/** Further members (sources, English) are kept as they come. */
const Elements = Type.Object({
  gist: Words,
  acceptedBy: Words,
  category: Words,
  basis: Words,
  audience: Words,
  conditions: Words,
  materials: Type.Optional(Type.Array(Material, { maxItems: 40 })),
  materialsNote: Words,
  materialsPartial: Yes,
  commonMistakes: Words,
  steps: Words,
  fee: Words,
  timeLimit: Words,
  enquiry: Words,
  supervision: Words,
  place: Words,
  hours: Words,
  phone: Short,
  channels: Words,
  trips: Words,
  amount: Words,
  amounts: Type.Optional(Type.Array(Amount, { maxItems: 12 })),
  arrears: Words,
  rule: Type.Optional(Rule),
  byVoice: Yes,
  sensitive: Yes,
  standard: Type.Optional(Standard),
  gistEn: Words,
});

const text = {
  elements: Elements,
  department: Written(80, 1),
  source: Written(300, 1),
  checkedOn: Day,
  effectiveFrom: Day,
  effectiveUntil: Type.Optional(Day),
};
export const GuideText = Type.Object(text, closed);
export const GuideWithMatter = Type.Object({ matter: Written(80, 1), ...text }, closed);
export const GuideElementsShape = Elements;

/** As it is exported, and imported again. */
export const GuideFile = Type.Object({ items: Type.Array(Type.Record(Type.String(), Type.Unknown())) });

/** What of one entry is not as it should be, `elements/gist: …`. */
export function faultsIn(item: unknown): string[] {
  return [...Value.Errors(GuideWithMatter, item)].map(
    ({ instancePath, message }) => `${instancePath.slice(1)}: ${message}`,
  );
}

/** What Alexa takes as an interaction model: the shape as a schema, and the rules between its parts that a schema cannot say. */
import Type, { type Static } from 'typebox';
import { Value } from 'typebox/value';

const closed = { additionalProperties: false };
const Name = Type.String({ pattern: '^(AMAZON\\.)?[A-Za-z][A-Za-z_]*$', maxLength: 100 });
/** Words, apostrophes, hyphens, dots, and slots in braces; digits are to be written out. */
const Utterance = Type.String({
  pattern: "^([a-zA-Z'.-]+|\\{[a-zA-Z_]+\\})( ([a-zA-Z'.-]+|\\{[a-zA-Z_]+\\}))*$",
  maxLength: 200,
});
const SlotValue = Type.String({ minLength: 1, maxLength: 140 });

const Slot = Type.Object(
  { name: Type.String({ pattern: '^[A-Za-z_]+$' }), type: Name, samples: Type.Optional(Type.Array(Utterance)) },
  closed,
);
const IntentModel = Type.Object(
  { name: Name, slots: Type.Optional(Type.Array(Slot)), samples: Type.Array(Utterance) },
  closed,
);
const TypeValue = Type.Object(
  { id: Type.Optional(SlotValue), name: Type.Object({ value: SlotValue, synonyms: Type.Array(SlotValue) }, closed) },
  closed,
);
const SlotType = Type.Object({ name: Name, values: Type.Array(TypeValue, { minItems: 1 }) }, closed);
const Prompt = Type.Object(
  {
    id: Type.String(),
    variations: Type.Array(Type.Object({ type: Type.Enum(['PlainText', 'SSML']), value: Type.String() }, closed)),
  },
  closed,
);

const DialogSlot = Type.Object(
  {
    name: Type.String(),
    type: Name,
    elicitationRequired: Type.Boolean(),
    confirmationRequired: Type.Boolean(),
    prompts: Type.Object(
      { elicitation: Type.Optional(Type.String()), confirmation: Type.Optional(Type.String()) },
      closed,
    ),
  },
  closed,
);
const DialogIntent = Type.Object(
  {
    name: Name,
    delegationStrategy: Type.Optional(Type.Enum(['ALWAYS', 'SKILL_RESPONSE'])),
    confirmationRequired: Type.Boolean(),
    prompts: Type.Object({ confirmation: Type.Optional(Type.String()) }, closed),
    slots: Type.Array(DialogSlot, { minItems: 1 }),
  },
  closed,
);

export const InteractionModel = Type.Object(
  {
    interactionModel: Type.Object(
      {
        languageModel: Type.Object(
          {
            /** Two words at least, lower case. */
            invocationName: Type.String({ pattern: "^[a-z][a-z'.]*( [a-z][a-z'.]*)+$" }),
            intents: Type.Array(IntentModel, { minItems: 1, maxItems: 250 }),
            types: Type.Array(SlotType),
          },
          closed,
        ),
        dialog: Type.Optional(
          Type.Object(
            {
              delegationStrategy: Type.Enum(['ALWAYS', 'SKILL_RESPONSE']),
              intents: Type.Array(DialogIntent, { minItems: 1 }),
            },
            closed,
          ),
        ),
        prompts: Type.Optional(Type.Array(Prompt)),
      },
      closed,
    ),
  },
  closed,
);
export type InteractionModel = Static<typeof InteractionModel>;
export type AlexaIntent = Static<typeof IntentModel>;
export type AlexaType = Static<typeof SlotType>;

const LARGEST = 1_500_000; // bytes
const MOST_VALUES = 50_000; // with their synonyms
const REQUIRED = [
  'AMAZON.CancelIntent',
  'AMAZON.HelpIntent',
  'AMAZON.StopIntent',
  'AMAZON.NavigateHomeIntent',
  'AMAZON.FallbackIntent',
];
const ANY_WORDS = 'AMAZON.SearchQuery';

/** Everything that the console would refuse; an empty list is a model that it takes. */
export function problemsOf(model: unknown): string[] {
  if (!Value.Check(InteractionModel, model)) {
    return Value.Errors(InteractionModel, model).map((error) => `${error.instancePath} ${error.message}`);
  }
  const { intents, types } = model.interactionModel.languageModel;
  return [
    ...names(intents, types),
    ...intents.flatMap((intent) => ofIntent(intent, types)),
    ...sharedSamples(intents),
    ...ofDialog(model.interactionModel),
    ...sizes(model),
  ];
}

function names(intents: AlexaIntent[], types: AlexaType[]): string[] {
  const given = [...intents, ...types].map(({ name }) => name);
  return [
    ...repeated(given).map((name) => `the name ${name} is used twice`),
    ...REQUIRED.filter((name) => !given.includes(name)).map((name) => `${name} is missing`),
    ...types.flatMap(({ name, values }) =>
      repeated(values.flatMap((value) => [value.name.value, ...value.name.synonyms])).map(
        (word) => `type ${name} has "${word}" twice`,
      ),
    ),
  ];
}

function ofIntent({ name, slots = [], samples }: AlexaIntent, types: AlexaType[]): string[] {
  const known = new Set(types.map((type) => type.name));
  const anyWords = slots.filter(({ type }) => type === ANY_WORDS).map((slot) => slot.name);
  const problems = slots
    .filter(({ type }) => !type.startsWith('AMAZON.') && !known.has(type))
    .map(({ type }) => `${name}: no type ${type}`);
  if (!name.startsWith('AMAZON.') && samples.length === 0) problems.push(`${name} has no sample`);
  for (const sample of samples) {
    const used = [...sample.matchAll(/\{(\w+)\}/g)].map(([, slot]) => slot ?? '');
    problems.push(...repeated(used).map((slot) => `${name}: {${slot}} twice in "${sample}"`));
    problems.push(
      ...used.filter((slot) => !slots.some((one) => one.name === slot)).map((slot) => `${name}: no slot {${slot}}`),
    );
    const free = used.some((slot) => anyWords.includes(slot));
    if (free && (used.length > 1 || sample === `{${used[0]}}`))
      problems.push(`${name}: "${sample}" needs words beside ${ANY_WORDS}`);
  }
  return problems;
}

/** A dialogue speaks of intents and slots that there are, and with prompts that there are. */
function ofDialog({ languageModel, dialog, prompts = [] }: InteractionModel['interactionModel']): string[] {
  const known = new Set(prompts.map(({ id }) => id));
  const intents = dialog?.intents ?? [];
  const slots = intents.flatMap(({ name, slots }) => slots.map((slot) => ({ intent: name, ...slot })));
  const declared = ({ intent, name, type }: (typeof slots)[number]) =>
    languageModel.intents
      .find((one) => one.name === intent)
      ?.slots?.some((one) => one.name === name && one.type === type);
  const asked = [...intents.map((one) => one.prompts), ...slots.map((one) => one.prompts)].flatMap((one) =>
    Object.values(one),
  );
  return [
    ...slots.filter((slot) => !declared(slot)).map(({ intent, name }) => `dialog: ${intent} has no slot ${name}`),
    ...slots
      .filter(({ elicitationRequired, prompts }) => elicitationRequired && !prompts.elicitation)
      .map(({ intent, name }) => `dialog: nothing asks for ${name} of ${intent}`),
    ...asked.filter((id) => !known.has(id)).map((id) => `dialog: no prompt ${id}`),
    ...repeated(prompts.map(({ id }) => id)).map((id) => `the prompt ${id} stands twice`),
  ];
}

function sharedSamples(intents: AlexaIntent[]): string[] {
  return repeated(intents.flatMap(({ samples }) => samples)).map((sample) => `"${sample}" stands twice`);
}

function sizes(model: InteractionModel): string[] {
  const values = model.interactionModel.languageModel.types
    .flatMap((type) => type.values)
    .reduce((sum, { name }) => sum + 1 + name.synonyms.length, 0);
  const bytes = Buffer.byteLength(JSON.stringify(model));
  return [
    ...(values > MOST_VALUES ? [`${values} slot values are more than ${MOST_VALUES}`] : []),
    ...(bytes > LARGEST ? [`${bytes} bytes are more than ${LARGEST}`] : []),
  ];
}

function repeated(words: string[]): string[] {
  const seen = new Set<string>();
  return words.filter((word) => {
    const key = word.toLowerCase();
    if (seen.has(key)) return true;
    seen.add(key);
    return false;
  });
}

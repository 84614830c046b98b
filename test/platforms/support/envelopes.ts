/** The brands' reply envelopes as their documents have them: every member by name and kind, nothing else. */
import Type from 'typebox';
import { Compile } from 'typebox/compile';
import type { WebhookBrand } from './senders.ts';

const closed = { additionalProperties: false } as const;
const text = Type.String();
const yes = Type.Boolean();
const map = Type.Record(text, Type.String());
const maybe = Type.Optional;

const Plain = Type.Object({ type: Type.Literal('PlainText'), text }, closed);
const Ssml = Type.Object(
  { type: Type.Literal('SSML'), ssml: Type.String({ pattern: '^<speak[^>]*>[\\s\\S]*</speak>$' }) },
  closed,
);
const Speech = Type.Union([Plain, Ssml]);
const Reprompt = Type.Object({ outputSpeech: Speech }, closed);

const DuerosCard = Type.Union([
  Type.Object({ type: Type.Literal('txt'), content: text, cueWords: maybe(Type.Array(text, { minItems: 1 })) }, closed),
  Type.Object({ type: Type.Literal('LinkAccount') }, closed),
]);
const DuerosDirective = Type.Union([
  Type.Object(
    { type: Type.Literal('Display.RenderTemplate'), template: Type.Object({ type: text, token: text }) },
    closed,
  ),
  Type.Object({ type: Type.Literal('Hint'), hints: Type.Array(Plain) }, closed),
  Type.Object(
    {
      type: Type.Literal('Permission.AskForPermissionsConsent'),
      token: text,
      permissions: Type.Array(Type.Object({ name: text }, closed)),
    },
    closed,
  ),
  Type.Object(
    {
      type: Type.Literal('Reminder.CreateReminder'),
      token: text,
      alertInfo: Type.Object({}),
      trigger: Type.Object({}),
    },
    closed,
  ),
]);
const DuerosIntent = Type.Object({ name: text, slots: Type.Record(text, Type.Unknown()) }, closed);
const DuerosDialog = Type.Union([
  Type.Object({ type: Type.Literal('Dialog.ElicitSlot'), slotToElicit: text, updatedIntent: DuerosIntent }, closed),
  Type.Object(
    {
      type: Type.Literal('Dialog.SelectSlot'),
      slotToSelect: text,
      updatedIntent: DuerosIntent,
      options: Type.Array(
        Type.Object(
          {
            type: Type.Literal('KEYWORD'),
            value: text,
            synonyms: Type.Array(text, { maxItems: 5 }),
            index: Type.Integer({ minimum: 1 }),
          },
          closed,
        ),
        { minItems: 1 },
      ),
    },
    closed,
  ),
]);
const DuerosExpected = Type.Union([Plain, Type.Object({ type: Type.Literal('Slot'), slot: text }, closed)]);
const Dueros = Type.Union([
  Type.Object({ status: Type.Literal(0), msg: Type.Null() }, closed),
  Type.Object(
    {
      version: Type.Literal('2.0'),
      context: maybe(Type.Object({ expectResponse: Type.Array(DuerosExpected, { minItems: 1 }) }, closed)),
      session: Type.Object({ attributes: map }, closed),
      response: Type.Object(
        {
          outputSpeech: maybe(Speech),
          reprompt: maybe(Reprompt),
          card: maybe(DuerosCard),
          directives: maybe(Type.Array(Type.Union([DuerosDirective, DuerosDialog]))),
          shouldEndSession: yes,
          expectSpeech: maybe(yes),
          needDetermine: maybe(yes),
          fallBack: maybe(yes),
        },
        closed,
      ),
    },
    closed,
  ),
]);

const AlexaCard = Type.Union([
  Type.Object({ type: Type.Literal('Simple'), title: text, content: Type.String({ maxLength: 8000 }) }, closed),
  Type.Object({ type: Type.Literal('LinkAccount') }, closed),
  Type.Object({ type: Type.Literal('AskForPermissionsConsent'), permissions: Type.Array(text) }, closed),
]);
const Can = Type.Union([Type.Literal('YES'), Type.Literal('NO'), Type.Literal('MAYBE')]);
const AlexaDirective = Type.Union([
  Type.Object(
    {
      type: Type.Literal('Dialog.ElicitSlot'),
      slotToElicit: text,
      updatedIntent: Type.Object(
        {
          name: text,
          confirmationStatus: Type.Literal('NONE'),
          slots: Type.Record(text, Type.Object({ name: text, confirmationStatus: Type.Literal('NONE') }, closed)),
        },
        closed,
      ),
    },
    closed,
  ),
  Type.Object(
    {
      type: Type.Literal('Alexa.Presentation.APL.RenderDocument'),
      token: text,
      document: Type.Object({ type: Type.Literal('APL') }),
      datasources: Type.Object({}),
    },
    closed,
  ),
]);
const Alexa = Type.Object(
  {
    version: Type.Literal('1.0'),
    sessionAttributes: maybe(Type.Record(text, Type.Unknown())),
    userAgent: maybe(text),
    response: Type.Object(
      {
        outputSpeech: maybe(
          Type.Object({ type: Type.Literal('SSML'), ssml: Ssml.properties.ssml, playBehavior: maybe(text) }, closed),
        ),
        reprompt: maybe(
          Type.Object(
            {
              outputSpeech: Type.Object(
                { type: Type.Literal('SSML'), ssml: Ssml.properties.ssml, playBehavior: maybe(text) },
                closed,
              ),
            },
            closed,
          ),
        ),
        card: maybe(AlexaCard),
        directives: maybe(Type.Array(AlexaDirective)),
        shouldEndSession: maybe(yes),
        canFulfillIntent: maybe(
          Type.Object(
            { canFulfill: Can, slots: Type.Record(text, Type.Object({ canUnderstand: Can, canFulfill: Can }, closed)) },
            closed,
          ),
        ),
      },
      closed,
    ),
  },
  closed,
);

const AligenieFlat = Type.Object(
  {
    returnCode: Type.Literal('0'),
    returnErrorSolution: text,
    returnMessage: text,
    returnValue: Type.Object(
      {
        reply: text,
        replyType: Type.Union([Type.Literal('TEXT'), Type.Literal('SSML')]),
        resultType: Type.Union([Type.Literal('RESULT'), Type.Literal('ASK_INF'), Type.Literal('SELECT')]),
        selectParaInfo: maybe(
          Type.Object(
            {
              intentParameterName: text,
              candidateList: Type.Array(
                Type.Object({ value: text, aliasValues: Type.Array(text), normValue: text }, closed),
                { minItems: 1 },
              ),
              parameterReplyMatch: yes,
              selectIndexMatch: yes,
            },
            closed,
          ),
        ),
        executeCode: Type.Literal('SUCCESS'),
        askedInfos: maybe(Type.Array(Type.Object({ parameterName: text, intentId: maybe(Type.Unknown()) }, closed))),
        properties: Type.Object({}, closed),
        skillDialogSession: Type.Object({ skillEndNluSession: yes, sessionAttrs: map }, closed),
        actions: Type.Array(Type.Unknown(), { maxItems: 0 }),
      },
      closed,
    ),
  },
  closed,
);
const Aligenie2Directive = Type.Union([
  Type.Object({ type: Type.Literal('Dialog.ElicitSlot'), slotToElicit: text }, closed),
  Type.Object(
    {
      type: Type.Literal('Dialog.SelectSlot'),
      slotToSelect: text,
      options: Type.Array(Type.Object({ value: text, synonyms: Type.Array(text) }, closed), { minItems: 1 }),
      parameterReplyMatch: yes,
      selectIndexMatch: yes,
    },
    closed,
  ),
]);
const Aligenie2 = Type.Object(
  {
    version: Type.Literal('2.0'),
    sessionAttributes: Type.Record(text, Type.Unknown()),
    response: Type.Object(
      {
        outputSpeechs: Type.Array(Speech),
        directives: Type.Array(Aligenie2Directive),
        shouldEndSession: yes,
        expectSpeech: yes,
      },
      closed,
    ),
  },
  closed,
);

const Zero = Type.Object({ type: Type.Literal(0), text }, closed);
const Xiaoai = Type.Object(
  {
    version: Type.Literal('1.0'),
    session_attributes: Type.Record(text, Type.Unknown()),
    is_session_end: yes,
    response: Type.Object(
      { to_speak: Zero, to_display: maybe(Zero), open_mic: yes, not_understand: Type.Literal(false) },
      closed,
    ),
  },
  closed,
);

const CHECKS = {
  dueros: Compile(Dueros),
  alexa: Compile(Alexa),
  aligenie: Compile(Type.Union([AligenieFlat, Aligenie2])),
  xiaoai: Compile(Xiaoai),
};

/** Whether this is a reply that the brand's documents allow. */
export const isEnvelope = (brand: WebhookBrand, answer: unknown): boolean => CHECKS[brand].Check(answer);

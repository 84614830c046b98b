/** The worker's five minutes at somebody's home, step by step. */
import type { FastifyInstance } from 'fastify';
import { type Static, type TObject, Type } from 'typebox';
import { PURPOSES, STEPS } from '../../services/fleet/installation-steps.ts';
import type { Installations } from '../../services/fleet/installations.ts';
import { onlyPeople } from '../access.ts';
import { instant } from '../iso.ts';
import { notTooOften } from '../limits.ts';
import { maskPhone } from '../mask.ts';
import type { ApiParts } from '../parts.ts';
import { type Called, Nothing, routesOf } from '../route.ts';
import { Id, Instant, Nullable, Text, Written } from '../schemas.ts';
import { DONE, Done } from './done.ts';

const closed = { additionalProperties: false };
/** The version of the texts in `_codes.yaml`, `consentText`: a changed text is another version. */
const CONSENT_VERSION = '2026-11';
/** Nobody types her digits that often. */
const PINS = { limit: 10, windowSeconds: 60 };

const LOCALES = ['zh-CN', 'en-US'] as const;
const Hour = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' });
const View = Type.Object({
  id: Id,
  speakerId: Id,
  residentId: Id,
  openUntil: Instant,
  steps: Type.Array(Type.Object({ step: Type.Enum(STEPS), stepText: Text, doneAt: Nullable(Text) })),
  called: Text,
  hearing: Type.Boolean({ description: 'hard of hearing' }),
  locale: Type.Enum(LOCALES),
  hasPin: Type.Boolean(),
  quietFrom: Text,
  quietUntil: Text,
  textVersion: Text,
  consents: Type.Array(
    Type.Object({
      purpose: Type.Enum(PURPOSES),
      purposeText: Text,
      text: Type.String({ description: 'to be read aloud' }),
      given: Nullable(Type.Boolean()),
    }),
  ),
  contact: Nullable(Type.Object({ name: Text, relation: Text, phone: Type.String({ description: 'masked' }) })),
});

const Rung = Type.Object({ delivered: Type.Boolean({ description: 'it was connected and took it' }) });

type Doing<B> = (installations: Installations, called: Called<B>) => Promise<unknown>;

/** For the worker who is at the home, never with a key: each sees only what she began, while it is open. */
export function installationRoutes(scope: FastifyInstance, parts: ApiParts): void {
  const { installations } = parts.services;
  const route = routes(scope);
  route(
    'POST /installations',
    'Begins at a speaker with one of those who live there, or goes on with one’s own',
    { body: Type.Object({ speakerId: Id, residentId: Id }, closed), answer: Type.Object({ id: Id }), status: 201 },
    ({ body, by }) => installations.begin(body, by),
  );
  route(
    'GET /installations/:id',
    'What stands so far; only for the worker who began it, and only while it is open',
    { answer: View },
    async ({ id, by }) => shown(parts, await installations.view(id, by)),
  );
  route('POST /installations/:id/chime', 'Rings the speaker', { body: Nothing, answer: Rung }, async ({ id, by }) => ({
    delivered: await installations.chime(id, by),
  }));
  serveSteps(scope, parts);
}

const routes = (scope: FastifyInstance) => routesOf(scope, 'installations', onlyPeople('installations', ['operator']));

function serveSteps(scope: FastifyInstance, parts: ApiParts): void {
  const route = routes(scope);
  const step = <B extends TObject>(name: string, summary: string, body: B, doing: Doing<Static<B>>) =>
    route(`POST /installations/:id/${name}`, summary, { body, answer: Done }, async (called) => {
      await doing(parts.services.installations, called);
      return DONE;
    });

  const As = Type.Object({ called: Type.String({ minLength: 1, maxLength: 12, pattern: CALLED }) }, closed);
  step('called', 'How she wants to be called', As, (one, { id, body, by }) => one.called(id, body.called, by));
  const Hard = Type.Object({ hearing: Type.Boolean() }, closed);
  step('hearing', 'Whether she is hard of hearing', Hard, (one, { id, body, by }) => one.hearing(id, body.hearing, by));
  const Tongue = Type.Object({ locale: Type.Enum(LOCALES) }, closed);
  step('language', 'Which language she speaks', Tongue, (one, { id, body, by }) => one.language(id, body.locale, by));
  const Digits = Type.Object({ digits: Type.String({ pattern: '^\\d{4}$' }) }, closed);
  step('pin', 'Her four digits, typed by herself', Digits, async (one, { id, body, by, person }) => {
    await notTooOften(parts.rates, `pin:${person.id}`, PINS);
    await one.pin(id, body.digits, by);
  });
  const yes = Type.Boolean();
  const Answers = Type.Object({ data: yes, push: yes, sms: yes, relatives: yes }, closed);
  const Agreed = Type.Object({ answers: Answers }, closed);
  step('consent', 'Her yes and no, after each text was read to her', Agreed, (one, { id, body, by }) =>
    one.agreed(id, body.answers, CONSENT_VERSION, by),
  );
  const Contact = Type.Object(
    {
      name: Written(40, 1),
      relation: Written(20, 1),
      phone: Type.String({ pattern: '^(1[3-9]\\d{9}|0\\d{9,11})$', description: 'digits only' }),
    },
    closed,
  );
  step('contact', 'Whom to tell in an emergency', Contact, (one, { id, body, by }) => one.contact(id, body, by));
  const Quiet = Type.Object({ quietFrom: Hour, quietUntil: Hour }, closed);
  step('quiet', 'When she wants it quiet', Quiet, (one, { id, body, by }) => one.quiet(id, body, by));
  step('heard', 'She has heard the chime', Nothing, (one, { id, by }) => one.heard(id, by));
  step('sticker', 'The sticker is on', Nothing, (one, { id, by }) => one.sticker(id, by));
  step('finish', 'Closes it: what she said is out of sight from here on', Nothing, (one, { id, by }) =>
    one.finish(id, by),
  );
}

/** Words, not numbers or marks: it is spoken aloud. */
const CALLED = "^[\\p{L}][\\p{L} ·.'-]*$";

type Seen = Awaited<ReturnType<Installations['view']>>;

function shown({ words }: ApiParts, { row, her, consents, contact }: Seen): Static<typeof View> {
  return {
    ...her,
    id: row.id,
    speakerId: row.speakerId,
    residentId: row.residentId,
    openUntil: instant(row.openUntil),
    steps: STEPS.map((step) => ({ step, stepText: words.text('installStep', step), doneAt: row.steps[step] ?? null })),
    textVersion: CONSENT_VERSION,
    consents: PURPOSES.map((purpose) => ({
      purpose,
      purposeText: words.text('consent', purpose),
      text: words.of(her.locale).text('consentText', purpose),
      given: consents[purpose] ?? null,
    })),
    contact: contact ? { ...contact, phone: maskPhone(contact.phone) } : null,
  };
}

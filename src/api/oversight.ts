/** Figures and lists of whoever answers for the service. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { type Static, Type } from 'typebox';
import { stringify } from 'yaml';
import { Refusal } from '../errors.ts';
import { only } from './access.ts';
import { instant } from './iso.ts';
import { maskName, named } from './mask.ts';
import type { ApiParts } from './parts.ts';
import { routesOf } from './route.ts';
import { Day, Id, Instant, Nullable, Person, problems, Text, Written } from './schemas.ts';

/** An answer that is a file, for the description. */
const file = (type: string) => ({ description: 'a file', content: { [type]: { schema: Type.String() } } });

const SUPERVISOR = ['supervisor'] as const;
const WRITERS = ['supervisor', 'officer'] as const;
const tags = ['oversight'];
const closed = { additionalProperties: false };
const Month = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])$', description: 'YYYY-MM' });
const OfMonth = Type.Object({ month: Type.Optional(Month) });
const Counted = Type.Array(Type.Object({ code: Text, text: Text, count: Type.Integer() }));
const Seconds = Nullable(Type.Number());

const Figures = Type.Object({
  month: Text,
  errands: Type.Array(
    Type.Object({ errand: Text, text: Text, begun: Type.Integer(), finished: Type.Integer(), left: Type.Integer() }),
  ),
  turns: Type.Object({ all: Type.Integer(), missed: Type.Integer(), retried: Type.Integer(), mended: Type.Integer() }),
  handOvers: Counted,
  waits: Type.Object({ calls: Type.Integer(), answered: Type.Integer(), median: Seconds, longest: Seconds }),
  levels: Type.Array(
    Type.Object({ level: Type.Integer(), text: Text, service: Text, serviceText: Text, count: Type.Integer() }),
  ),
  places: Type.Array(Type.Object({ place: Text, count: Type.Integer(), good: Type.Integer(), bad: Type.Integer() })),
  tickets: Type.Array(
    Type.Object({ kind: Text, text: Text, count: Type.Integer(), open: Type.Integer(), overdue: Type.Integer() }),
  ),
  lights: Type.Object({ late: Type.Integer(), soon: Type.Integer(), good: Type.Integer(), askedTwice: Type.Integer() }),
  finished: Type.Array(Type.Object({ matter: Text, count: Type.Integer(), inTime: Type.Integer() })),
  special: Type.Integer(),
  unreached: Type.Integer(),
});
export type Figures = Static<typeof Figures>;

const Unreached = Type.Object({
  items: Type.Array(
    Type.Object({ id: Id, name: Text, called: Text, grade: Type.Integer(), station: Text, building: Text }),
  ),
});
const Blockage = Type.Object({
  id: Id,
  month: Text,
  kind: Text,
  kindText: Text,
  subject: Text,
  figure: Type.Integer(),
  owner: Nullable(Person),
  dueOn: Nullable(Day),
  state: Text,
  note: Nullable(Text),
});
const Carried = Type.Object(
  {
    ownerId: Type.Optional(Id),
    dueOn: Type.Optional(Day),
    note: Type.Optional(Written(500)),
    state: Type.Optional(Type.Enum(['open', 'solved'])),
  },
  { ...closed, minProperties: 1 },
);
const Sentence = Type.Object({
  id: Id,
  createdAt: Instant,
  updatedAt: Instant,
  text: Text,
  locale: Text,
  errand: Nullable(Text),
  asking: Nullable(Text),
  count: Type.Integer(),
  label: Nullable(Text),
});

/** For supervisors; sentences to label are an officer's too. Figures are counts, and nobody is named but those of the special list whom nobody has reached. */
export function oversightRoutes(scope: FastifyInstance, parts: ApiParts): void {
  figuresRoutes(scope, parts);
  blockageRoutes(scope, parts);
  sentenceRoutes(scope, parts);
}

function figuresRoutes(scope: FastifyInstance, parts: ApiParts): void {
  const config = { access: only('oversight', SUPERVISOR) };
  const route = routesOf(scope, 'oversight', config.access);
  route('GET /oversight', 'A month’s figures', { query: OfMonth, answer: Figures }, ({ query: { month } }) =>
    monthOf(parts, month),
  );
  route(
    'GET /oversight/unreached',
    'Of the special list, whom nobody has visited or spoken with in the month',
    { query: OfMonth, answer: Unreached },
    async ({ query: { month }, by }) => {
      const rows = await parts.services.oversight.notReached(month, by);
      return { items: rows.map((row) => ({ ...row, name: maskName(row.name) })) };
    },
  );
  scope.get('/oversight/report', {
    config,
    schema: {
      tags,
      summary: 'The month on paper, PDF',
      querystring: OfMonth,
      response: { 200: file('application/pdf'), ...problems },
    },
    handler: async (request, reply) => {
      const { month } = request.query as Static<typeof OfMonth>;
      const figures = await monthOf(parts, month);
      return sendPdf(parts, figures, reply);
    },
  });
}

/** @throws Refusal NoChineseFont where the server has none to print with */
async function sendPdf({ printed }: ApiParts, figures: Figures, reply: FastifyReply) {
  const pdf = await printed?.month(figures);
  if (!pdf) throw new Refusal('NoChineseFont');
  const name = `attachment; filename="${figures.month}.pdf"`;
  return reply.header('content-disposition', name).type('application/pdf').send(pdf);
}

/** With words beside the codes. */
async function monthOf({ services, words }: ApiParts, month: string | undefined): Promise<Figures> {
  const { errands, handOvers, levels, tickets, ...rest } = await services.oversight.figures(month);
  const of = (kind: string, name: string) => errands.find((one) => one.kind === kind && one.name === name)?.count ?? 0;
  const names = [...new Set(errands.filter(({ kind }) => kind !== 'turn').map(({ name }) => name))].sort();
  const turn = (name: string) => of('turn', name);
  return {
    ...rest,
    errands: names.map((errand) => ({
      errand,
      text: words.text('errand', errand),
      begun: of('begun', errand),
      finished: of('finished', errand),
      left: of('left', errand),
    })),
    turns: { all: turn('all'), missed: turn('missed'), retried: turn('retried'), mended: turn('mended') },
    handOvers: handOvers.map(({ reason, count }) => ({ code: reason, text: words.text('reason', reason), count })),
    levels: levels.map(({ level, service, count }) => ({
      level,
      text: words.text('level', level),
      service,
      serviceText: words.text('service', service),
      count,
    })),
    tickets: tickets.map(({ kind, ...one }) => ({ kind, text: words.text('ticketKind', kind), ...one })),
  };
}

function blockageRoutes(scope: FastifyInstance, parts: ApiParts): void {
  const { oversight } = parts.services;
  const route = routesOf(scope, 'oversight', only('blockages', SUPERVISOR));
  const answer = Type.Object({ items: Type.Array(Blockage) });

  route('GET /blockages', 'What stands in the way this month', { query: OfMonth, answer }, ({ query: { month } }) =>
    blockagesOf(parts, month),
  );
  route(
    'POST /blockages/find',
    'Looks for them; owners and days stay',
    { body: Type.Object({ month: Month }, closed), answer },
    async ({ key, body: { month }, by }) => {
      await oversight.findBlockages(key, month, by);
      return blockagesOf(parts, month);
    },
  );
  route('POST /blockages/:id/carry', 'Who mends it by when', { body: Carried }, async ({ key, id, body, by }) => {
    await oversight.carry(key, id, body, by);
  });
}

async function blockagesOf({ services, words }: ApiParts, month: string | undefined) {
  const found = await services.oversight.blockages(month);
  return {
    items: found.map(({ blockage, owner }) => ({
      ...blockage,
      kindText: words.text('blockage', blockage.kind),
      subject: blockage.kind === 'handedOver' ? words.text('reason', blockage.subject) : blockage.subject,
      owner: named(owner),
    })),
  };
}

function sentenceRoutes(scope: FastifyInstance, parts: ApiParts): void {
  const { oversight } = parts.services;
  const config = { access: only('sentences', WRITERS) };
  const route = routesOf(scope, 'oversight', config.access);
  route(
    'GET /sentences',
    'Sentences nobody understood, redacted; the most frequent first',
    {
      query: Type.Object({ labelled: Type.Optional(Type.Boolean()) }),
      answer: Type.Object({ items: Type.Array(Sentence), total: Type.Integer() }),
    },
    async ({ query: { labelled = false } }) => {
      const rows = await oversight.sentences(labelled);
      const items = rows.map(({ redacted, createdAt, updatedAt, ...row }) => ({
        ...row,
        text: redacted,
        createdAt: instant(createdAt),
        updatedAt: instant(updatedAt),
      }));
      return { items, total: labelled ? items.length : await oversight.unlabelled() };
    },
  );
  route(
    'POST /sentences/:id/label',
    'What it should have been understood as; `none`: nothing of ours',
    { body: Type.Object({ label: Type.String({ pattern: '^[a-z_]+(\\.[a-z_]+)?$', maxLength: 60 }) }, closed) },
    async ({ key, id, body: { label }, by }) => {
      await oversight.label(key, id, label, by);
    },
  );
  scope.get('/sentences/export', {
    config,
    schema: {
      tags,
      summary: 'Labelled ones as a sheet of test/understanding, YAML',
      response: { 200: file('text/yaml'), ...problems },
    },
    handler: async (_request, reply) => {
      const rows = await oversight.sentences(true, 5000);
      const sheet = rows.map(({ redacted, label, locale, asking }) => ({
        say: redacted,
        locale,
        ...(asking ? { asking } : {}),
        intent: label === 'none' ? 'out_of_scope' : label,
      }));
      const name = 'attachment; filename="sentences.yaml"';
      return reply.header('content-disposition', name).type('text/yaml; charset=utf-8').send(stringify(sheet));
    },
  });
}

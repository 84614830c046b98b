/** What the security administrator does to accounts. Not to her own: nobody lets herself in or out. */
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { Refusal } from '../../errors.ts';
import { ROLES } from '../../store/schema.ts';
import { only } from '../access.ts';
import { changesOf } from '../changing.ts';
import { staff } from '../nouns/staff.ts';
import type { ApiParts } from '../parts.ts';
import { Nothing, routesOf } from '../route.ts';
import { Id, Nullable, Person, Text, Written } from '../schemas.ts';

const SECURITY = ['security'] as const;

const Phone = Type.String({ pattern: '^\\d{5,12}$', description: 'digits; her own at work' });
const Languages = Type.Array(Type.Enum(['zh-CN', 'en-US']), {
  minItems: 1,
  uniqueItems: true,
  description: 'calls ring at her only in these',
});
const NewAccount = Type.Object(
  {
    username: Type.String({ pattern: '^[A-Za-z0-9._-]{2,64}$' }),
    name: Written(40, 1),
    role: Type.Enum(ROLES),
    placeId: Type.Optional(Id),
    duty: Type.Optional(Type.Enum(['A', 'B'])),
    badge: Type.Optional(Written(40, 1)),
    phone: Type.Optional(Phone),
    languages: Type.Optional(Languages),
  },
  { additionalProperties: false },
);
const Reach = Type.Object(
  { phone: Type.Optional(Nullable(Phone)), languages: Type.Optional(Languages) },
  { additionalProperties: false, minProperties: 1 },
);
const Handed = Type.Object({ id: Id, password: Text, totpUri: Text }, { description: 'shown this once' });

/** Routes of the security administrator, who manages accounts and reads no resident (三员分立). What is handed out is shown once. @throws Refusal Forbidden for her own account */
export function staffChanges(scope: FastifyInstance, parts: ApiParts): void {
  const accounts = parts.services.staff;
  const route = routesOf(scope, 'staff', only('staff', SECURITY));
  const change = changesOf(scope, parts, staff, SECURITY);

  route('POST /staff', 'A new account', { body: NewAccount, answer: Handed, status: 201 }, async ({ body, by }) => {
    const { staffId, ...handed } = await accounts.add(body, by);
    return { id: staffId, ...handed };
  });
  route(
    'GET /staff/places',
    'Where a clerk may work',
    { answer: Type.Object({ items: Type.Array(Person) }) },
    async () => ({ items: await accounts.workplaces() }),
  );
  route(
    'POST /staff/:id/password',
    'A new one-time password',
    { body: Nothing, answer: Type.Object({ password: Text }) },
    async ({ id, by, person }) => {
      notHerOwn(id, person.id);
      return { password: await accounts.resetPassword(id, by) };
    },
  );
  route(
    'POST /staff/:id/factor',
    'A new second factor, for a lost one',
    { body: Nothing, answer: Type.Object({ password: Text, totpUri: Text }) },
    async ({ id, by, person }) => {
      notHerOwn(id, person.id);
      return { password: '', totpUri: await accounts.resetFactor(id, by) };
    },
  );
  route('DELETE /staff/:id/sessions/:session', 'Ends somebody’s sign-in', {}, async ({ id, params, by }) => {
    if (!(await accounts.end(params.session ?? '', id, by))) throw new Refusal('NotFound');
  });
  change('disable', 'Shuts an account and ends its sign-ins', async (_key, id, by, { person }) => {
    notHerOwn(id, person.id);
    await accounts.disable(id, by);
  });
  change('enable', 'Opens an account again, and a locked one at once', async (_key, id, by, { person }) => {
    notHerOwn(id, person.id);
    await accounts.enable(id, by);
  });
  change('reach', 'Her telephone at work, and the languages in which calls ring at her', Reach, (_key, id, reach, by) =>
    accounts.setReach(id, reach, by),
  );
}

function notHerOwn(id: string, own: string): void {
  if (id === own) throw new Refusal('Forbidden');
}

/** Who may call which route. A route without a rule cannot be registered: forgetting is an error at start. */
import type { FastifyInstance, FastifyRequest, FastifySchema } from 'fastify';
import { Refusal } from '../errors.ts';
import { actorOf, type Person, type Role } from '../services/staff/sessions.ts';
import { writeAudit } from '../store/audit.ts';
import { householdsOnTheLine } from '../store/queries/calls.ts';
import { type Scope, stationsOf } from '../store/queries/page.ts';
import type { ApiParts } from './parts.ts';

/** `anybody` needs no sign-in, `signedIn` any role, else the roles that may. `sees`: roles that may read but not do this: 403, not 404. */
export type Access =
  | { kind: 'anybody' }
  | { kind: 'signedIn' }
  | { kind: 'roles'; roles: readonly Role[]; sees: readonly Role[]; noun: string; peopleOnly?: true };

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
  }
  interface FastifyRequest {
    person: Person | null;
  }
}

export const anybody: Access = { kind: 'anybody' };
export const signedIn: Access = { kind: 'signedIn' };

/** Roles that may call a route of a noun. */
export function only(noun: string, roles: readonly Role[], sees: readonly Role[] = []): Access {
  return { kind: 'roles', noun, roles, sees };
}

/** The same, and never with a key: what a worker does at somebody's home, and what keys are made with. */
export function onlyPeople(noun: string, roles: readonly Role[], sees: readonly Role[] = []): Access {
  return { kind: 'roles', noun, roles, sees, peopleOnly: true };
}

/** Nouns that the property system may reach with a key, and the scope that opens them. */
const KEY_SCOPES: Record<string, string> = {
  speakers: 'speakers',
  alarms: 'speakers',
  fleet: 'speakers',
  households: 'households',
};

/** The scope that a key needs for a route; undefined where no key helps. */
function scopeNeeded(rule: Access | undefined, method: string): string | undefined {
  if (rule?.kind !== 'roles' || rule.peopleOnly || !rule.roles.includes('operator')) return undefined;
  const scope = KEY_SCOPES[rule.noun];
  return scope && `${scope}:${method === 'GET' || method === 'HEAD' ? 'read' : 'write'}`;
}

/** Holds every route of the scope to its rule. Order: signed in (401), token (403, see sign-in), role (404, or 403 where it may read). */
export function requireRules(scope: FastifyInstance): void {
  scope.addHook('onRoute', (route) => {
    const access = route.config?.access;
    if (!access) throw new Error(`${String(route.method)} ${route.url} has no access rule`);
    const needed = scopeNeeded(access, String(route.method));
    if (needed) route.schema = { ...route.schema, security: [{ session: [] }, { key: [needed] }] } as FastifySchema;
  });
}

/** Whose role does not suffice is refused, and it is written down: NotFound, or Forbidden where she may read; PasswordChangeRequired comes before both. */
export function requireRoles(scope: FastifyInstance, parts: Pick<ApiParts, 'database' | 'clock'>): void {
  scope.addHook('onRequest', async (request) => {
    const rule = request.routeOptions.config.access;
    if (request.person?.key) return requireScope(parts, request, request.person);
    if (rule?.kind !== 'roles') return;
    const person = personOf(request);
    if (person.mustChangePassword) throw new Refusal('PasswordChangeRequired');
    if (rule.roles.includes(person.role)) return;
    await denied(parts, person, `${rule.noun}/*`);
    throw new Refusal(rule.sees.includes(person.role) ? 'Forbidden' : 'NotFound');
  });
}

/** The property system reaches what its key's scopes open, and nothing of a person's own. */
async function requireScope(
  parts: Pick<ApiParts, 'database' | 'clock'>,
  request: FastifyRequest,
  person: Person,
): Promise<void> {
  const rule = request.routeOptions.config.access;
  const needed = scopeNeeded(rule, request.method);
  if (needed && person.key?.scopes.includes(needed)) return;
  await denied(parts, person, `${rule?.kind === 'roles' ? rule.noun : 'session'}/*`);
  throw new Refusal('Forbidden');
}

/** The signed-in person of a request behind a rule that asks for one. @throws Refusal SignInRequired */
export function personOf(request: FastifyRequest): Person {
  if (!request.person) throw new Refusal('SignInRequired');
  return request.person;
}

/** Writes down that somebody reached for what is not hers. */
async function denied(
  { database, clock }: Pick<ApiParts, 'database' | 'clock'>,
  person: Person,
  subject: string,
): Promise<void> {
  await database.transaction((tx) =>
    writeAudit(tx, { at: clock.now(), actor: actorOf(person), action: 'read', subject, result: 'denied' }),
  );
}

/** Which rows she may see: a clerk those of her station, or of her centre's stations, and whoever is on the line; the others what their routes give. */
export async function scopeOf(parts: Pick<ApiParts, 'database'>, person: Person): Promise<Scope> {
  if (person.role !== 'clerk') return { stations: 'all', staffId: person.id };
  const stations = person.place ? await stationsOf(parts.database.db, person.place.id) : [];
  return { stations, staffId: person.id, households: await householdsOnTheLine(parts.database.db, person.id) };
}

/** Who may call which route. A route without a rule cannot be registered: forgetting is an error at start. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refusal } from '../errors.ts';
import { actorOf, type Person, type Role } from '../services/staff-sessions.ts';
import { writeAudit } from '../store/audit.ts';
import { type Scope, stationsOf } from '../store/queries/page.ts';
import type { ApiParts } from './parts.ts';

/** `anybody` needs no sign-in, `signedIn` any role, else the roles that may. `sees`: roles that may read but not do this: 403, not 404. */
export type Access =
  | { kind: 'anybody' }
  | { kind: 'signedIn' }
  | { kind: 'roles'; roles: readonly Role[]; sees: readonly Role[]; noun: string };

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

/** Holds every route of the scope to its rule. Order: signed in (401), token (403, see sign-in), role (404, or 403 where it may read). */
export function requireRules(scope: FastifyInstance): void {
  scope.addHook('onRoute', (route) => {
    if (!route.config?.access) throw new Error(`${String(route.method)} ${route.url} has no access rule`);
  });
}

/** Whose role does not suffice is refused, and it is written down. */
export function requireRoles(scope: FastifyInstance, parts: Pick<ApiParts, 'database' | 'clock'>): void {
  scope.addHook('onRequest', async (request) => {
    const rule = request.routeOptions.config.access;
    if (rule?.kind !== 'roles') return;
    const person = personOf(request);
    if (person.mustChangePassword) throw new Refusal('PasswordChangeRequired');
    if (rule.roles.includes(person.role)) return;
    await denied(parts, person, `${rule.noun}/*`);
    throw new Refusal(rule.sees.includes(person.role) ? 'Forbidden' : 'NotFound');
  });
}

/** The signed-in person of a request behind a rule that asks for one. @throws Refusal SignInRequired */
export function personOf(request: FastifyRequest): Person {
  if (!request.person) throw new Refusal('SignInRequired');
  return request.person;
}

/** Writes down that somebody reached for what is not hers. */
export async function denied(
  { database, clock }: Pick<ApiParts, 'database' | 'clock'>,
  person: Person,
  subject: string,
): Promise<void> {
  await database.transaction((tx) =>
    writeAudit(tx, { at: clock.now(), actor: actorOf(person), action: 'read', subject, result: 'denied' }),
  );
}

/** Which rows she may see: a clerk those of her station, or of her centre's stations; the others what their routes give. */
export async function scopeOf(parts: Pick<ApiParts, 'database'>, person: Person): Promise<Scope> {
  if (person.role !== 'clerk') return { stations: 'all', staffId: person.id };
  const stations = person.place ? await stationsOf(parts.database.db, person.place.id) : [];
  return { stations, staffId: person.id };
}

/** Changes to one item: in scope, once per key, answered with the item as it stands afterwards. */
import type { FastifyInstance } from 'fastify';
import type { Static, TObject } from 'typebox';
import type { Person, Role } from '../services/staff/sessions.ts';
import type { Actor } from '../store/audit.ts';
import type { EffectKey } from '../store/once.ts';
import { only } from './access.ts';
import type { ApiParts } from './parts.ts';
import { afterwards, fullOf, type Noun, rowOf } from './reading.ts';
import { Nothing, routesOf } from './route.ts';

/** For work that wants more than its service does: the row as the reader sees it, and who she is. */
interface At<Row> {
  row: Row;
  person: Person;
}

/** A service's own signature; one without a body leaves it out. */
type Bare<Row> = (key: EffectKey, id: string, by: Actor, at: At<Row>) => Promise<unknown>;
type Full<Row, Body> = (key: EffectKey, id: string, body: Body, by: Actor, at: At<Row>) => Promise<unknown>;

interface Changes<Row> {
  (verb: string, summary: string, work: Bare<Row>): void;
  <B extends TObject>(verb: string, summary: string, body: B, work: Full<Row, Static<B>>): void;
}

/**
 * Changes of one noun for these roles, each `POST /<noun>/:id/<verb>`: `change('move', 'Takes it elsewhere', Home, fleet.move)`.
 * Whoever may read the noun but not change it is told 403, everybody else 404.
 */
export function changesOf<Row, F extends TObject, I extends TObject, D extends TObject>(
  scope: FastifyInstance,
  parts: ApiParts,
  noun: Noun<Row, F, I, D>,
  roles: readonly Role[],
): Changes<Row> {
  const route = routesOf(scope, noun.name, only(noun.name, roles, noun.roles));
  const answer = fullOf(noun);

  return <B extends TObject>(verb: string, summary: string, ...given: [Bare<Row>] | [B, Full<Row, Static<B>>]) => {
    const [body, work] = given.length === 1 ? [Nothing, bodiless(given[0])] : given;
    route(
      `POST /${noun.name}/:id/${verb}`,
      summary,
      { body, answer },
      async ({ id, body: filled, key, by, person }) => {
        const row = await rowOf(parts, noun, person, id);
        await work(key, id, filled as Static<B>, by, { row, person });
        return afterwards(parts, noun, person, id);
      },
    );
  };
}

const bodiless =
  <Row>(work: Bare<Row>): Full<Row, unknown> =>
  (key, id, _body, by, at) =>
    work(key, id, by, at);

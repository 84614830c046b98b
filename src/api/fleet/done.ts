/** What the operator's routes share: their rule, and the answer where there is nothing to say but that it is done. */
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { only } from '../access.ts';
import { routesOf } from '../route.ts';

export const Done = Type.Object({ done: Type.Boolean() });
export const DONE = { done: true };

/** Routes of the operator that are neither a list nor a change of one item of a list. */
export const operatorRoutes = (scope: FastifyInstance, noun: string) => routesOf(scope, noun, only(noun, ['operator']));

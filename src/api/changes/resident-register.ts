/** Who lives at an address, as the office writes it down. */
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { only } from '../access.ts';
import { residents } from '../nouns/residents.ts';
import type { ApiParts } from '../parts.ts';
import { routesOf } from '../route.ts';
import { Day, Id, Written } from '../schemas.ts';

const NewResident = Type.Object(
  {
    householdId: Id,
    name: Written(40, 1),
    called: Written(20, 1),
    hukou: Type.Enum(['binhai', 'tianjin', 'outside']),
    idNumber: Type.Optional(Type.String({ pattern: '^\\d{17}[\\dXx]$', description: 'whole; gives birthday and sex' })),
    birthDate: Type.Optional(Day),
    sex: Type.Optional(Type.Enum(['female', 'male'])),
    phone: Type.Optional(Type.String({ pattern: '^\\d{7,12}$' })),
    locale: Type.Optional(Type.Enum(['zh-CN', 'en-US'])),
  },
  { additionalProperties: false, description: 'an ID number, or birthday and sex' },
);

/** Supervisors alone, with whoever reads residents told 403. What she agrees to is not asked here: no consent follows from being registered. */
export function residentRegister(scope: FastifyInstance, parts: ApiParts): void {
  routesOf(scope, 'residents', only('residents', ['supervisor'], residents.roles))(
    'POST /residents',
    'Registers somebody who lives at an address',
    { body: NewResident, answer: Type.Object({ id: Id }), status: 201 },
    ({ key, body, by }) => parts.services.residentRegister.add(key, body, by),
  );
}

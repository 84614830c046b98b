import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { RULES } from './rules.ts';
import { ask, type Client, openStage, type Stage } from './stage.ts';

/** Random members of the address line and bodies, true and hostile ones mixed. 0 answers of 500 and above are wanted. */
let stage: Stage;
const people: Client[] = [];
let filters: Record<string, string[]>;

beforeAll(async () => {
  stage = await openStage();
  for (const role of ['clerk', 'supervisor', 'operator', 'officer', 'auditor', 'security'])
    people.push(await stage.signIn(role));
  const { body } = await ask(stage.app, { method: 'GET', url: '/api/openapi.json' });
  filters = Object.fromEntries(
    Object.entries(body.paths as Record<string, { get?: { parameters?: { name: string; in: string }[] } }>).map(
      ([path, { get }]) => [path, (get?.parameters ?? []).filter((one) => one.in === 'query').map((one) => one.name)],
    ),
  );
});

const hostile = fc.oneof(
  fc.constantFrom(
    "'; drop table booking; --",
    '%00',
    '\u0000',
    '../../etc/passwd',
    '1e309',
    '-1',
    '99999999999999999999',
    '0000-00-00',
    '2026-02-30',
    '+275761-01-01',
    '9999-12-31',
    '0001-01-01',
    'true',
    'null',
    '[]',
    '\ud800',
    '\u202e',
    'x'.repeat(3000),
    '__proto__',
    '00000000-0000-0000-0000-000000000000',
  ),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.integer().map(String),
  fc.uuid(),
);

const lists = Object.keys(RULES)
  .filter((route) => /^GET \/api\/\w+$/.test(route))
  .map((route) => route.slice(4));
const changes = Object.keys(RULES).filter((route) => route.startsWith('POST') && !route.includes('session'));

const fine = (status: number) => status < 500;

/** Many requests in one test: on a busy machine they take their time. */
const PATIENT = { timeout: 180_000 };

describe('junk', PATIENT, () => {
  it('in the address line is answered with less than 500, by every list and role', async () => {
    const query = fc.record({
      list: fc.nat(),
      person: fc.nat(),
      picks: fc.array(fc.tuple(fc.nat(), hostile), { maxLength: 5 }),
    });
    await fc.assert(
      fc.asyncProperty(query, async ({ list, person, picks }) => {
        const path = lists[list % lists.length] ?? '';
        const names = [...(filters[path] ?? []), 'nonsense', '__proto__'];
        const asked = picks
          .map(([n, value]) => `${names[n % names.length]}=${encodeURIComponent(wellFormed(value))}`)
          .join('&');
        const { status } = (await people[person % people.length]?.get(`${path}?${asked}`)) ?? {};
        return fine(status ?? 500);
      }),
      { numRuns: 250 },
    );
  });

  it('in the path or in a body is answered with less than 500, by every change', async () => {
    const value = fc.oneof(hostile, fc.jsonValue({ maxDepth: 2 }), fc.dictionary(fc.string(), hostile, { maxKeys: 3 }));
    const members = [
      'reason',
      'field',
      'status',
      'note',
      'notes',
      'outcome',
      'workerId',
      'day',
      'half',
      'answer',
      'householdId',
      'room',
      'slotId',
    ];
    const body = fc.oneof(value, fc.dictionary(fc.constantFrom(...members), value, { maxKeys: 4 }));
    const request = fc.record({ change: fc.nat(), person: fc.nat(), id: fc.oneof(hostile, fc.constant('own')), body });
    await fc.assert(
      fc.asyncProperty(request, async ({ change, person, id, body }) => {
        const client = people[person % people.length];
        const url = addressOf(changes[change % changes.length] ?? '', id);
        const payload = JSON.stringify(body) ?? 'null';
        const headers = {
          cookie: client?.cookie ?? '',
          'x-csrf-token': client?.csrf ?? '',
          'content-type': 'application/json',
        };
        return fine((await ask(stage.app, { method: 'POST', url, payload, headers })).status);
      }),
      { numRuns: 250 },
    );
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it('instead of a sign-in is answered with less than 500', async () => {
    const body = fc.oneof(
      hostile,
      fc.record({ username: hostile, password: hostile, code: hostile }),
      fc.jsonValue({ maxDepth: 2 }),
    );
    await fc.assert(
      fc.asyncProperty(body, fc.ipV4(), async (payload, address) => {
        const headers = { 'content-type': 'application/json', 'x-forwarded-for': address };
        return fine(
          (
            await ask(stage.app, {
              method: 'POST',
              url: '/api/session',
              payload: JSON.stringify(payload) ?? '',
              headers,
            })
          ).status,
        );
      }),
      { numRuns: 100 },
    );
  });

  it('instead of a cookie is a stranger', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme-ascii', maxLength: 80 }), async (junk) => {
        const cookie = `jialiban=${encodeURIComponent(junk)}`;
        return (await ask(stage.app, { method: 'GET', url: '/api/session', headers: { cookie } })).status === 401;
      }),
      { numRuns: 50 },
    );
  });
});

/** encodeURIComponent throws on half a character. */
const wellFormed = (value: string) => value.replace(/[\ud800-\udfff]/g, '\ufffd');

function addressOf(route: string, id: string): string {
  const url = route.slice('POST '.length);
  const noun = url.split('/')[2] ?? '';
  const own = stage.world.rows[noun]?.near ?? stage.world.staff.homelessClerk ?? '';
  return url.replace(/:\w+/, encodeURIComponent(wellFormed(id === 'own' ? own : id)));
}

/** What the auditor does beside reading: verifies the chain, and takes the rows along as a table. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { actorOf } from '../services/staff/sessions.ts';
import { verifyAudit, writeAudit } from '../store/audit.ts';
import { parseKeyRing } from '../store/keys.ts';
import { auditRows } from '../store/queries/audit.ts';
import { only, personOf } from './access.ts';
import { instant } from './iso.ts';
import { notTooOften } from './limits.ts';
import { moments, period } from './nouns/period.ts';
import type { ApiParts } from './parts.ts';
import { Instant, Nullable, problems, Text } from './schemas.ts';

const AUDITOR = ['auditor'] as const;
const tags = ['audit'];
/** A verification reads everything since the last checkpoint. */
const LIMIT = { limit: 6, windowSeconds: 60 };
const MOST_ROWS = 20_000;
const SHOWN_FAULTS = 200;

const Verdict = Type.Object({
  at: Instant,
  whole: Type.Boolean({ description: 'nothing altered, missing, swapped, cut or forged' }),
  total: Type.Integer(),
  faults: Type.Array(
    Type.Object({ kind: Text, kindText: Text, sequence: Nullable(Type.Integer()), auditId: Nullable(Text) }),
  ),
});
const Period = Type.Object(period);

/** Routes of the auditor alone. Verifying is kept to six a minute; an export is itself audited, by how many rows it holds, and ends at 20 000. */
export function auditProof(scope: FastifyInstance, parts: ApiParts): void {
  const config = { access: only('audit', AUDITOR) };
  const keys = parseKeyRing(parts.secrets.secretKeys);

  scope.get('/audit/verification', {
    config,
    schema: {
      tags,
      summary: 'Verifies the chain since its newest checkpoint',
      response: { 200: Verdict, ...problems },
    },
    handler: async (request): Promise<Static<typeof Verdict>> => {
      await notTooOften(parts.rates, `verify:${personOf(request).id}`, LIMIT);
      const faults = await verifyAudit(parts.database, keys);
      return {
        at: instant(parts.clock.now()),
        whole: faults.length === 0,
        total: faults.length,
        faults: faults.slice(0, SHOWN_FAULTS).map(({ kind, sequence = null, auditId = null }) => ({
          kind,
          kindText: parts.words.text('auditFault', kind),
          sequence,
          auditId,
        })),
      };
    },
  });

  scope.get('/audit/export', {
    config,
    schema: {
      tags,
      summary: 'Rows of a period as a table; ids, never names',
      querystring: Period,
      response: { 200: { description: 'a file', content: { 'text/csv': { schema: Type.String() } } }, ...problems },
    },
    handler: async (request, reply) => {
      const person = personOf(request);
      const { from, until } = request.query as Static<typeof Period>;
      const filter = moments(from, until);
      const asked = { scope: { stations: 'all' as const, staffId: person.id }, filter, limit: MOST_ROWS, offset: 0 };
      const { rows } = await parts.database.transaction(async (tx) => {
        const found = await auditRows(tx, asked);
        const fields = [`count:${found.rows.length}`];
        const entry = {
          at: parts.clock.now(),
          actor: actorOf(person),
          action: 'audit.export',
          subject: 'audit',
          fields,
        };
        await writeAudit(tx, { ...entry, result: 'done' });
        return found;
      });
      const lines = rows.map(({ audit: row, sequence }) =>
        [row.id, instant(row.at), row.actorKind, row.actorId, row.role, row.action, row.residentId, row.subject]
          .concat([row.fields.join(' '), row.reason, row.result, sequence === null ? '' : String(sequence)])
          .map(cell)
          .join(','),
      );
      reply.header('content-disposition', 'attachment; filename="audit.csv"').type('text/csv; charset=utf-8');
      return reply.send(`\ufeff${[HEAD, ...lines].join('\r\n')}\r\n`);
    },
  });
}

const HEAD = 'id,at,actorKind,actorId,role,action,residentId,subject,fields,reason,result,sequence';

/** Quoted, and never the beginning of a formula. */
function cell(value: string | null): string {
  const text = value ?? '';
  return `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}

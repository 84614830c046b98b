import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readWords } from '../../src/api/words.ts';
import { reasonWords } from '../../src/consoles/clerk/call/words.ts';
import { type RefusalName, refusals } from '../../src/errors.ts';
import * as schema from '../../src/store/schema.ts';

const words = readWords();

/** Every code that the database can hold, and the table of words that it is shown with. */
const SHOWN: [string, readonly (string | number)[]][] = [
  ['direction', schema.booking.direction.enumValues],
  ['mode', schema.booking.mode.enumValues],
  ['bookingState', schema.booking.state.enumValues],
  ['caseStatus', schema.CASE_STATUSES],
  ['delivery', schema.caseFile.delivery.enumValues],
  ['caseKind', schema.caseFile.kind.enumValues],
  ['caseSource', [1, 2, 3, 4, 9]],
  ['limitUnit', schema.caseFile.limitUnit.enumValues],
  ['applicationKind', schema.application.kind.enumValues],
  ['applicationState', schema.application.state.enumValues],
  ['callState', schema.CALL_STATES],
  ['callbackState', schema.callback.state.enumValues],
  ['half', schema.visit.half.enumValues],
  ['visitState', schema.visit.state.enumValues],
  ['ticketKind', schema.ticket.kind.enumValues],
  ['ticketState', schema.ticket.state.enumValues],
  ['brand', schema.speaker.brand.enumValues],
  ['speakerStatus', schema.SPEAKER_STATES],
  ['sex', schema.resident.sex.enumValues],
  ['hukou', schema.resident.hukou.enumValues],
  ['residentState', schema.resident.state.enumValues],
  ['channel', schema.resident.channel.enumValues],
  ['locale', schema.resident.locale.enumValues],
  ['guideState', schema.guide.state.enumValues],
  ['policyState', schema.policy.state.enumValues],
  ['deliveryState', schema.DELIVERY_STATES],
  ['service', schema.rating.service.enumValues],
  ['level', [1, 2, 3, 4, 5]],
  ['role', schema.ROLES],
  ['duty', schema.staff.duty.enumValues],
  ['actorKind', schema.audit.actorKind.enumValues],
  ['auditResult', schema.audit.result.enumValues],
  ['problem', Object.keys(refusals)],
];

const sourcesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'));

describe('the words beside codes', () => {
  it.each(SHOWN)('%s: none is missing', (kind, codes) => {
    expect(codes.filter((code) => !words.has(kind, code))).toEqual([]);
  });

  it('why she wants somebody is in words, whatever the dialogue hands over for', () => {
    const named = sourcesIn('src/dialogue').flatMap((text) =>
      [...text.matchAll(/\breason: '(\w+)'/g)].map(([, reason]) => reason),
    );
    expect(named).toContain('harm');
    expect(named.filter((reason) => !words.has('reason', reason ?? ''))).toEqual([]);
    expect(named.filter((reason) => reasonWords(reason ?? '') === reason)).toEqual([]);
  });

  it('shows a code that nobody has named yet as it is', () => {
    expect(words.text('reason', 'brand.new')).toBe('brand.new');
    expect(words.maybe('outcome', null)).toBeNull();
  });
});

describe('in English', () => {
  const english = readWords('en-US');

  it.each(SHOWN)('every code of %s has a word too', (kind, codes) => {
    expect(codes.filter((code) => !english.has(kind, code))).toEqual([]);
  });

  it('the tables hold the same codes', () => {
    const codesOf = (locale: string) => {
      const tables = parse(readFileSync(`locales/${locale}/_codes.yaml`, 'utf8')) as Record<string, object>;
      return Object.entries(tables).flatMap(([kind, words]) => Object.keys(words).map((code) => `${kind}.${code}`));
    };
    expect(codesOf('en-US').sort()).toEqual(codesOf('zh-CN').sort());
  });

  it('every refusal has words too', () => {
    const silent = (Object.keys(refusals) as RefusalName[]).filter(
      (one) => words.has('problem', one) && !english.has('problem', one),
    );
    expect(silent).toEqual([]);
  });
});

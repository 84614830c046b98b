/** The sample community of the morning that most tests live in: made once a run, every application begins with a copy. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inject } from 'vitest';
import { createCalendar } from '../../src/services/calendar.ts';
import { loadCatalogue } from '../../src/services/catalogue/catalogue.ts';
import { createFields } from '../../src/store/fields.ts';
import { parseKey, parseKeyRing, type Secrets } from '../../src/store/keys.ts';
import { type Demo, seedCommunity } from '../../src/store/seed/index.ts';
import { fixedClock } from './clock.ts';
import { madeTemplate } from './postgres.ts';
import { testSecrets } from './secrets.ts';

export const MORNING = '2026-11-23T09:30';

export interface Community {
  template: string;
  /** What its fields are sealed with: an application on a copy needs them. */
  secrets: Secrets;
  demo: Demo;
}

const TEMPLATE = 'template_community';

/** The community of {@link MORNING}. */
export async function community(): Promise<Community> {
  const kept = join(inject('runFolder'), 'community.json');
  await madeTemplate(TEMPLATE, async (database) => {
    const secrets = testSecrets();
    const fields = createFields({
      keys: parseKeyRing(secrets.fieldKeys),
      indexKey: parseKey(secrets.indexKey, 'index'),
    });
    const catalogue = loadCatalogue();
    const calendar = createCalendar(catalogue.holidays);
    const demo = await seedCommunity({ database, fields, clock: fixedClock(MORNING), catalogue, calendar });
    await writeFile(kept, JSON.stringify({ template: TEMPLATE, secrets, demo }), { mode: 0o600 });
  });
  return JSON.parse(await readFile(kept, 'utf8')) as Community;
}

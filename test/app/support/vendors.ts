/** All brands open at once: certificates of our own authority, in date by the real clock, laid down where the product looks for them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuthority, type Issued, onceARun } from '../../platforms/support/authority.ts';
import {
  ALEXA_SKILL,
  ALIGENIE_HEADER,
  ALIGENIE_SECRET,
  ALIGENIE_SKILL,
  DUEROS_SKILL,
  XIAOAI_APP,
  XIAOAI_KEY_ID,
  XIAOAI_SECRET,
} from '../../platforms/support/brands.ts';
import { atEnd } from '../../support/releasing.ts';

const DAY_MS = 86_400_000;

export interface Vendors {
  alexa: Issued;
  dueros: Issued;
  /** For `buildApp`: every brand's route is open. */
  env: Record<string, string>;
}

export function vendorsOfOurOwn(): Vendors {
  const directory = mkdtempSync(join(tmpdir(), 'jialiban-vendors-'));
  const { root, alexa, dueros } = onceARun('vendors-of-today', issued);
  writeFileSync(join(directory, 'root.pem'), root.certificate);
  writeFileSync(join(directory, 'echo-api-cert-12.pem'), alexa.certificate + root.certificate);
  writeFileSync(join(directory, 'dueros-api.baidu.com.cer.txt'), dueros.certificate);
  atEnd(() => rmSync(directory, { recursive: true, force: true }));
  return { alexa, dueros, env: environment(directory) };
}

function issued() {
  const authority = createAuthority('vendors-of-today');
  const dates = { from: new Date(Date.now() - DAY_MS), until: new Date(Date.now() + DAY_MS) };
  const root = authority.issue({ name: 'test root', authority: true, ...dates });
  const leaf = (name: string) => authority.issue({ name, san: `DNS:${name}`, by: root, ...dates });
  const [alexa, dueros] = [leaf('echo-api.amazon.com'), leaf('dueros-api.baidu.com')];
  authority.close();
  return { root, alexa, dueros };
}

const environment = (directory: string) => ({
  PLATFORM_CERTS_DIR: directory,
  EXTRA_CA_CERTS: join(directory, 'root.pem'),
  ALEXA_SKILL_ID: ALEXA_SKILL,
  DUEROS_SKILL_ID: DUEROS_SKILL,
  ALIGENIE_SKILL_ID: ALIGENIE_SKILL,
  ALIGENIE_SECRET_HEADER: ALIGENIE_HEADER,
  ALIGENIE_SECRET,
  XIAOAI_APP_ID: XIAOAI_APP,
  XIAOAI_KEY_ID,
  XIAOAI_SECRET,
});

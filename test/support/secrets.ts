/** Keys for tests: fresh in every process, so that nothing can come to rest on one. */
import { randomBytes } from 'node:crypto';
import type { Secrets } from '../../src/store/keys.ts';

export function testSecrets(): Secrets {
  const key = () => randomBytes(32).toString('base64');
  return { secretKeys: `t1:${key()}`, fieldKeys: `t1:${key()}`, indexKey: key() };
}

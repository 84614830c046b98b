import { createSign, createVerify, generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';

/** Whether this machine's policy lets RSA with SHA-1 be verified: the platform signs with nothing else. */
export async function sha1Works(): Promise<boolean> {
  try {
    const { privateKey, publicKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
    const signature = createSign('RSA-SHA1').update('x').sign(privateKey);
    return createVerify('RSA-SHA1').update('x').verify(publicKey, signature);
  } catch {
    return false;
  }
}

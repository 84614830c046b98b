import { constants, type KeyObject, privateDecrypt } from 'node:crypto';
import { NotVerified } from '../delivery.ts';
import { textAt, tryParse } from '../foreign.ts';

/**
 * The body inside an encrypted one: `{queryMetaInfo, securityQuery}`, RSA with PKCS#1 v1.5 in blocks of the key's size.
 * Other bodies pass unchanged. @throws NotVerified when it does not open
 */
export function openSealed(body: unknown, key: KeyObject | undefined): unknown {
  const sealed = textAt(body, 'securityQuery');
  if (sealed === undefined) return body;
  if (!key) throw new NotVerified('encrypted body without a key of ours');
  const opened = tryParse(decrypt(Buffer.from(sealed, 'base64'), key));
  if (opened === undefined) throw new NotVerified('encrypted body does not open');
  return opened;
}

function decrypt(sealed: Buffer, key: KeyObject): string {
  const size = (key.asymmetricKeyDetails?.modulusLength ?? 0) / 8;
  if (size === 0 || sealed.length === 0 || sealed.length % size !== 0)
    throw new NotVerified('encrypted body does not open');
  const blocks = Array.from({ length: sealed.length / size }, (_, i) => sealed.subarray(i * size, (i + 1) * size));
  try {
    return Buffer.concat(
      blocks.map((block) => unpad(privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, block))),
    ).toString('utf8');
  } catch (cause) {
    throw new NotVerified('encrypted body does not open', 400, { cause });
  }
}

// Node refuses this padding for decryption, because answers that differ by how it fails give the plain text away. Here all
// failures are one answer, and only who knows the secret header gets as far.
function unpad(block: Buffer): Buffer {
  const end = block.indexOf(0, 2);
  if (block[0] !== 0 || block[1] !== 2 || end < 10) throw new NotVerified('encrypted body does not open');
  return block.subarray(end + 1);
}

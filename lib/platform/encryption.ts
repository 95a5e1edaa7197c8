import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** Thrown when a sealed text cannot be opened: another key, another purpose, or changed bytes. */
export class SealBrokenError extends Error {
  override readonly name = 'SealBrokenError';
}

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Encrypts `text` (AES-256-GCM) for one purpose. The purpose names the item that holds it, so that a sealed text
 * copied to another item does not open there.
 */
export function seal(text: string, key: string, purpose: string): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, derive(key), nonce).setAAD(Buffer.from(purpose));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return `v1.${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')}`;
}

/** The text that was sealed for this purpose. @throws SealBrokenError */
export function unseal(sealed: string, key: string, purpose: string): string {
  const bytes = Buffer.from(sealed.replace(/^v1\./, ''), 'base64url');
  try {
    const decipher = createDecipheriv(algorithm, derive(key), bytes.subarray(0, nonceBytes), {
      authTagLength: tagBytes,
    })
      .setAAD(Buffer.from(purpose))
      .setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
    return decipher.update(bytes.subarray(nonceBytes + tagBytes), undefined, 'utf8') + decipher.final('utf8');
  } catch (cause) {
    throw new SealBrokenError('A stored secret cannot be opened with the key of this installation.', { cause });
  }
}

/** Keys are texts of any length in the configuration; the cipher wants 32 bytes. @throws SealBrokenError for no key */
function derive(key: string): Buffer {
  if (key.length < 16) throw new SealBrokenError('tokenEncryptionKey must have at least 16 characters.');
  return Buffer.from(hkdfSync('sha256', key, '', 'postflow token encryption', 32));
}

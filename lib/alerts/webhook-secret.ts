import { seal, unseal } from '../platform/encryption.ts';
import type { RandomText } from '../platform/random-text.ts';

/** What secrets of webhooks are sealed and opened with. */
export interface SecretKey {
  readonly tokenEncryptionKey: string;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** A new secret with which messages to a webhook are signed: shown once, kept sealed. */
export function newWebhookSecret(randomText: RandomText): string {
  return `pfwh_${randomText(alphabet, 40)}`;
}

/** Seals a secret for its address; copied beside another address it does not open. */
export function sealWebhookSecret({ tokenEncryptionKey: key }: SecretKey, url: string, secret: string): string {
  return seal(secret, key, `webhook:${url}`);
}

/** The secret of an address. @throws SealBrokenError with another installation's key, or beside another address */
export function openWebhookSecret({ tokenEncryptionKey: key }: SecretKey, url: string, sealedSecret: string): string {
  return unseal(sealedSecret, key, `webhook:${url}`);
}

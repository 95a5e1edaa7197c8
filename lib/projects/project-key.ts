import type { App } from '../platform/app.ts';
import { hexDigits, type RandomText } from '../platform/random-text.ts';
import { type ProjectKey, readProjectKey } from './project-key-store.ts';

/** A new public key; it tells projects apart and is no secret. */
export function newPublicKey(randomText: RandomText): string {
  return randomText(hexDigits, 32);
}

/** What a client is configured with: where to send to, for which project. */
export function projectDsn(publicUrl: string, project: { readonly id: string; readonly publicKey: string }): string {
  const dsn = new URL(publicUrl);
  dsn.username = project.publicKey;
  dsn.pathname = `${dsn.pathname.replace(/\/+$/, '')}/${project.id}`;
  return dsn.href;
}

/** The project behind a public key; undefined for what is no key, or that of a deleted project. */
export async function findProjectKey(app: Pick<App, 'table'>, publicKey: string): Promise<ProjectKey | undefined> {
  return /^[0-9a-f]{32}$/.test(publicKey) ? readProjectKey(app.table, publicKey) : undefined;
}

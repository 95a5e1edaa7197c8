import type { App } from '../platform/app.ts';
import { readTokens, type StoredToken } from './token-store.ts';

/** What may be shown of a token after it was made: neither its text nor its hash. */
export type TokenDescription = Omit<StoredToken, 'hash'>;

/** A token without its hash. */
export function tokenDescription({ hash: _, ...shown }: StoredToken): TokenDescription {
  return shown;
}

/** All tokens of an organization, oldest first. */
export async function listTokens(
  app: Pick<App, 'table'>,
  input: { readonly organization: string },
): Promise<TokenDescription[]> {
  return (await readTokens(app.table, input.organization)).map(tokenDescription);
}

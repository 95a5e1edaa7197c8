import type { App } from '../platform/app.ts';
import { NotFoundError } from '../platform/errors.ts';
import { orRefuse } from '../platform/or-refuse.ts';
import { messages } from './messages.ts';
import { type TokenDescription, tokenDescription } from './token-description.ts';
import { deleteToken, readTokens } from './token-store.ts';

/**
 * Makes a token worthless, if it is of this kind; processes that used it a moment ago may accept it for a minute more.
 * @throws NotFoundError when the organization has no such token
 */
export async function revokeToken(
  app: Pick<App, 'table'>,
  input: { readonly organization: string; readonly id: string; readonly kind?: TokenDescription['kind'] },
): Promise<TokenDescription> {
  const token = (await readTokens(app.table, input.organization)).find(
    ({ id, kind }) => id === input.id && kind === (input.kind ?? kind),
  );
  if (token === undefined) throw new NotFoundError(messages.tokenUnknown);
  await orRefuse(deleteToken(app.table, token.hash), (why) => new NotFoundError(messages.tokenUnknown, why));
  return tokenDescription(token);
}

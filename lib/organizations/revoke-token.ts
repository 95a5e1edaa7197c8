import type { App } from '../platform/app.ts';
import { NotFoundError } from '../platform/errors.ts';
import { ConditionFailedError } from '../platform/table.ts';
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
  try {
    await deleteToken(app.table, token.hash);
  } catch (error) {
    if (error instanceof ConditionFailedError) throw new NotFoundError(messages.tokenUnknown, { cause: error });
    throw error;
  }
  return tokenDescription(token);
}

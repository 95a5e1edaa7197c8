import type { CallArguments } from '../call-arguments.ts';
import { Refusal } from '../refusal.ts';

/** What an app shows to say that it is itself. */
export interface AppCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Checks the client's id and secret, from the header or the arguments. Throws `invalid_client_id` or `bad_client_secret`. */
export function checkCredentials(
  credentials: AppCredentials | undefined,
  args: CallArguments,
  authorization?: string | null,
): void {
  const basic = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(authorization ?? '')?.[1];
  const [id, secret] =
    basic === undefined
      ? [args.text('client_id'), args.text('client_secret')]
      : Buffer.from(basic, 'base64').toString().split(':').map(decodeURIComponent);
  if (credentials === undefined || id !== credentials.clientId) throw new Refusal('invalid_client_id');
  if (secret !== credentials.clientSecret) throw new Refusal('bad_client_secret');
}

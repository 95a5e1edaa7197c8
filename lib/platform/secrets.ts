import { SecretsProvider } from '@aws-lambda-powertools/parameters/secrets';
import { parseSecrets, type Secrets } from './config.ts';

/** Rotated secrets are noticed after this long without a new deployment. */
const maxAgeSeconds = 15 * 60;

let provider: SecretsProvider | undefined;

/**
 * Fetches the secrets of this installation, once per process and quarter of an hour.
 * @throws ConfigurationError when fields are missing; whatever the SDK throws when it cannot be read.
 */
export async function fetchSecrets(secretId: string): Promise<Secrets> {
  provider ??= new SecretsProvider();
  return parseSecrets(await provider.get(secretId, { maxAge: maxAgeSeconds, transform: 'json' }));
}

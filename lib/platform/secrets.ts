import { SecretsProvider } from '@aws-lambda-powertools/parameters/secrets';
import { parseSecrets, type Secrets } from './config.ts';

let provider: SecretsProvider | undefined;

/**
 * Fetches the secrets of this installation. Whoever asks keeps them: nothing is cached here.
 * @throws ConfigurationError when fields are missing; whatever the SDK throws when it cannot be read.
 */
export async function fetchSecrets(secretId: string): Promise<Secrets> {
  provider ??= new SecretsProvider();
  return parseSecrets(await provider.get(secretId, { forceFetch: true, transform: 'json' }));
}

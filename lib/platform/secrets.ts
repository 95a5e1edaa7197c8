import { type AwsClient, type AwsService, awsClient, awsSurroundings } from './aws-client.ts';
import { parseSecrets, type Secrets } from './config.ts';

const service: AwsService = {
  name: 'secretsmanager',
  targetPrefix: 'secretsmanager',
  contentType: 'application/x-amz-json-1.1',
};

/**
 * Fetches the secrets of this installation. Whoever asks keeps them: nothing is cached here.
 * @throws ConfigurationError when fields are missing; AwsError when it cannot be read.
 */
export async function fetchSecrets(
  secretId: string,
  aws: AwsClient = awsClient(awsSurroundings(process.env)),
): Promise<Secrets> {
  const answer = await aws.call(service, 'GetSecretValue', { SecretId: secretId });
  const { SecretString: text = '' } = answer as { readonly SecretString?: string };
  return parseSecrets(jsonOf(text));
}

/** What is no JSON has no fields, which is what the error then says. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

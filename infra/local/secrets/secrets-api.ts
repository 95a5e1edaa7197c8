import type { AwsJsonOperations } from '../aws-json-api.ts';
import { AwsJsonError } from '../aws-json-api.ts';
import type { SecretModel } from '../template/stack-model.ts';

/** The one operation of Secrets Manager that the functions use, over values that the starter chose. */
export function secretsOperations(
  secrets: readonly SecretModel[],
  secretValue: (secret: SecretModel) => string,
): AwsJsonOperations {
  const createdAtSeconds = Date.now() / 1_000;
  return {
    'secretsmanager.GetSecretValue': async (input) => {
      const id = (input as { SecretId?: unknown }).SecretId;
      const secret = secrets.find(({ arn, name }) => id === arn || id === name);
      if (secret === undefined) {
        throw new AwsJsonError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
      }
      return {
        ARN: secret.arn,
        Name: secret.name,
        SecretString: secretValue(secret),
        VersionId: '00000000-0000-4000-8000-000000000001',
        VersionStages: ['AWSCURRENT'],
        CreatedDate: createdAtSeconds,
      };
    },
  };
}

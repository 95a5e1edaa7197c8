import { InvokeCommand, LambdaClient, ResourceNotFoundException } from '@aws-sdk/client-lambda';
import { NoLocalStackError, readLocalFile } from '../local/local-file.ts';
import { type AdminAnswer, type AdminPayload, type AdminTarget, adminAnswerSchema } from './payload.ts';

/**
 * Invokes the admin function of the running local stack, or with `stack` that of a deployed one, for which the usual
 * AWS credentials are used.
 * @throws Error that says what to do when the function cannot be reached or fails.
 */
export async function sendToAdmin(
  payload: AdminPayload,
  target: AdminTarget,
  localFile?: string,
): Promise<AdminAnswer> {
  const { client, stackName } = await clientFor(target, localFile);
  const FunctionName = `${stackName}-admin`;
  try {
    const output = await client.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(payload) }));
    const answer = output.Payload?.transformToString() ?? '';
    if (output.FunctionError !== undefined) throw new Error(`The function ${FunctionName} failed: ${answer}`);
    return adminAnswerSchema.parse(JSON.parse(answer));
  } catch (error) {
    throw explained(error, FunctionName, target);
  } finally {
    client.destroy();
  }
}

async function clientFor({ stack, region }: AdminTarget, localFile: string | undefined) {
  if (stack !== undefined) {
    return { client: new LambdaClient(region === undefined ? {} : { region }), stackName: stack };
  }
  const { endpoint, stackName } = await readLocalFile(localFile);
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return { client: new LambdaClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 }), stackName };
}

function explained(error: unknown, functionName: string, { stack }: AdminTarget): unknown {
  if (!(error instanceof Error)) return error;
  if (stack === undefined) {
    const gone = 'code' in error && error.code === 'ECONNREFUSED';
    return gone ? new NoLocalStackError({ cause: error }) : error;
  }
  if (error instanceof ResourceNotFoundException) {
    const message = `There is no function ${functionName} there. Check the stack's name, the region and the account.`;
    return new Error(message, { cause: error });
  }
  if (/region is missing/i.test(error.message))
    return new Error('Say in which region: --region us-east-1.', { cause: error });
  if (error.name === 'CredentialsProviderError') {
    return new Error('There are no AWS credentials. Log in first, for example with "aws sso login".', { cause: error });
  }
  return error;
}

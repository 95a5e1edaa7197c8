import { InvokeCommand, LambdaClient, ResourceNotFoundException } from '@aws-sdk/client-lambda';
import { NoLocalStackError, readLocalFile } from './local-file.ts';

/** An event for a function of the running local stack. */
export interface LocalInvocation {
  /** With or without the stack's name in front. */
  readonly name: string;
  readonly payload: string;
  readonly localFile?: string;
}

/** What came of it. */
export interface LocalInvocationResult {
  readonly failed: boolean;
  readonly logs: string;
  /** The answer, indented. */
  readonly answer: string;
}

/**
 * Invokes a function of the running local stack through Lambda's own API.
 * @throws NoLocalStackError, or an Error that names the functions there are.
 */
export async function invokeLocally({ name, payload, localFile }: LocalInvocation): Promise<LocalInvocationResult> {
  const { endpoint, stackName } = await readLocalFile(localFile);
  const client = new LambdaClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  try {
    const FunctionName = name.startsWith(`${stackName}-`) ? name : `${stackName}-${name}`;
    const output = await client.send(new InvokeCommand({ FunctionName, Payload: payload, LogType: 'Tail' }));
    return {
      failed: output.FunctionError !== undefined,
      logs: Buffer.from(output.LogResult ?? '', 'base64').toString('utf8'),
      answer: JSON.stringify(JSON.parse(output.Payload?.transformToString() || 'null'), null, 2),
    };
  } catch (error) {
    if (error instanceof ResourceNotFoundException) {
      throw new Error(`There is no function ${name}. There are: ${await functionNames(endpoint, stackName)}.`, {
        cause: error,
      });
    }
    // The file is of a stack that was killed and could not remove it.
    if (error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED')
      throw new NoLocalStackError({ cause: error });
    throw error;
  } finally {
    client.destroy();
  }
}

async function functionNames(endpoint: string, stackName: string): Promise<string> {
  const response = await fetch(`${endpoint}/2015-03-31/functions/`);
  const { Functions } = (await response.json()) as { Functions: { FunctionName: string }[] };
  return Functions.map(({ FunctionName }) => FunctionName.replace(`${stackName}-`, '')).join(', ');
}

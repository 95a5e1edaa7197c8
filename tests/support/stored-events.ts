import type { APIGatewayProxyEvent } from 'aws-lambda';
import { apiDoor, type ServedEndpoint } from '../../functions/middleware/api-door.ts';
import { withToken } from './acme.ts';
import { storedEvent } from './http-event.ts';
import { lambdaContext } from './lambda-context.ts';

/** Sends a stored event of a function of the API, with this token, and gives the status of its answer. */
export async function statusOf(
  functionName: string,
  served: readonly ServedEndpoint<never>[],
  { app, file, token }: { readonly app: unknown; readonly file: string; readonly token?: string },
): Promise<number> {
  const event = withToken(storedEvent<APIGatewayProxyEvent>(`${functionName}/${file.replace(/\.json$/, '')}`), token);
  return (await apiDoor(functionName, served, async () => app as never)(event, lambdaContext())).statusCode;
}

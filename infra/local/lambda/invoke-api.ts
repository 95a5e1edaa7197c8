import type { Hono } from 'hono';
import { type LambdaFunctions, PayloadTooLargeError, UnknownFunctionError } from './functions.ts';

/** The last 4 kB of an invocation's log, which is what Lambda gives with `LogType: Tail`. */
const logTailBytes = 4_096;

/** Adds Lambda's Invoke operation (and a short ListFunctions), so that the AWS SDK's client can be pointed here. */
export function addInvokeApi(app: Hono, functions: LambdaFunctions): void {
  app.get('/2015-03-31/functions/', (c) =>
    c.json({
      Functions: functions.names.map((name) => {
        const { model } = functions.pool(name);
        return {
          FunctionName: name,
          FunctionArn: model.arn,
          Timeout: model.timeoutSeconds,
          MemorySize: model.memoryMegabytes,
        };
      }),
    }),
  );
  app.post('/2015-03-31/functions/:name/invocations', async (c) => {
    const name = c.req.param('name');
    const type = c.req.header('x-amz-invocation-type') ?? 'RequestResponse';
    const payload = (await c.req.text()) || '{}';
    try {
      if (!isJson(payload)) {
        return refuse('InvalidRequestContentException', 'Could not parse request body into json', 400);
      }
      if (type === 'DryRun') {
        functions.pool(name);
        return new Response(null, { status: 204 });
      }
      if (type === 'Event') {
        const requestId = functions.invokeLater(name, payload);
        return new Response(null, { status: 202, headers: { 'x-amzn-requestid': requestId } });
      }
      const outcome = await functions.invoke(name, payload);
      const log = Buffer.from(`${outcome.logs.join('\n')}\n`);
      return new Response(outcome.payload, {
        headers: {
          'content-type': 'application/json',
          'x-amzn-requestid': outcome.requestId,
          'x-amz-executed-version': '$LATEST',
          ...(outcome.failed && { 'x-amz-function-error': 'Unhandled' }),
          ...(c.req.header('x-amz-log-type') === 'Tail' && {
            'x-amz-log-result': log.subarray(-logTailBytes).toString('base64'),
          }),
        },
      });
    } catch (error) {
      if (error instanceof UnknownFunctionError) return refuse('ResourceNotFoundException', error.message, 404);
      if (error instanceof PayloadTooLargeError) return refuse('RequestTooLargeException', error.message, 413);
      throw error;
    }
  });
}

function refuse(type: string, message: string, status: number): Response {
  return Response.json({ Type: 'User', Message: message }, { status, headers: { 'x-amzn-errortype': type } });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

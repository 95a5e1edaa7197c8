import { randomUUID } from 'node:crypto';
import type { Hono } from 'hono';

/** The operations of AWS services that speak JSON, by the value of the header `X-Amz-Target`. */
export type AwsJsonOperations = Readonly<Record<string, (input: unknown) => Promise<unknown>>>;

/** Thrown by an operation that refuses; the SDK turns `type` into the class of its error. */
export class AwsJsonError extends Error {
  readonly type: string;
  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

/** Adds the one address of AWS's JSON protocol, which tells operations apart by a header. */
export function addAwsJsonApi(app: Hono, operations: AwsJsonOperations): void {
  app.post('/', async (c) => {
    const target = c.req.header('x-amz-target') ?? '';
    const operation = operations[target];
    const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': randomUUID() };
    try {
      if (operation === undefined) {
        throw new AwsJsonError('UnknownOperationException', `infra/local has no stand-in for ${target}`);
      }
      return new Response(JSON.stringify(await operation(await c.req.json())), { headers });
    } catch (error) {
      if (!(error instanceof AwsJsonError)) throw error;
      const body = { __type: error.type, message: error.message, Message: error.message };
      return new Response(JSON.stringify(body), { status: 400, headers });
    }
  });
}

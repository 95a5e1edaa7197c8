import type { APIGatewayProxyEvent, SQSEvent } from 'aws-lambda';
import { expect } from 'vitest';
import { httpDoor } from '../../functions/middleware/http-door.ts';
import { queueDoor } from '../../functions/middleware/queue-door.ts';
import type { FunctionName } from '../../infra/functions.ts';
import { asFunction, refusedSoFar } from './granted-actions.ts';
import { lambdaContext } from './lambda-context.ts';

/** Sends a request to the function, which must answer 200. */
export async function request(
  door: { readonly name: string },
  app: unknown,
  event: APIGatewayProxyEvent,
): Promise<void> {
  const handler = httpDoor(door as never, async () => app as never);
  const answer = await asFunction(door.name as FunctionName, () => handler(event, lambdaContext()));
  expect(answer, `${door.name} ${refusedSoFar()}`).toMatchObject({ statusCode: 200 });
}

/** Hands messages to the function of a queue, which must take all of them. */
export async function work(door: { readonly name: string }, app: unknown, messages: readonly unknown[]): Promise<void> {
  expect(messages.length, door.name).toBeGreaterThan(0);
  const Records = messages.map((message, index) => ({
    messageId: String(index),
    body: JSON.stringify(message),
    attributes: { ApproximateReceiveCount: '1' },
  }));
  const handler = queueDoor(door as never, async () => app as never);
  const answer = await asFunction(door.name as FunctionName, () =>
    handler({ Records } as unknown as SQSEvent, lambdaContext()),
  );
  expect(answer.batchItemFailures, `${door.name} ${refusedSoFar()}`).toEqual([]);
}

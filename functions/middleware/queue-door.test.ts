import type { SQSEvent } from 'aws-lambda';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { maxReceiveCount } from '../../infra/constructs/work-queue.ts';
import type { Delivery } from '../../lib/platform/delivery.ts';
import { lambdaContext } from '../../tests/support/lambda-context.ts';
import { createTestApp } from '../../tests/support/test-app.ts';
import { queueDoor } from './queue-door.ts';

const eventOf = (receiveCount: string) =>
  ({
    Records: [{ messageId: '1', body: '{}', attributes: { ApproximateReceiveCount: receiveCount } }],
  }) as SQSEvent;

async function deliveryOf(receiveCount: string): Promise<Delivery[]> {
  const app = await createTestApp();
  const seen: Delivery[] = [];
  const handle = async (_: unknown, __: unknown, delivery: Delivery) => {
    seen.push(delivery);
  };
  await queueDoor({ name: 'any', message: z.object({}), handle }, async () => app)(
    eventOf(receiveCount),
    lambdaContext(),
  );
  return seen;
}

it.each([
  ['1', 1, false],
  [String(maxReceiveCount - 1), maxReceiveCount - 1, false],
  [String(maxReceiveCount), maxReceiveCount, true],
  [String(maxReceiveCount + 1), maxReceiveCount + 1, true],
  ['unknown', 1, false],
])(
  'a message that came %s times knows its attempt, and whether it is the last',
  async (count, attempt, lastAttempt) => {
    expect(await deliveryOf(count)).toEqual([{ messageId: '1', attempt, lastAttempt, remainingMs: 10_000 }]);
  },
);

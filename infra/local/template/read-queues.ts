import * as z from 'zod';
import { functionNameOf } from './read-functions.ts';
import { UnsupportedTemplateError } from './resolver.ts';
import { attributeOf, type Resources } from './resources.ts';
import type { EventSourceModel, QueueModel } from './stack-model.ts';

const queueSchema = z.object({
  VisibilityTimeout: z.coerce.number().default(30),
  DelaySeconds: z.coerce.number().default(0),
  MessageRetentionPeriod: z.coerce.number().default(345_600),
  RedrivePolicy: z.object({ deadLetterTargetArn: z.string(), maxReceiveCount: z.coerce.number() }).optional(),
  FifoQueue: z.literal(false).optional(),
});

const eventSourceSchema = z.object({
  EventSourceArn: z.string().regex(/^arn:aws:sqs:/, 'only SQS queues are event sources here'),
  FunctionName: z.string(),
  Enabled: z.boolean().default(true),
  BatchSize: z.coerce.number().default(10),
  MaximumBatchingWindowInSeconds: z.coerce.number().default(0),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  ScalingConfig: z.object({ MaximumConcurrency: z.coerce.number() }).optional(),
  FilterCriteria: z.undefined().optional(),
});

/** Reads the SQS queues. */
export function readQueues(resources: Resources): QueueModel[] {
  return resources.ofType('AWS::SQS::Queue', queueSchema).map((found) => {
    const { properties } = found;
    const redrive = properties.RedrivePolicy;
    return {
      name: attributeOf(found, 'QueueName'),
      arn: attributeOf(found, 'Arn'),
      url: found.ref,
      visibilityTimeoutSeconds: properties.VisibilityTimeout,
      delaySeconds: properties.DelaySeconds,
      retentionSeconds: properties.MessageRetentionPeriod,
      ...(redrive && {
        redrive: { deadLetterArn: redrive.deadLetterTargetArn, maxReceiveCount: redrive.maxReceiveCount },
      }),
    };
  });
}

/**
 * Reads which functions are fed from which queues.
 * @throws UnsupportedTemplateError where AWS refuses the deployment: a visibility timeout below the function's timeout.
 */
export function readEventSources(
  resources: Resources,
  queues: readonly QueueModel[],
  functions: readonly { readonly name: string; readonly timeoutSeconds: number }[],
): EventSourceModel[] {
  return resources
    .ofType('AWS::Lambda::EventSourceMapping', eventSourceSchema)
    .filter(({ properties }) => properties.Enabled)
    .map(({ logicalId, properties }) => {
      const functionName = functionNameOf(properties.FunctionName);
      const queue = queues.find(({ arn }) => arn === properties.EventSourceArn);
      const target = functions.find(({ name }) => name === functionName);
      if (queue === undefined || target === undefined) {
        throw new UnsupportedTemplateError(`${logicalId} joins a queue or function that is not in the template`);
      }
      if (queue.visibilityTimeoutSeconds < target.timeoutSeconds) {
        throw new UnsupportedTemplateError(
          `queue ${queue.name} shows messages again after ${queue.visibilityTimeoutSeconds} s, ` +
            `before ${functionName} times out (${target.timeoutSeconds} s)`,
        );
      }
      return {
        queueArn: queue.arn,
        functionName,
        batchSize: properties.BatchSize,
        windowSeconds: properties.MaximumBatchingWindowInSeconds,
        reportItemFailures: properties.FunctionResponseTypes.includes('ReportBatchItemFailures'),
        ...(properties.ScalingConfig && { maximumConcurrency: properties.ScalingConfig.MaximumConcurrency }),
      };
    });
}

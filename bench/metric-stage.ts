import type { SQSEvent } from 'aws-lambda';
import { door as workerDoor } from '../functions/fold-points.ts';
import { door as envelopeDoor } from '../functions/ingest-envelope.ts';
import { batchDoor } from '../functions/middleware/batch-door.ts';
import { httpDoor } from '../functions/middleware/http-door.ts';
import { type FoldMemory, foldMemory, type SendingApp, type WireMessage } from '../lib/metrics/index.ts';
import type { ProjectKey } from '../lib/projects/index.ts';
import { type Acme, createAcme } from '../tests/support/acme.ts';
import { appOver, type Engines, type TestApp } from '../tests/support/app-over-engines.ts';
import { type ArrayQueue, arrayQueue } from '../tests/support/array-queue.ts';
import { type CapacityMeter, capacityMeter } from '../tests/support/capacity-meter.ts';
import { httpEvent } from '../tests/support/http-event.ts';
import { lambdaContext } from '../tests/support/lambda-context.ts';

/** What the door and the worker need together. */
export type MetricApp = TestApp &
  SendingApp & { readonly points: ArrayQueue<WireMessage>; readonly memory: FoldMemory };

/** A project of `acme` over fresh tables, and the way that its points go. */
export interface MetricStage {
  readonly app: MetricApp;
  readonly projectId: string;
  readonly meter: CapacityMeter;
  /** Sends lines of statsd through the door into the queue. @throws Error when the door refuses any of them. */
  send(lines: readonly string[]): Promise<void>;
  /** Has the worker take all that is in the queue, in batches as large as its event source makes them. */
  count(): Promise<void>;
}

/** infra/functions.ts: how many messages the worker gets at once. */
const batchSize = 100;

/** Founds `acme` and gives the way of points into its project `web`. */
export async function setMetricStage(engines: Engines): Promise<MetricStage> {
  const meter = capacityMeter();
  const { app: whole, web }: Acme = await createAcme(await appOver(engines, { meter }));
  const app: MetricApp = { ...whole, points: arrayQueue<WireMessage>(), memory: foldMemory(whole.clock) };
  const enter = httpDoor<
    MetricApp,
    ProjectKey,
    typeof envelopeDoor.path,
    typeof envelopeDoor.query,
    typeof envelopeDoor.body.schema
  >(envelopeDoor, async () => app);
  const work = batchDoor<MetricApp, typeof workerDoor.message>(workerDoor, async () => app);
  return {
    app,
    projectId: web.id,
    meter,
    async send(lines) {
      const item = lines.join('\n');
      const event = httpEvent({
        resource: '/api/{project_id}/envelope',
        pathParameters: { project_id: web.id },
        query: { sentry_key: web.publicKey },
        body: `{}\n{"type":"statsd","length":${Buffer.byteLength(item)}}\n${item}\n`,
      });
      const { statusCode, body } = await enter(event, lambdaContext());
      if (statusCode !== 200 || body !== '{}') throw new Error(`${statusCode}: ${body.slice(0, 500)}`);
    },
    async count() {
      const messages = app.points.takeAll();
      for (let start = 0; start < messages.length; start += batchSize) {
        const answer = await work(sqsEvent(messages.slice(start, start + batchSize)), lambdaContext());
        if (answer.batchItemFailures.length > 0) throw new Error('messages failed');
      }
    },
  };
}

function sqsEvent(messages: readonly WireMessage[]): SQSEvent {
  return {
    Records: messages.map((message, place) => ({
      messageId: String(place),
      receiptHandle: '',
      body: JSON.stringify(message),
      attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: '0',
        SenderId: '',
        ApproximateFirstReceiveTimestamp: '0',
      },
      messageAttributes: {},
      md5OfBody: '',
      eventSource: 'aws:sqs',
      eventSourceARN: '',
      awsRegion: '',
    })),
  };
}

import { describe, expect, it } from 'vitest';
import { arrayQueue } from '../../tests/support/array-queue.ts';
import { createFoldingApp, nowSeconds, pointOf } from '../../tests/support/folding-app.ts';
import { UnavailableError } from '../platform/errors.ts';
import type { Queue } from '../platform/queue.ts';
import { randomText } from '../platform/random-text.ts';
import { foldMessages } from './fold-messages.ts';
import { ingestOtlp } from './ingest-otlp.ts';
import type { MetricPoint } from './metric-point.ts';
import { pointMessage, type WireMessage } from './point-message.ts';
import { queryMetrics } from './query-metrics.ts';
import { sendPoints } from './send-points.ts';

const project = { organization: 'acme', projectId: '7' };
const mri = 'c:custom/hits@none';
const requestId = '9ec79c33ec9942ab8353589fcb2e04dc';

/** More than one message takes. */
const many = Array.from({ length: 4_500 }, (_, index) =>
  pointOf(mri, { type: 'c', increment: 1 }, { tags: { route: String(index % 3) } }),
);

async function setUp() {
  const points = arrayQueue<WireMessage>();
  return { ...(await createFoldingApp()), randomText, points };
}

type SendingTestApp = Awaited<ReturnType<typeof setUp>>;

async function counted(app: SendingTestApp, id = mri): Promise<unknown> {
  const messages = app.points.takeAll().map((message) => pointMessage.parse(message));
  expect(await foldMessages(app, messages)).toEqual(new Map());
  const range = { startSeconds: nowSeconds - 3_600, endSeconds: nowSeconds + 3_600 };
  const asked = { ...range, organizations: ['acme'], projectIds: ['7'], totals: true };
  const [answer] = await queryMetrics(app, [{ ...asked, query: `sum(${id})` }]);
  return answer?.rows[0]?.aggregate_value;
}

/** A queue that takes so many messages and refuses the others of the same call. */
function filling(queue: Queue<WireMessage>, most: number): Queue<WireMessage> {
  return {
    async send(messages) {
      await queue.send(messages.slice(0, most));
      if (messages.length > most) throw new UnavailableError('full', 1);
    },
  };
}

describe('a request of which the queue took a part', () => {
  it.each<[string, { readonly requestId?: string }, number]>([
    ['counts once when it is sent again under the same name', { requestId }, 4_500],
    ['counts what was taken twice when nothing names it', {}, 6_500],
  ])('%s', async (_, named, sum) => {
    const app = await setUp();
    const broken = { ...app, points: filling(app.points, 1) };
    const request = { ...project, points: many, ...named };
    await expect(sendPoints(broken, request)).rejects.toThrow(UnavailableError);
    app.clock.advance(7_000);
    await sendPoints(app, request);
    expect(await counted(app)).toBe(sum);
  });
});

it('counts as many equal points as a named request holds, though its messages look the same', async () => {
  const app = await setUp();
  const points = Array.from({ length: 4_000 }, () => pointOf(mri, { type: 'c', increment: 1 }));
  for (const _time of [1, 2]) await sendPoints(app, { ...project, points, requestId });
  expect(await counted(app)).toBe(4_000);
});

describe('two requests', () => {
  const one: readonly MetricPoint[] = [pointOf(mri, { type: 'c', increment: 1 })];
  const two: readonly MetricPoint[] = [pointOf(mri, { type: 'c', increment: 2 })];

  it.each<[string, readonly MetricPoint[], { requestId?: string; projectId?: string }, number]>([
    ['count both without a name, be they the same', one, {}, 2],
    ['count both where the same name is on other points', two, { requestId }, 3],
    ['count both under different names', one, { requestId: 'another' }, 2],
    ['count both in different projects', one, { requestId, projectId: '8' }, 1],
    ['count once under the same name', one, { requestId }, 1],
  ])('%s', async (_, points, second, sum) => {
    const app = await setUp();
    await sendPoints(app, { ...project, points: one, ...(second.requestId !== undefined && { requestId }) });
    await sendPoints(app, { ...project, points, ...second });
    expect(await counted(app)).toBe(sum);
  });
});

describe('OTLP', () => {
  it.each([
    ['counts the very same bytes once, which are the same request', `${nowSeconds}000000000`, 3],
    ['counts points without a time each time', '0', 6],
  ])('%s', async (_, timeUnixNano, sum) => {
    const app = await setUp();
    const dataPoints = [{ asInt: '3', timeUnixNano, startTimeUnixNano: `${nowSeconds - 10}000000000` }];
    const metric = { name: 'hits', sum: { aggregationTemporality: 1, isMonotonic: true, dataPoints } };
    const body = Buffer.from(JSON.stringify({ resourceMetrics: [{ scopeMetrics: [{ metrics: [metric] }] }] }));
    for (const _time of [1, 2]) await ingestOtlp(app, { ...project, body, encoding: 'json' });
    expect(await counted(app)).toBe(sum);
  });
});

import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { beforeEach, describe, expect, it } from 'vitest';
import { parsePublicName, sumOverWindow } from '../lib/metrics/index.ts';
import {
  countedItems,
  crashingTable,
  createFoldingApp,
  type FoldingTestApp,
  restarted,
} from '../tests/support/folding-app.ts';
import { storedEvent } from '../tests/support/http-event.ts';
import { lambdaContext } from '../tests/support/lambda-context.ts';
import { door } from './fold-points.ts';
import { batchDoor } from './middleware/batch-door.ts';

let app: FoldingTestApp;
beforeEach(async () => {
  app = await createFoldingApp();
});

async function run(name: string, as: FoldingTestApp = app): Promise<SQSBatchResponse | undefined> {
  const handler = batchDoor<FoldingTestApp, typeof door.message>(door, async () => as);
  return handler(storedEvent<SQSEvent>(`fold-points/${name}`), lambdaContext());
}

async function views(): Promise<number | null> {
  const metric = parsePublicName('page.views', 'c');
  if (metric === undefined) throw new TypeError('no metric');
  const startMs = app.clock.now();
  return sumOverWindow(app, { organization: 'acme', projectId: '7', metric, startMs, endMs: startMs + 60_000 });
}

describe('the queue of points', () => {
  it('counts the points of all messages, and those of a message once', async () => {
    expect(await run('two-messages')).toEqual({ batchItemFailures: [] });
    expect(await run('two-messages', restarted(app))).toEqual({ batchItemFailures: [] });
    expect(await views()).toBe(7);
    expect(Object.fromEntries(app.counted)).toEqual({ 'metrics.points.stored': 5, 'fold-points.success': 4 });
  });

  it('fails what it cannot read, says why, and counts the rest', async () => {
    const failed = ['00000000-0000-4000-8000-000000000002', '00000000-0000-4000-8000-000000000003'];
    expect(await run('poison')).toEqual({ batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) });
    expect(await views()).toBe(3);
    expect(Object.fromEntries(app.counted)).toMatchObject({ 'fold-points.success': 1, 'fold-points.failure': 2 });
    const said = app.lines.filter(({ level }) => level === 'error');
    expect(said.map(({ fields }) => fields['messageId'])).toEqual(failed);
    expect(said.map(({ error }) => String(error))).toEqual([
      expect.stringContaining('JSON'),
      expect.stringContaining('invalid fields'),
    ]);
  });

  it('has all messages of a fold come again that was interrupted, and finishes it then', async () => {
    const ids = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'];
    const broken = restarted(app, crashingTable(app.metricsTable, 8, 'behind'));
    expect(await run('two-messages', broken)).toEqual({
      batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
    });
    expect(await run('two-messages', restarted(app))).toEqual({ batchItemFailures: [] });
    expect(await views()).toBe(7);
    expect((await countedItems(app)).filter(({ n }) => n !== undefined)).not.toEqual([]);
  });
});

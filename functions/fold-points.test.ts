import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { beforeEach, describe, expect, it } from 'vitest';
import { parsePublicName, sumOverWindow } from '../lib/metrics/index.ts';
import type { DeadLetter, DeadLetters } from '../lib/platform/dead-letters.ts';
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

type App = FoldingTestApp & { readonly deadLetters?: DeadLetters };

/** Hands a stored batch to the function, for the so many-eth time. */
async function run(name: string, as: App = app, attempt = '1'): Promise<SQSBatchResponse | undefined> {
  const handler = batchDoor<App, typeof door.message>(door, async () => as);
  const { Records: records } = storedEvent<SQSEvent>(`fold-points/${name}`);
  const Records = records.map((record) => ({
    ...record,
    attributes: { ...record.attributes, ApproximateReceiveCount: attempt },
  }));
  return handler({ Records }, lambdaContext());
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

  it('puts what it cannot read aside, with the reason, and what the queue hands out for the last time', async () => {
    const kept: DeadLetter[] = [];
    const keeping = {
      ...app,
      deadLetters: { keep: async (letters: readonly DeadLetter[]) => void kept.push(...letters) },
    };
    expect(await run('poison', keeping)).toEqual({ batchItemFailures: [] });
    const { Records: records } = storedEvent<SQSEvent>('fold-points/poison');
    expect(kept.map(({ messageId, body }) => [messageId, body])).toEqual(
      records.slice(1).map(({ messageId, body }) => [messageId, body]),
    );
    expect(kept.map(({ reason }) => reason)).toEqual([
      expect.stringContaining('JSON'),
      expect.stringMatching(/invalid fields.*not a metric id/),
    ]);
    kept.length = 0;
    const broken = { ...keeping, metricsTable: crashingTable(app.metricsTable, 0, 'before') };
    for (const [attempt, failures, letters] of [
      ['4', 2, 0],
      ['5', 0, 2],
    ] as const) {
      const answer = await run('two-messages', { ...restarted(broken), deadLetters: keeping.deadLetters }, attempt);
      expect(answer?.batchItemFailures, attempt).toHaveLength(failures);
      expect(kept, attempt).toHaveLength(letters);
    }
    expect(kept[0]?.reason).toContain('the process has ended');
  });

  it('leaves to the queue what cannot be put aside', async () => {
    const away = { keep: async () => Promise.reject(new Error('away')) };
    expect((await run('poison', { ...app, deadLetters: away }))?.batchItemFailures).toHaveLength(2);
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

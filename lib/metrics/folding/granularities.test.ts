import { describe, expect, it } from 'vitest';
import { countedItems, createFoldingApp, messageOf, nowSeconds, pointOf } from '../../../tests/support/folding-app.ts';
import { foldMessages } from '../fold-messages.ts';
import { queryMetrics } from '../query-metrics.ts';
import { metricRetention, retentionOf } from './granularities.ts';

describe('how long buckets are kept', () => {
  it('is told in days, from the finest to the coarsest', () => {
    expect(retentionOf('1,30,90,396')).toEqual(metricRetention);
  });

  it.each(['', '1', '1,2,3', '1,2,3,4,5', '0,30,90,396', '1,30,x,396', '1,,90,396'])('is not "%s"', (days) => {
    expect(() => retentionOf(days)).toThrow(RangeError);
  });

  it('decides when they are deleted, and how far back they are read', async () => {
    const app = { ...(await createFoldingApp()), retention: retentionOf('2,3,4,5') };
    const point = pointOf('c:custom/hits@none', { type: 'c', increment: 1 });
    expect(await foldMessages(app, [messageOf('a', [point])])).toEqual(new Map());
    const buckets = (await countedItems(app)).filter(({ pk }) => String(pk).startsWith('M#'));
    const day = 86_400;
    const daysKept = buckets.map(({ pk, sk, expiresAt }) => {
      const seconds = Number(String(pk).split('#')[4]);
      const endsAt = Number(String(sk).split('#')[0]) + seconds;
      return [seconds, (Number(expiresAt) - endsAt) / day];
    });
    expect(Object.fromEntries(daysKept)).toEqual({ 10: 2, 60: 3, 3600: 4, 86400: 5 });
    app.clock.advance(2.5 * day * 1_000);
    const asked = { query: 'sum(c:custom/hits@none)', organizations: ['acme'], projectIds: ['7'], totals: true };
    const range = { startSeconds: nowSeconds - 60, endSeconds: nowSeconds + 60 };
    const answers = await queryMetrics(
      app,
      [10, 60].map((granularitySeconds) => ({ ...asked, ...range, granularitySeconds })),
    );
    expect(answers.map(({ rows }) => rows.length)).toEqual([0, 1]);
  });
});

import { describe, expect, it } from 'vitest';
import { capacityMeter } from '../../tests/support/capacity-meter.ts';
import { createFoldingApp, messageOf, nowSeconds, pointOf } from '../../tests/support/folding-app.ts';
import { pageRequest } from '../platform/pagination.ts';
import { foldMessages } from './fold-messages.ts';
import { listMetrics } from './list-metrics.ts';
import { listTagKeys } from './list-tag-keys.ts';
import { listTagValues } from './list-tag-values.ts';
import type { MetricPoint } from './metric-point.ts';

const acme = { organization: 'acme', projectIds: ['7', '8'] };
const views = (tags: Record<string, string>, at = nowSeconds) =>
  pointOf('c:custom/views@none', { type: 'c', increment: 1 }, { tags, at });
const load = pointOf('d:custom/load@second', { type: 'd', values: [1] });
const queue = pointOf('g:custom/queue@none', { type: 'g', last: 1, min: 1, max: 1, sum: 1, count: 1 });

async function stored(projects: Readonly<Record<string, readonly MetricPoint[]>>, meter = capacityMeter()) {
  const app = await createFoldingApp({ meter });
  const messages = Object.entries(projects).map(([projectId, points]) => ({
    ...messageOf(projectId, points),
    projectId,
  }));
  expect(await foldMessages(app, messages)).toEqual(new Map());
  return app;
}

describe('the metrics of projects', () => {
  it('come in the order of their ids, each once, with the projects that have them', async () => {
    const app = await stored({ '7': [load, views({}, nowSeconds - 80_000)], '8': [queue, views({})], '9': [load] });
    const page = await listMetrics(app, { ...acme, page: pageRequest({}) });
    expect(page).toEqual({
      items: [
        {
          mri: 'c:custom/views@none',
          name: { type: 'c', namespace: 'custom', name: 'views', unit: 'none' },
          projectIds: ['7', '8'],
          lastDay: '2026-03-02',
        },
        expect.objectContaining({ mri: 'd:custom/load@second', projectIds: ['7'] }),
        expect.objectContaining({ mri: 'g:custom/queue@none', projectIds: ['8'] }),
      ],
    });
  });

  it('come in pages, there and back', async () => {
    const app = await stored({ '7': [load, views({})], '8': [queue, views({})] });
    const ids = async (cursor?: string) => {
      const page = await listMetrics(app, { ...acme, page: pageRequest({ perPage: '2', cursor }) });
      return { ...page, items: page.items.map(({ mri }) => mri) };
    };
    const first = await ids();
    expect(first.items).toEqual(['c:custom/views@none', 'd:custom/load@second']);
    const second = await ids(first.next);
    expect(second.items).toEqual(['g:custom/queue@none']);
    expect(second.next).toBeUndefined();
    expect((await ids(second.previous)).items).toEqual(first.items);
  });
});

describe('the tags of a metric', () => {
  const values = Array.from({ length: 30 }, (_, index) => views({ route: `/${index}`, 'route.name': 'x' }));
  const mri = 'c:custom/views@none';

  it('are told by one small read each, however many values they have', async () => {
    const meter = capacityMeter();
    const app = await stored({ '7': [...values, views({ a: '' })], '8': [views({ zone: 'eu' })] }, meter);
    const { result, consumed } = await meter.during(() => listTagKeys(app, { ...acme, mri }));
    expect(result).toEqual(['a', 'route', 'route.name', 'zone']);
    expect(consumed.operations).toEqual({ Query: 6 });
    expect(await listTagKeys(app, { ...acme, mri: 'c:custom/other@none' })).toEqual([]);
  });

  it('have values, which come in pages, there and back', async () => {
    const app = await stored({ '7': values, '8': [views({ route: '/0' }), views({ route: 'ü'.repeat(600) })] });
    const page = async (cursor?: string) =>
      listTagValues(app, { ...acme, mri, tag: 'route', page: pageRequest({ perPage: '20', cursor }) });
    const first = await page();
    const second = await page(first.next);
    const told = [...first.items, ...second.items].map(({ value }) => value);
    expect(told).toHaveLength(31);
    expect(new Set(told)).toEqual(new Set([...values.map(({ tags }) => tags['route']), 'ü'.repeat(600)]));
    expect(second.next).toBeUndefined();
    expect((await page(second.previous)).items).toEqual(first.items);
    const none = await listTagValues(app, { ...acme, mri, tag: 'rout', page: pageRequest({}) });
    expect(none).toEqual({ items: [] });
  });
});

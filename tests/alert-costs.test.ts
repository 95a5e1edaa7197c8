import { describe, expect, it } from 'vitest';
import { insertRule } from '../lib/alerts/alert-rule-store.ts';
import {
  type DigestJob,
  type EvaluationMessage,
  evaluateAlert,
  type NotificationAddress,
  scheduleAlerts,
} from '../lib/alerts/index.ts';
import { insertState } from '../lib/alerts/rule-state-store.ts';
import { firstState } from '../lib/alerts/rules/first-state.ts';
import { foldMessages } from '../lib/metrics/index.ts';
import { createOrganization } from '../lib/organizations/index.ts';
import { isoTime } from '../lib/platform/clock.ts';
import { randomText } from '../lib/platform/random-text.ts';
import { createProject } from '../lib/projects/index.ts';
import type { SlackJobOf } from '../lib/slack/index.ts';
import { arrayQueue } from './support/array-queue.ts';
import { capacityMeter } from './support/capacity-meter.ts';
import { createFoldingApp, messageOf, pointOf } from './support/folding-app.ts';
import { aRule } from './support/telling.ts';

// What looking at rules costs at DynamoDB when nothing happens: exact, and so a ceiling.

const minute = 60_000;
const errors = 'c:custom/errors@none';

/** So many rules of a project that are due, of a metric that has points in every minute of the last ten. */
async function quietRules(count: number, metrics = [errors]) {
  const meter = capacityMeter();
  const queues = { evaluations: arrayQueue<EvaluationMessage>(), notifications: arrayQueue<NotificationAddress>() };
  const charts = arrayQueue<DigestJob>();
  const told = { outgoing: arrayQueue<SlackJobOf<'outgoing-message'>>(), publicUrl: 'https://postflow.example' };
  const app = { ...(await createFoldingApp({ meter })), ...queues, ...told, charts, randomText };
  await createOrganization(app, { slug: 'acme', name: 'Acme' });
  const { id: projectId } = await createProject(app, { organization: 'acme', name: 'Web', slug: 'web' });
  const nowSeconds = app.clock.now() / 1_000;
  const points = metrics.flatMap((metric) =>
    Array.from({ length: 600 }, (_, second) =>
      pointOf(metric, { type: 'c', increment: 1 }, { at: nowSeconds - second }),
    ),
  );
  await foldMessages(app, [{ ...messageOf(1, points), projectId }]);
  for (let index = 1; index <= count; index += 1) {
    const rule = aRule({
      ...{
        projectId,
        id: String(index),
        aggregate: `sum(${metrics[index % metrics.length]})`,
        windowSeconds: 60 * (1 + (index % 10)),
      },
      triggers: [{ label: 'critical', threshold: 1_000, actions: [] }],
    });
    await app.table.write([insertRule(rule), insertState(firstState(rule, isoTime(app.clock.now())))]);
  }
  app.clock.advance(minute);
  await scheduleAlerts(app, { scheduledTime: isoTime(app.clock.now()) });
  return { app, meter, messages: app.evaluations.takeAll() };
}

describe('looking at rules of which there is nothing to tell', () => {
  it.each([
    // Two reads, whatever the number of rules that watch the metric.
    [1, { operations: { BatchGetItem: 1, Query: 1, PutItem: 1 }, readUnits: 4, writeUnits: 3 }],
    [25, { operations: { BatchGetItem: 1, Query: 1, PutItem: 25 }, readUnits: 52, writeUnits: 75 }],
  ])('costs %i of them so many requests and units', async (count, expected) => {
    const { app, meter, messages } = await quietRules(count);
    const { consumed } = await meter.during(async () => {
      for (const message of messages) await evaluateAlert(app, message);
    });
    expect(consumed).toMatchObject(expected);
  });

  it('costs one read of each metric, however many messages there are', async () => {
    const { app, meter, messages } = await quietRules(50, [errors, 'c:custom/warnings@none']);
    const { consumed } = await meter.during(async () => {
      for (const message of messages) await evaluateAlert(app, message);
    });
    expect(consumed).toMatchObject({ operations: { BatchGetItem: 2, Query: 2, PutItem: 50 } });
  });

  it('costs nothing more when the message comes again, but for reading where they stand', async () => {
    const { app, meter, messages } = await quietRules(25);
    for (const message of messages) await evaluateAlert(app, message);
    const { consumed } = await meter.during(async () => {
      for (const message of messages) await evaluateAlert(app, message);
    });
    expect(consumed).toMatchObject({ operations: { BatchGetItem: 1 }, writeUnits: 0 });
  });
});

describe('the schedule', () => {
  it('asks eight partitions for the rules that are due and one for digests, however many wait', async () => {
    const { app, meter } = await quietRules(25);
    const { consumed } = await meter.during(() => scheduleAlerts(app, { scheduledTime: '2026-03-02T09:00:30.000Z' }));
    expect(consumed).toMatchObject({ operations: { Query: 9 }, readUnits: 4.5 });
    expect(app.evaluations.takeAll()).toEqual([]);
  });
});

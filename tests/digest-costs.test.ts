import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDigest } from '../lib/alerts/digests/save-digest.ts';
import { digestBody, sendDigest } from '../lib/alerts/index.ts';
import { createRule, schedule, sendErrors } from './support/alerting-app.ts';
import { type CapacityMeter, capacityMeter } from './support/capacity-meter.ts';
import { createDrawingApp, type DrawingApp, delivery } from './support/drawing-app.ts';
import { slackChannels } from './support/slack-server.ts';
import { createTestApp } from './support/test-app.ts';

// What sending a digest costs at DynamoDB: exact, and so a ceiling. `node bench/alerts.ts` prints it for a whole week of points.

let meter: CapacityMeter;
let app: DrawingApp;
beforeEach(async () => {
  meter = capacityMeter();
  app = await createDrawingApp(await createTestApp({ meter }));
});
afterEach(() => app.slackServer.stop());

/** A digest of so many rules of one metric that is due. */
async function dueDigest(count: number) {
  const rules: string[] = [];
  for (let number = 1; number <= count; number += 1) rules.push((await createRule(app, { name: `Rule ${number}` })).id);
  await sendErrors(app, 5);
  const wanted = {
    name: 'The day',
    rules,
    schedule: '0 * * * *',
    period: '7d',
    inputChannelId: slackChannels.alerts.id,
  };
  await createDigest(app, { caller: { organization: 'acme' }, body: digestBody.parse(wanted) });
  app.clock.advance(3_600_000);
  await schedule(app);
  const [job] = app.charts.takeAll();
  if (job?.kind !== 'digest') throw new TypeError('no digest is due');
  return job;
}

describe('a digest', () => {
  it.each([
    [1, { GetItem: 5, BatchGetItem: 4, Query: 4, PutItem: 1, UpdateItem: 3 }],
    [10, { GetItem: 23, BatchGetItem: 4, Query: 13, PutItem: 1, UpdateItem: 3 }],
  ])(
    'of %i rules of one metric costs so many requests, and one that is sent already next to none',
    async (count, operations) => {
      const job = await dueDigest(count);
      const first = await meter.during(() => sendDigest(app, job, delivery));
      expect(app.slackServer.messages()).toHaveLength(1);
      expect(first.consumed.operations).toEqual(operations);
      const second = await meter.during(() => sendDigest(app, job, delivery));
      expect(second.consumed.operations).toEqual({ GetItem: 1 });
    },
  );
});

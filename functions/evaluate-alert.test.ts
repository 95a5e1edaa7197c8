import type { SQSEvent } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AlertingApp, createAlertingApp, createRule, sendErrors } from '../tests/support/alerting-app.ts';
import { storedEvent } from '../tests/support/http-event.ts';
import { lambdaContext } from '../tests/support/lambda-context.ts';
import { door } from './evaluate-alert.ts';
import { queueDoor } from './middleware/queue-door.ts';

let app: AlertingApp;
beforeEach(async () => {
  app = await createAlertingApp();
  await createRule(app);
  await sendErrors(app, 11);
});
afterEach(() => app.slackServer.stop());

/** The notification of the stored rule's first incident. */
const notification = { organization: 'acme', incident: 1, change: 3, target: 'slack:T0ACME001:C0ALERTS01' };

function run(event: SQSEvent) {
  return queueDoor<AlertingApp, typeof door.message>(door, async () => app)(event, lambdaContext());
}

describe('the evaluations queue', () => {
  it('a rule whose metric is beyond the threshold is told of', async () => {
    expect(await run(storedEvent('evaluate-alert/one-rule'))).toEqual({ batchItemFailures: [] });
    expect(app.notifications.takeAll()).toEqual([notification]);
    expect(Object.fromEntries(app.counted)).toMatchObject({ 'evaluate-alert.success': 1 });
  });

  it('a rule whose metric is beyond all numbers that can be kept is judged to have none', async () => {
    const aggregate = `sum(c:custom/checkout.errors@none) * 1${'0'.repeat(200)}`;
    const { id } = await createRule(app, { metric: undefined, aggregate });
    const stored = storedEvent<SQSEvent>('evaluate-alert/one-rule');
    const [record] = stored.Records;
    if (record === undefined) throw new TypeError('There is no message.');
    const body = JSON.stringify({ ...JSON.parse(record.body), ruleIds: [id] });
    expect(await run({ Records: [{ ...record, body }] })).toEqual({ batchItemFailures: [] });
    expect(app.notifications.takeAll()).toEqual([]);
  });

  it('a message that cannot be read does not hold up the others', async () => {
    expect(await run(storedEvent('evaluate-alert/one-broken'))).toEqual({
      batchItemFailures: [
        { itemIdentifier: '00000000-0000-4000-8000-000000000002' },
        { itemIdentifier: '00000000-0000-4000-8000-000000000003' },
      ],
    });
    expect(app.notifications.takeAll()).toEqual([notification]);
  });
});

import type { SQSEvent } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { evaluateAlert } from '../lib/alerts/index.ts';
import { type AlertingApp, createAlertingApp, createRule, sendErrors } from '../tests/support/alerting-app.ts';
import { storedEvent } from '../tests/support/http-event.ts';
import { lambdaContext } from '../tests/support/lambda-context.ts';
import { queueDoor } from './middleware/queue-door.ts';
import { door } from './render-alert.ts';

let app: AlertingApp;
beforeEach(async () => {
  app = await createAlertingApp();
  const { id, organization, projectId } = await createRule(app);
  await sendErrors(app, 11);
  await evaluateAlert(app, { organization, projectId, evaluateAt: '2026-03-02T09:01:00.000Z', ruleIds: [id] });
});
afterEach(() => app.slackServer.stop());

function run(event: SQSEvent) {
  return queueDoor<AlertingApp, typeof door.message>(door, async () => app)(event, lambdaContext());
}

describe('the notifications queue', () => {
  it('a notification becomes a message, however often it comes', async () => {
    expect(await run(storedEvent('render-alert/critical'))).toEqual({ batchItemFailures: [] });
    expect(await run(storedEvent('render-alert/critical'))).toEqual({ batchItemFailures: [] });
    expect(app.slackServer.messages()).toEqual([
      expect.objectContaining({ channel: 'C0ALERTS01', text: expect.stringContaining('*Critical: Checkout errors*') }),
    ]);
  });

  it('a message that cannot be read, or sent, comes again; the others do not', async () => {
    expect(await run(storedEvent('render-alert/one-broken'))).toEqual({
      batchItemFailures: [{ itemIdentifier: '00000000-0000-4000-8000-000000000002' }],
    });
    expect(app.slackServer.messages()).toHaveLength(1);
  });

  it('logs no token and no text of the message', async () => {
    app.slackServer.fail('chat.postMessage', { status: 503 });
    await run(storedEvent('render-alert/critical'));
    const logged = JSON.stringify(app.lines, (_, value: unknown) => (value instanceof Error ? String(value) : value));
    expect(logged).toContain('a message failed and will come again');
    expect(logged).not.toMatch(/xoxb|Checkout errors/u);
  });
});

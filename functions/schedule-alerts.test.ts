import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AlertingApp, createAlertingApp, createRule } from '../tests/support/alerting-app.ts';
import { storedEvent } from '../tests/support/http-event.ts';
import { lambdaContext } from '../tests/support/lambda-context.ts';
import { directDoor } from './middleware/direct-door.ts';
import { door } from './schedule-alerts.ts';

let app: AlertingApp;
beforeEach(async () => {
  app = await createAlertingApp();
});
afterEach(() => app.slackServer.stop());

function run(event: unknown): Promise<{ readonly due: number; readonly dueDigests: number }> {
  return directDoor<AlertingApp, typeof door.payload, Awaited<ReturnType<typeof run>>>(door, async () => app)(
    event,
    lambdaContext(),
  );
}

describe('the schedule of alerts', () => {
  it('hands every rule that is due to the queue, with the minute that is meant', async () => {
    const rules = await Promise.all(['a', 'b', 'c'].map((name) => createRule(app, { name })));
    expect(await run(storedEvent('schedule-alerts/minute'))).toEqual({ due: 3, dueDigests: 0 });
    const [message, ...others] = app.evaluations.takeAll();
    expect(others).toEqual([]);
    expect({ ...message, ruleIds: new Set(message?.ruleIds) }).toEqual({
      organization: 'acme',
      projectId: app.project.id,
      evaluateAt: '2026-03-02T09:01:00.000Z',
      ruleIds: new Set(rules.map(({ id }) => id)),
    });
    expect([...app.counted]).toEqual([['schedule-alerts.success', 1]]);
  });

  it('has nothing to do before a rule is due', async () => {
    app.clock.advance(3_600_000);
    await createRule(app);
    expect(await run(storedEvent('schedule-alerts/minute'))).toEqual({ due: 0, dueDigests: 0 });
    expect(app.evaluations.takeAll()).toEqual([]);
  });

  it('fails without a time, so that it is noticed', async () => {
    await expect(run(storedEvent('schedule-alerts/no-time'))).rejects.toMatchObject({ code: 'invalid_fields' });
    expect([...app.counted]).toEqual([['schedule-alerts.failure', 1]]);
  });
});

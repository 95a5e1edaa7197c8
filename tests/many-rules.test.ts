import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { evaluateAlert } from '../lib/alerts/index.ts';
import { ConditionFailedError } from '../lib/platform/table.ts';
import { type AlertingApp, createAlertingApp, createRule, schedule, sendErrors } from './support/alerting-app.ts';

let app: AlertingApp;
beforeEach(async () => {
  app = await createAlertingApp();
  await createRule(app);
});
afterEach(() => app.slackServer.stop());

describe('many rules that fire at once', () => {
  it('are all told at the first delivery, and their incidents are numbered without a gap', async () => {
    for (let number = 2; number <= 50; number += 1) await createRule(app, { name: `Rule ${number}` });
    await sendErrors(app, 11);
    app.clock.advance(1_000);
    await schedule(app);
    const due = app.evaluations.takeAll();
    expect(due.map(({ ruleIds }) => ruleIds.length)).toEqual([25, 25]);
    await Promise.all(due.map((message) => evaluateAlert(app, message)));
    const incidents = app.notifications.takeAll().map(({ incident }) => incident);
    expect(incidents.sort((left, right) => left - right)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    expect(app.counted.get('incidents.alert_rules.trigger.fire')).toBe(50);
  }, 60_000);

  it('are tried again later when others take the numbers for as long as a Lambda has patience', async () => {
    await sendErrors(app, 11);
    app.clock.advance(1_000);
    await schedule(app);
    const [message] = app.evaluations.takeAll();
    if (message === undefined) throw new TypeError('the rule was not due');
    const waits: number[] = [];
    const write = () => Promise.reject(new ConditionFailedError([undefined, undefined, true]));
    const wait = async (milliseconds: number) => void waits.push(milliseconds);
    await expect(evaluateAlert({ ...app, table: { ...app.table, write }, wait }, message)).rejects.toThrow(
      'Other rules of the organization take the numbers of incidents all the time.',
    );
    const waitedMs = waits.reduce((sum, waited) => sum + waited, 0);
    expect(waitedMs).toBeGreaterThan(14_000);
    expect(waitedMs).toBeLessThanOrEqual(15_000);
    await evaluateAlert(app, message);
    expect(app.notifications.takeAll()).toHaveLength(1);
  });
});

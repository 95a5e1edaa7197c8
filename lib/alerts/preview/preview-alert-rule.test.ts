import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type AlertingApp,
  createAlertingApp,
  createRule,
  drain,
  schedule,
  sendErrors,
} from '../../../tests/support/alerting-app.ts';
import type { AlertRule } from '../alert-rule-store.ts';
import { findNewestIncidents } from '../incident-store.ts';
import { ruleMessages } from '../messages.ts';
import { alertRuleBody } from '../rules/rule-body.ts';
import { validateRule } from '../rules/validate-rule.ts';
import { alertRulePreviewBody, previewAlertRule } from './preview-alert-rule.ts';
import { readPastWindows } from './read-past-windows.ts';

const caller = { organization: 'acme' };
const channel = { type: 'slack', inputChannelId: 'C0ALERTS01' };
const asked = {
  aggregate: 'sum(c:custom/checkout.errors@none)',
  projects: ['web'],
  timeWindow: 1,
  thresholdType: 0,
  triggers: [{ label: 'critical', alertThreshold: 10, actions: [channel, channel] }],
};

/** What comes in each of twenty minutes. */
const errors = [0, 11, 30, 12, 3, 0, 0, 9, 0, 0, 0, 0, 0, 0, 40, 50, 0, 0, 0, 0];

let app: AlertingApp;
let rule: AlertRule;
beforeAll(async () => {
  app = await createAlertingApp();
  rule = await createRule(app);
  for (const count of errors) {
    if (count > 0) await sendErrors(app, count);
    app.clock.advance(60_000);
    await schedule(app);
    await drain(app);
  }
});
afterAll(() => app.slackServer.stop());

const preview = (changes: object = {}) =>
  previewAlertRule(app, { caller, body: alertRulePreviewBody.parse({ ...asked, ...changes }) });

describe('the preview of a rule', () => {
  it('is what the rule did', async () => {
    const opened = (await findNewestIncidents(app, rule, 10)).toReversed();
    expect(opened.length).toBeGreaterThan(1);
    const { incidents, incidentCount, notifications, chart, step } = await preview();
    expect(incidents.map(({ startedAt, endedAt, severity }) => ({ startedAt, endedAt, severity }))).toEqual(
      opened.map(({ startedAt, closedAt }) => ({ startedAt, endedAt: closedAt, severity: 'critical' })),
    );
    expect(incidents.map(({ worstValue }) => worstValue)).toEqual([30, 50]);
    expect(incidents.map(({ statuses }) => statuses.map(({ status }) => status))).toEqual([
      ['critical', 'closed'],
      ['critical', 'closed'],
    ]);
    expect({ incidentCount, notifications, step }).toEqual({ incidentCount: 2, notifications: 4, step: 1 });
    expect(chart).toMatch(/^<svg .*<\/svg>$/su);
    expect(chart).toContain('#2');
  });

  it('sees longer windows whole, from when they are too much on', async () => {
    const { incidents, end } = await preview({
      timeWindow: 30,
      triggers: [{ label: 'critical', alertThreshold: 150 }],
    });
    expect(incidents).toMatchObject([{ endedAt: null, severity: 'critical', worstValue: 155 }]);
    expect(Date.parse(end)).toBeLessThanOrEqual(app.clock.now());
  });

  it('is nothing for what never came', async () => {
    const nothing = await preview({ aggregate: 'p95(d:custom/load@millisecond)', thresholdType: 1 });
    expect(nothing).toMatchObject({ incidents: [], incidentCount: 0, notifications: 0 });
    const compared = await preview({ comparisonDelta: 43_200, timeWindow: 7 });
    expect(compared).toMatchObject({ incidents: [], step: 2 });
    const sessions = { aggregate: 'percentage(sessions_crashed, sessions)', timeWindow: 60, thresholdType: 1 };
    expect(await preview(sessions)).toMatchObject({ incidents: [], step: 3 });
  });

  it('says so when there is too much to look at', async () => {
    const past = {
      organization: 'acme',
      projectId: app.project.id,
      terms: validateRule(alertRuleBody.parse({ ...asked, name: 'Errors' })).terms,
    };
    const tooMuch = { partitions: 2_000, buckets: 1, numbers: 1 };
    await expect(readPastWindows(app, past, tooMuch)).rejects.toThrow(ruleMessages.previewTooMuch);
  });

  it('says what is wrong with a rule', async () => {
    await expect(preview({ projects: ['shop'], aggregate: 'sum(' })).rejects.toMatchObject({
      fields: { projects: [expect.any(String)], aggregate: [expect.any(String)] },
    });
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AlertingApp, createAlertingApp, createRule } from '../../tests/support/alerting-app.ts';
import { testStart } from '../../tests/support/test-app.ts';
import { InvalidFieldsError } from '../platform/errors.ts';
import { parseInput } from '../platform/field-errors.ts';
import { alertRuleInput } from './create-alert-rule.ts';
import { listAlertRules } from './list-alert-rules.ts';
import { loadState } from './rule-state-store.ts';

let app: AlertingApp;
beforeAll(async () => {
  app = await createAlertingApp();
});
afterAll(() => app.slackServer.stop());

const input = {
  organization: 'acme',
  project: 'web',
  name: 'Checkout errors',
  metric: 'checkout.errors@none',
  threshold: 10,
  windowSeconds: 60,
  workspace: 'T0ACME001',
  channelId: 'C0ALERTS01',
  channelName: 'alerts',
};

describe('an alert rule', () => {
  it('watches an aggregate instead of a counter, one of both', async () => {
    const { metric: _, ...rest } = input;
    expect(await createRule(app, { metric: undefined, aggregate: 'count()' })).toMatchObject({ aggregate: 'count()' });
    for (const wrong of [rest, { ...input, aggregate: 'count()' }]) {
      expect(() => parseInput(alertRuleInput, wrong)).toThrow(InvalidFieldsError);
    }
  });

  it('is created, listed, and due when its first window ends', async () => {
    const rule = await createRule(app);
    expect(rule).toEqual({
      id: rule.id,
      organization: 'acme',
      projectId: app.project.id,
      name: 'Checkout errors',
      aggregate: 'sum(c:custom/checkout.errors@none)',
      query: '',
      environment: null,
      windowSeconds: 60,
      resolutionSeconds: 60,
      thresholdType: 'above',
      resolveThreshold: null,
      thresholdPeriod: 1,
      comparisonSeconds: null,
      noData: 'ok',
      graceSeconds: 15,
      minimumSessions: 0,
      triggers: [
        {
          label: 'critical',
          threshold: 10,
          actions: [{ type: 'slack', teamId: 'T0ACME001', channelId: 'C0ALERTS01', channelName: 'alerts' }],
        },
      ],
      owner: null,
      description: '',
      threads: 'thread',
      broadcast: true,
      snooze: null,
      createdAt: testStart,
      revision: 1,
    });
    expect(await listAlertRules(app, { organization: 'acme' })).toContainEqual(rule);
    expect(await listAlertRules(app, { organization: 'globex' })).toEqual([]);
    expect(await loadState(app, { ruleId: rule.id, projectId: rule.projectId })).toMatchObject({
      lastUpdate: null,
      nextEvaluationAt: '2026-03-02T09:01:00.000Z',
    });
  });

  it('is refused for a project and a workspace that the organization does not have', async () => {
    const failure = await createRule(app, { project: 'shop', workspace: 'T0OTHER01' }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(InvalidFieldsError);
    expect((failure as InvalidFieldsError).fields).toEqual({
      projects: [expect.stringContaining('There is no project shop')],
      triggers: [expect.stringContaining('The Slack workspace T0OTHER01 is not connected')],
    });
  });

  it.each([
    ['name', ''],
    ['name', 'two\nlines'],
    ['name', 'x'.repeat(257)],
    ['metric', 'no metric'],
    ['threshold', '10'],
    ['threshold', Number.NaN],
    ['windowSeconds', 0],
    ['windowSeconds', 90],
    ['windowSeconds', 86_460],
    ['channelId', '#alerts'],
    ['channelName', ''],
    ['colour', 'red'],
  ])('is refused with the %s %j, which is named', (field, value) => {
    let fields = {};
    try {
      parseInput(alertRuleInput, { ...input, [field]: value });
    } catch (error) {
      if (error instanceof InvalidFieldsError) fields = error.fields;
    }
    expect(Object.keys(fields)).toEqual([field]);
  });
});

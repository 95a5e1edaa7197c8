import { expect, it } from 'vitest';
import { createAcme } from '../tests/support/acme.ts';
import { apiClient } from '../tests/support/api.ts';
import { statusOf } from '../tests/support/stored-events.ts';
import { served } from './preview-alert-rule.ts';

it('says what a rule would have done, to whoever may read rules', async () => {
  const { app, token } = await createAcme();
  const reader = await token(['alerts:read']);
  expect(await statusOf('preview-alert-rule', served, { app, file: 'rule.json', token: reader })).toBe(200);
  const rule = { aggregate: 'count()', projects: ['web'], timeWindow: 5, thresholdType: 0 };
  const triggers = [{ label: 'critical', alertThreshold: 100 }];
  const path = '/api/0/organizations/acme/alert-rules/preview/';
  const { status, body } = await apiClient(app, reader).post(path, { ...rule, triggers });
  expect({ status, body }).toMatchObject({ status: 200, body: { incidents: [], step: 1, notifications: 0 } });
  const wrong = { ...rule, projects: ['shop'], aggregate: 'sum(' };
  expect((await apiClient(app, reader).post(path, wrong)).body).toEqual({
    aggregate: [expect.stringMatching(/^Line 1/u)],
    projects: [expect.stringContaining('no project shop')],
    triggers: ['This field is required.'],
  });
});

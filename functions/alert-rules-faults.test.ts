import { beforeAll, describe, expect, it } from 'vitest';
import { addWorkspace } from '../lib/slack/index.ts';
import { createAcme, people } from '../tests/support/acme.ts';
import { type ApiClient, apiClient } from '../tests/support/api.ts';
import { capacityMeter } from '../tests/support/capacity-meter.ts';
import { slackWorkspace } from '../tests/support/slack-server.ts';
import { createTestApp } from '../tests/support/test-app.ts';

const rules = '/api/0/organizations/acme/alert-rules/';

const meter = capacityMeter();
let api: ApiClient;
beforeAll(async () => {
  const acme = await createAcme(await createTestApp({ meter }));
  await addWorkspace(acme.app, { organization: 'acme', ...slackWorkspace });
  api = apiClient(acme.app, await acme.token(['alerts:write'], people.olivia));
});

const channel = { type: 'slack', targetIdentifier: '#alerts', inputChannelId: 'C0ALERTS01' };
const nobody = { type: 'user', targetIdentifier: 'nobody@acme.example' };
const wanted = {
  ...{ name: 'Many errors', aggregate: 'count()', projects: ['web'], timeWindow: 5, thresholdType: 0 },
  triggers: [{ label: 'critical', alertThreshold: 100, actions: [channel] }],
};
const trigger = (changes: object) => ({ ...wanted.triggers[0], ...changes });
const containing = (text: string) => [expect.stringContaining(text)];

/** What is said of a new rule. */
const said = async (changes: object) => (await api.post(rules, { ...wanted, ...changes })).body as object;

describe('what is wrong with a rule', () => {
  it('is said at once, be it the form of fields or what they name', async () => {
    const changes = {
      ...{ name: ' ', timeWindow: 0, thresholdPeriod: 21, projects: ['shop'], owner: 'team:nobody', query: 'level:' },
      aggregate: 'sum(',
    };
    expect(await said({ ...changes, triggers: [trigger({ alertThreshold: 'many', actions: [nobody] })] })).toEqual({
      name: containing('1 to 256'),
      timeWindow: containing('1440'),
      thresholdPeriod: containing('1 to 20'),
      projects: containing('no project shop'),
      owner: containing('no team:nobody'),
      query: containing('Line 1'),
      aggregate: containing('Line 1'),
      triggers: { alertThreshold: containing('threshold is a number'), nonFieldErrors: containing('nobody@acme') },
    });
  });

  it.each<[string, object, string]>([
    ['labels', { triggers: [trigger({ label: 'warning', alertThreshold: null })] }, '"critical"'],
    ['too many', { triggers: [trigger({ alertThreshold: null }), {}, {}] }, 'one critical trigger'],
    ['one of two actions', { triggers: [trigger({ actions: [{ type: 'email' }, nobody] })] }, 'nobody@acme'],
    ['actions beside a label', { triggers: [trigger({ label: 7, actions: [nobody] })] }, 'nobody@acme'],
  ])('with triggers is said as far as they can be read: %s', async (_, changes, text) => {
    expect(await said(changes)).toHaveProperty('triggers.nonFieldErrors', containing(text));
  });

  it.each<[string, object, string]>([
    ['thresholds, on which side', { thresholdType: 7, resolveThreshold: 500 }, 'thresholdType'],
    ['thresholds, compared with what', { comparisonDelta: 0, resolveThreshold: 500 }, 'comparisonDelta'],
    ['windows of an aggregate', { aggregate: 7, timeWindow: 7 }, 'aggregate'],
    ['types of an aggregate', { aggregate: 7, queryType: 2, dataset: 'metrics' }, 'aggregate'],
    ['a window', { aggregate: 'percentage(users_crashed, users)', timeWindow: 'x' }, 'timeWindow'],
    ['a project', { projects: 'web' }, 'projects'],
    ['triggers at all', { triggers: 'critical', resolveThreshold: 500 }, 'triggers'],
    ['an object in their place', { triggers: [null], resolveThreshold: 500 }, 'triggers'],
  ])('is not guessed where it depends on what cannot be read: %s', async (_, changes, field) => {
    expect(Object.keys(await said(changes))).toEqual([field]);
  });

  it('is said of a change, too, beside what the rule is already', async () => {
    const { id } = (await api.post(rules, wanted)).body as { id: string };
    const changes = { timeWindow: 0, owner: 'team:nobody', resolveThreshold: 500, revision: 'first' };
    for (const at of [`${rules}${id}/`, `/api/0/projects/acme/web/alert-rules/${id}/`]) {
      expect(await api.put(at, changes)).toEqual(
        expect.objectContaining({
          status: 400,
          body: {
            timeWindow: containing('1440'),
            owner: containing('no team:nobody'),
            resolveThreshold: containing('critical threshold'),
            revision: [expect.any(String)],
          },
        }),
      );
    }
    expect((await api.put(`${rules}1/`, { timeWindow: 0 })).status).toBe(404);
    expect((await api.put(`/api/0/projects/acme/api/alert-rules/${id}/`, { timeWindow: 0 })).status).toBe(404);
  });

  it('below a project does not ask for one', async () => {
    const { projects: _, ...rest } = wanted;
    const ofWeb = '/api/0/projects/acme/web/alert-rules/';
    expect((await api.post(ofWeb, { ...rest, timeWindow: 0 })).body).toEqual({ timeWindow: containing('1440') });
  });

  it.each([['[]'], ['7'], ['null'], ['"rule"']])('is said of %s as a whole', async (body) => {
    expect((await api.post(rules, JSON.parse(body))).status).toBe(400);
  });

  it.each([100, 'x'])('is found without looking up what is too much, with the threshold %j', async (alertThreshold) => {
    const actions = Array.from({ length: 20 }, () => nobody);
    const triggers = Array.from({ length: 200 }, () => trigger({ alertThreshold, actions }));
    const { result, consumed } = await meter.during(() => said({ triggers }));
    expect(JSON.stringify(result)).toContain('one critical trigger');
    expect(consumed.requests).toBeLessThan(100);
  });
});

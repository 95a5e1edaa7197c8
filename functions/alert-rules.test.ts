import { readdirSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadState } from '../lib/alerts/rule-state-store.ts';
import { addWorkspace } from '../lib/slack/index.ts';
import { type Acme, createAcme, people } from '../tests/support/acme.ts';
import { type ApiClient, apiClient } from '../tests/support/api.ts';
import { cursorOf } from '../tests/support/api-pages.ts';
import { slackWorkspace } from '../tests/support/slack-server.ts';
import { statusOf } from '../tests/support/stored-events.ts';
import { testStart } from '../tests/support/test-app.ts';
import { served } from './alert-rules.ts';

const rules = '/api/0/organizations/acme/alert-rules/';
const ofWeb = '/api/0/projects/acme/web/alert-rules/';

let acme: Acme;
let token: string;
let api: ApiClient;

beforeAll(async () => {
  acme = await createAcme();
  await addWorkspace(acme.app, { organization: 'acme', ...slackWorkspace });
  token = await acme.token(['alerts:write'], people.olivia);
  api = apiClient(acme.app, token);
});

const channel = { type: 'slack', targetIdentifier: '#alerts', inputChannelId: 'C0ALERTS01' };
const wanted = {
  name: 'Many errors',
  aggregate: 'count()',
  projects: ['web'],
  timeWindow: 5,
  thresholdType: 0,
  triggers: [{ label: 'critical', alertThreshold: 100, actions: [channel] }],
};

describe('an alert rule', () => {
  it('is created with what was sent and the usual for the rest, shown and listed', async () => {
    const { status, body } = await api.post(rules, wanted);
    expect(status).toBe(201);
    const { id } = body as { id: string };
    const olivia = { id: expect.any(String) as unknown, name: 'Olivia', email: people.olivia };
    expect(body).toEqual({
      id: expect.stringMatching(/^\d{16}$/) as unknown,
      name: 'Many errors',
      status: 0,
      projects: ['web'],
      ...{ queryType: 0, dataset: 'events', eventTypes: ['error', 'default'] },
      ...{ aggregate: 'count()', query: '', environment: null, timeWindow: 5, resolution: 1 },
      ...{ thresholdType: 0, resolveThreshold: null, thresholdPeriod: 1, comparisonDelta: null },
      triggers: [
        {
          id: `${id}-critical`,
          alertRuleId: id,
          label: 'critical',
          ...{ thresholdType: 0, alertThreshold: 100, resolveThreshold: null, dateCreated: testStart },
          actions: [
            {
              id: `${id}-critical-1`,
              ...{ type: 'slack', targetType: 'specific', targetIdentifier: 'alerts', desc: 'Slack #alerts' },
              ...{ inputChannelId: 'C0ALERTS01', integrationId: slackWorkspace.teamId },
            },
          ],
        },
      ],
      ...{
        owner: null,
        description: '',
        noData: 'ok',
        gracePeriod: 0,
        difficulty: null,
        untoldOutage: null,
        minimumSessions: 0,
        threads: 'thread',
        broadcast: true,
      },
      ...{ snooze: false, snoozeForEveryone: false, snoozeCreatedBy: null, snoozeUntil: null },
      ...{ dateCreated: testStart, dateModified: testStart, createdBy: olivia, revision: 1 },
    });
    expect((await api.get(`${rules}${id}/`)).body).toEqual(body);
    expect((await api.get(`${ofWeb}${id}/`)).body).toEqual(body);
    expect((await api.get(rules)).body).toContainEqual(body);
    expect(await loadState(acme.app, { ruleId: id, projectId: acme.web.id })).toMatchObject({
      nextEvaluationAt: '2026-03-02T09:01:00.000Z',
    });
  });

  it('says that its metric cannot be read, since when and what to do', async () => {
    const { id } = (await api.post(rules, wanted)).body as { id: string };
    const difficulty = { reads: 'nothing', because: 'too-much', since: testStart, triedAt: testStart };
    const set = { expression: 'SET difficulty = :it', names: {}, values: { ':it': difficulty } };
    await acme.app.table.update({ pk: `ALERT_RULE#${id}`, sk: `STATE#${acme.web.id}` }, set);
    const shown = { reads: 'nothing', since: testStart, reason: expect.stringContaining('choose a shorter window') };
    const told: unknown[] = [];
    expect((await api.get(`${rules}${id}/`)).body).toMatchObject({ difficulty: { ...shown, told } });
    expect((await api.get(rules)).body).toContainEqual(expect.objectContaining({ id, difficulty: { ...shown, told } }));
  });

  it('tells people, teams and webhooks, whose secret is shown once', async () => {
    const actions = [
      { type: 'user', targetIdentifier: people.mia },
      { type: 'slack', targetType: 'team', targetIdentifier: 'backend' },
      { type: 'webhook', targetIdentifier: 'https://hooks.acme.example/a#b' },
    ];
    const { body } = await api.post(ofWeb, {
      ...wanted,
      owner: 'team:backend',
      triggers: [
        { label: 'critical', alertThreshold: 100, actions },
        { label: 'warning', alertThreshold: 50, actions: actions.slice(2) },
      ],
    });
    const [critical, warning] = body.triggers as { actions: Record<string, string>[] }[];
    expect(critical?.actions).toMatchObject([
      { type: 'user', targetType: 'user', desc: 'Mia' },
      { type: 'team', targetType: 'team', desc: 'Team backend', targetIdentifier: body.owner.replace('team:', '') },
      { type: 'webhook', targetIdentifier: 'https://hooks.acme.example/a', secret: /^pfwh_\w{40}$/ },
    ]);
    const [sealed] = warning?.actions ?? [];
    expect(sealed?.['secret']).toBe(critical?.actions[2]?.['secret']);
    expect(JSON.stringify((await api.get(`${rules}${body.id}/`)).body)).not.toContain('secret');
  });

  it('gives back changes in per cent as they were sent', async () => {
    const triggers = [{ label: 'critical', alertThreshold: 30 }];
    const sent = { ...wanted, thresholdType: 1, comparisonDelta: 1_440, resolveThreshold: 10, triggers };
    const { body } = await api.post(rules, sent);
    expect(body).toMatchObject({ ...sent, triggers: [{ alertThreshold: 30, actions: [] }], resolution: 2 });
  });

  it.each([
    [0, 0.1],
    [1, 0.1],
    [0, 0.000_000_001],
    [0, 123.456_789],
  ])('gives back fractions of a per cent as they were sent: type %d, %d', async (thresholdType, alertThreshold) => {
    const triggers = [{ label: 'critical', alertThreshold }];
    const { body } = await api.post(rules, { ...wanted, thresholdType, comparisonDelta: 60, triggers });
    expect(body.triggers[0].alertThreshold).toBe(alertThreshold);
  });

  const at = 'https://postflow.example/extensions/slack/install/';
  it.each<[string, object, object]>([
    ['a project', { projects: ['shop'] }, { projects: [expect.stringContaining('no project shop')] }],
    ['two projects', { projects: ['web', 'api'] }, { projects: [expect.stringContaining('exactly one')] }],
    ['no project', { projects: [] }, { projects: [expect.stringContaining('exactly one')] }],
    ['an owner', { owner: 'team:nobody' }, { owner: [expect.stringContaining('no team:nobody')] }],
    ['an owner of another kind', { owner: 'ada' }, { owner: [expect.stringContaining('user:<ID>')] }],
    ['a workspace', action({ integrationId: 'T0OTHER01' }), { triggers: [expect.stringContaining(at)] }],
    ['no channel', action({ inputChannelId: null }), { triggers: [expect.stringContaining('inputChannelId')] }],
    ['a user', action({ type: 'user', targetIdentifier: 'x@acme.example' }), { triggers: [expect.any(String)] }],
    ['a team', action({ type: 'team', targetIdentifier: 'x' }), { triggers: [expect.any(String)] }],
    ['http', action({ type: 'webhook', targetIdentifier: 'http://a.example' }), { triggers: [expect.any(String)] }],
    ['an end', { resolveThreshold: 1e16 }, { resolveThreshold: [expect.stringContaining('1e15')] }],
    ['e-mail', action({ type: 'email' }), { triggers: { actions: { type: [expect.stringContaining('webhook')] } } }],
  ])('is refused for %s that there is not', async (_, changes, errors) => {
    expect(await api.post(rules, { ...wanted, ...changes })).toMatchObject({ status: 400, body: errors });
  });

  it.each([1e200, -1e16, 1e-200, -1e-10])('is refused for the threshold %d, which could not be kept', async (value) => {
    const triggers = [{ label: 'critical', alertThreshold: value }];
    const errors = { triggers: { alertThreshold: [expect.stringContaining('1e15')] } };
    expect(await api.post(rules, { ...wanted, triggers })).toMatchObject({ status: 400, body: errors });
  });

  it('is refused for a workspace that is switched off, with what to do', async () => {
    const teamId = 'T0OLD0001';
    await addWorkspace(acme.app, { organization: 'acme', ...slackWorkspace, teamId, name: 'Old' });
    const set = { expression: 'SET #s = :off', names: { '#s': 'status' }, values: { ':off': 'disabled' } };
    await acme.app.table.update({ pk: `WORKSPACE#${teamId}`, sk: 'WORKSPACE' }, set);
    const { status, body } = await api.post(rules, { ...wanted, ...action({ integrationId: teamId }) });
    expect({ status, body }).toEqual({
      status: 400,
      body: { triggers: [`The Slack workspace Old is switched off. Connect it again at ${at}, then try again.`] },
    });
  });

  it('says all that is wrong at once', async () => {
    const { body } = await api.post(rules, { ...wanted, projects: ['shop'], owner: 'x', resolveThreshold: 500 });
    expect(new Set(Object.keys(body as object))).toEqual(new Set(['owner', 'projects', 'resolveThreshold']));
  });

  it('of a project stays there', async () => {
    const { body } = await api.post(ofWeb, { ...wanted, projects: [acme.web.id] });
    expect(body).toMatchObject({ projects: ['web'] });
    expect((await api.post(ofWeb, { ...wanted, projects: ['api'] })).body).toHaveProperty('projects');
    const ofApi = '/api/0/projects/acme/api/alert-rules/';
    expect((await api.get(`${ofApi}${body.id}/`)).status).toBe(404);
    expect((await api.get(ofApi)).body).toEqual([]);
    expect((await api.get(ofWeb)).body).toContainEqual(body);
  });

  it('is listed in pages, there and back', async () => {
    for (const name of ['One', 'Two', 'Three', 'Four']) await api.post(rules, { ...wanted, name });
    const all = ((await api.get(rules)).body as { id: string }[]).map(({ id }) => id);
    const first = await api.get(`${rules}?per_page=2`);
    expect(first.body.map(({ id }: { id: string }) => id)).toEqual(all.slice(0, 2));
    const second = await api.get(`${rules}?per_page=2&cursor=${cursorOf(first)}`);
    expect(second.body.map(({ id }: { id: string }) => id)).toEqual(all.slice(2, 4));
    expect((await api.get(`${rules}?per_page=2&cursor=${cursorOf(second, 'previous')}`)).body).toEqual(first.body);
    const madeUp = Buffer.from(`>${'9'.repeat(1_400)}`).toString('base64url');
    expect((await api.get(`${rules}?cursor=${madeUp}`)).status).toBe(400);
  });

  it.each(readdirSync(new URL('../events/alert-rules/', import.meta.url)))('answers the stored %s', async (file) => {
    const expected: Record<string, number> = {
      ...{ 'create.json': 201, 'unknown.json': 404, 'invalid.json': 400 },
      ...{ 'create-digest.json': 400, 'invalid-digest.json': 400, 'unknown-digest.json': 404 },
    };
    expect(await statusOf('alert-rules', served, { app: acme.app, file, token })).toBe(expected[file] ?? 200);
  });
});

/** The rule with one action, changed. */
function action(changes: object): object {
  return { triggers: [{ label: 'critical', alertThreshold: 100, actions: [{ ...channel, ...changes }] }] };
}

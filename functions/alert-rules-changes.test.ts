import { beforeAll, describe, expect, it } from 'vitest';
import { loadState } from '../lib/alerts/rule-state-store.ts';
import { addWorkspace } from '../lib/slack/index.ts';
import { type Acme, createAcme, people } from '../tests/support/acme.ts';
import { type ApiClient, apiClient } from '../tests/support/api.ts';
import { slackWorkspace } from '../tests/support/slack-server.ts';

const rules = '/api/0/organizations/acme/alert-rules/';
const ofWeb = '/api/0/projects/acme/web/alert-rules/';

let acme: Acme;
let api: ApiClient;
let reader: ApiClient;
beforeAll(async () => {
  acme = await createAcme();
  await addWorkspace(acme.app, { organization: 'acme', ...slackWorkspace });
  api = apiClient(acme.app, await acme.token(['alerts:write'], people.olivia));
  reader = apiClient(acme.app, await acme.token(['alerts:read'], people.ada));
});

const actions = [
  { type: 'slack', targetIdentifier: '#alerts', inputChannelId: 'C0ALERTS01' },
  { type: 'user', targetIdentifier: people.mia },
  { type: 'team', targetIdentifier: 'backend' },
  { type: 'webhook', targetIdentifier: 'https://hooks.acme.example/a' },
];
const wanted = {
  ...{ name: 'Many errors', aggregate: 'count()', projects: ['web'], timeWindow: 5, thresholdType: 0 },
  ...{ owner: 'team:backend', resolveThreshold: 50, description: 'Look at the dashboards.' },
  triggers: [{ label: 'critical', alertThreshold: 100, actions }],
};

/** A new rule as it is shown, without the secret of its webhook. */
async function newRule(changes: object = {}) {
  const { id } = (await api.post(rules, { ...wanted, ...changes })).body as { id: string };
  return { id, at: `${rules}${id}/`, shown: (await api.get(`${rules}${id}/`)).body };
}

describe('an alert rule that is changed', () => {
  it('is another in what was sent, and the same in the rest', async () => {
    const { at, shown } = await newRule();
    acme.app.clock.advance(1_000);
    const { status, body } = await api.put(at, { name: 'Too many errors', timeWindow: 60 });
    const now = new Date(acme.app.clock.now()).toISOString();
    const changed = { name: 'Too many errors', timeWindow: 60, resolution: 3, revision: 2, dateModified: now };
    expect({ status, body }).toEqual({ status: 200, body: { ...shown, ...changed } });
    expect((await api.get(at)).body).toEqual(body);
  });

  it('is not, when it is sent as it was shown', async () => {
    for (const changes of [
      {},
      { comparisonDelta: 60, triggers: [{ label: 'critical', alertThreshold: 80, actions }] },
    ]) {
      const { at, shown } = await newRule(changes);
      expect((await api.put(at, shown)).body).toEqual(shown);
      expect((await api.put(at, {})).body).toEqual(shown);
    }
  });

  it('shows the whole address of a webhook only to who may change it, and keeps it when the rest is sent', async () => {
    const { id, at, shown } = await newRule();
    const addresses = ({ triggers }: typeof shown) => triggers[0].actions[3].targetIdentifier as string;
    expect(addresses(shown)).toBe('https://hooks.acme.example/a');
    const robot = apiClient(acme.app, await acme.token(['project:write']));
    const listed = (await reader.get(rules)).body as (typeof shown)[];
    const read = (await reader.get(at)).body;
    for (const one of [read, listed.find((rule) => rule.id === id)]) {
      expect(addresses(one)).toBe('https://hooks.acme.example');
      expect(one.triggers[0].actions[3].desc).toBe('Webhook hooks.acme.example');
    }
    expect((await api.put(at, read)).body).toEqual(shown);
    expect(addresses((await robot.get(`${ofWeb}${id}/`)).body)).toBe('https://hooks.acme.example/a');
    const root = { type: 'webhook', targetIdentifier: 'https://hooks.acme.example/' };
    const changed = await api.put(at, { triggers: [{ ...wanted.triggers[0], actions: [root, actions[3]] }] });
    expect(changed.status).toBe(200);
    const unclear = await api.put(at, (await reader.get(at)).body);
    expect(unclear).toMatchObject({ status: 400, body: { triggers: [expect.stringContaining('several webhooks')] } });
  });

  it('gets what is usual for its new terms, where it had what was usual', async () => {
    const { at, shown } = await newRule();
    expect(shown).toMatchObject({ gracePeriod: 0, noData: 'ok' });
    const sessions = { aggregate: 'percentage(sessions_crashed, sessions)', timeWindow: 60, thresholdType: 1 };
    const triggers = [{ label: 'critical', alertThreshold: 95 }];
    const changed = await api.put(at, { ...sessions, resolveThreshold: null, triggers });
    expect(changed.body).toMatchObject({ gracePeriod: 15, noData: 'keep', queryType: 2 });
  });

  it('goes on telling whom it told, even those who could not be added any more', async () => {
    const teamId = 'T0OLD0001';
    await addWorkspace(acme.app, { organization: 'acme', ...slackWorkspace, teamId, name: 'Old' });
    const old = { type: 'slack', inputChannelId: 'C0ALERTS01', integrationId: teamId };
    const { at } = await newRule({ triggers: [{ label: 'critical', alertThreshold: 100, actions: [old] }] });
    const set = { expression: 'SET #s = :off', names: { '#s': 'status' }, values: { ':off': 'disabled' } };
    await acme.app.table.update({ pk: `WORKSPACE#${teamId}`, sk: 'WORKSPACE' }, set);
    expect(await api.put(at, { name: 'Other' })).toMatchObject({ status: 200, body: { name: 'Other' } });
  });

  it('is refused with the fields that are wrong, and when somebody else was faster', async () => {
    const { at } = await newRule();
    const wrong = await api.put(at, { timeWindow: 0 });
    expect(wrong).toMatchObject({ status: 400, body: { timeWindow: [expect.any(String)] } });
    const together = await api.put(at, { resolveThreshold: 200, owner: 'x', projects: ['web', 'api'] });
    expect(new Set(Object.keys(together.body as object))).toEqual(new Set(['owner', 'projects', 'resolveThreshold']));
    expect(await api.put(at, { name: 'One', revision: 1 })).toMatchObject({ status: 200, body: { revision: 2 } });
    expect(await api.put(at, { name: 'Two', revision: 1 })).toMatchObject({ status: 409 });
    expect((await reader.put(at, { name: 'Three' })).status).toBe(403);
    expect((await api.get(at)).body).toMatchObject({ name: 'One' });
  });

  it('is judged in the project that it is moved to, and stays within the project of its address', async () => {
    const { id, at } = await newRule();
    expect((await api.put(`${ofWeb}${id}/`, { projects: ['api'] })).body).toHaveProperty('projects');
    expect((await api.put(at, { projects: ['api'] })).body).toMatchObject({ projects: ['api'] });
    expect((await api.put(`${ofWeb}${id}/`, { name: 'Moved' })).status).toBe(404);
    expect(await loadState(acme.app, { ruleId: id, projectId: acme.web.id })).toBeUndefined();
    expect(await loadState(acme.app, { ruleId: id, projectId: acme.api.id })).toMatchObject({ lastUpdate: null });
  });

  it('is gone when it was deleted, with what people wanted of it', async () => {
    const { id, at } = await newRule();
    await reader.post(`${at}snooze/`, { target: 'me' });
    expect((await reader.delete(at)).status).toBe(403);
    expect((await api.delete(`${ofWeb}${id}/`)).status).toBe(204);
    for (const again of [api.get(at), api.put(at, {}), api.delete(at), api.post(`${at}snooze/`, { target: 'me' })]) {
      expect(await again).toMatchObject({ status: 404 });
    }
    const left = await acme.app.table.query({ partition: `ALERT_RULE#${id}` });
    expect(left.items.map(({ sk }) => sk)).toEqual([`STATE#${acme.web.id}`]);
  });
});

describe('the snooze of a rule', () => {
  const quiet = { snooze: true, snoozeForEveryone: false, snoozeCreatedBy: 'You', snoozeUntil: null };
  const loud = { snooze: false, snoozeForEveryone: false, snoozeCreatedBy: null, snoozeUntil: null };

  it('is for one person, until that person ends it', async () => {
    const { id, at } = await newRule();
    const mine = await reader.post(`${ofWeb}${id}/snooze/`, { target: 'me' });
    expect(mine).toMatchObject({ status: 201, body: { alertRuleId: id, until: null } });
    expect(mine.body.userId).toBe(mine.body.ownerId);
    expect((await reader.get(at)).body).toMatchObject(quiet);
    expect((await api.get(at)).body).toMatchObject(loud);
    expect((await reader.delete(`${at}snooze/?target=me`)).status).toBe(204);
    expect((await reader.get(at)).body).toMatchObject(loud);
    expect((await reader.delete(`${at}snooze/?target=me`)).status).toBe(204);
  });

  it('is for everyone, until a moment', async () => {
    const { at } = await newRule();
    const until = new Date(acme.app.clock.now() + 3_600_000).toISOString();
    const sent = until.replace('Z', '+00:00');
    expect((await reader.post(`${at}snooze/`, { target: 'everyone' })).status).toBe(403);
    expect(await api.post(`${at}snooze/`, { target: 'everyone', until: sent })).toMatchObject({
      status: 201,
      body: { userId: 'everyone', until },
    });
    const byOlivia = { snooze: true, snoozeForEveryone: true, snoozeCreatedBy: 'Olivia', snoozeUntil: until };
    expect((await reader.get(at)).body).toMatchObject(byOlivia);
    expect((await api.put(at, { name: 'Renamed' })).body).toMatchObject({ snooze: true, snoozeUntil: until });
    acme.app.clock.advance(3_600_000);
    expect((await reader.get(at)).body).toMatchObject(loud);
    await api.post(`${at}snooze/`, { target: 'everyone' });
    expect((await reader.delete(`${at}snooze/`)).status).toBe(403);
    expect((await api.delete(`${at}snooze/`)).status).toBe(204);
    expect((await reader.get(at)).body).toMatchObject(loud);
  });

  it('is refused without knowing for whom, with an end that is past, and from who is nobody', async () => {
    const { at } = await newRule();
    const snooze = async (body: object) => (await api.post(`${at}snooze/`, body)).body as object;
    expect(await snooze({})).toEqual({ target: [expect.stringContaining('everyone')] });
    expect(await snooze({ target: 'all' })).toEqual({ target: [expect.stringContaining('everyone')] });
    expect(await snooze({ target: 'me', until: 'tomorrow' })).toEqual({ until: [expect.stringContaining('2026')] });
    expect(await snooze({ target: 'me', until: '2020-01-01T00:00:00Z' })).toEqual({
      until: [expect.stringContaining('past')],
    });
    expect((await api.delete(`${at}snooze/?target=all`)).status).toBe(400);
    const machine = apiClient(acme.app, await acme.token(['org:admin']));
    expect((await machine.post(`${at}snooze/`, { target: 'me' })).status).toBe(403);
  });
});

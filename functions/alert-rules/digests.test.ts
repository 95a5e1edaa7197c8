import { beforeAll, describe, expect, it } from 'vitest';
import { addWorkspace } from '../../lib/slack/index.ts';
import { type Acme, createAcme, people } from '../../tests/support/acme.ts';
import { type ApiClient, apiClient } from '../../tests/support/api.ts';
import { cursorOf } from '../../tests/support/api-pages.ts';
import { slackWorkspace } from '../../tests/support/slack-server.ts';
import { testStart } from '../../tests/support/test-app.ts';

const digests = '/api/0/organizations/acme/digests/';

let acme: Acme;
let api: ApiClient;
let mia: ApiClient;
let rule: string;
let secretRule: string;
let wanted: Readonly<Record<string, unknown>>;

beforeAll(async () => {
  acme = await createAcme();
  await addWorkspace(acme.app, { organization: 'acme', ...slackWorkspace });
  api = apiClient(acme.app, await acme.token(['alerts:write'], people.olivia));
  mia = apiClient(acme.app, await acme.token(['alerts:write'], people.mia));
  [rule, secretRule] = [await createRule('web'), await createRule('api')];
  wanted = {
    ...{ name: 'Monday', rules: [rule], schedule: '0  9 * * MON', timeZone: 'Europe/Berlin', period: '1w' },
    ...{ inputChannelId: 'C0ALERTS01', channelName: '#alerts' },
  };
});

async function createRule(project: string): Promise<string> {
  const triggers = [{ label: 'critical', alertThreshold: 1 }];
  const body = { name: `Errors of ${project}`, aggregate: 'count()', timeWindow: 5, thresholdType: 0, triggers };
  const path = '/api/0/organizations/acme/alert-rules/';
  return (await api.post(path, { ...body, projects: [project] })).body.id as string;
}

const create = async (changes: object = {}) => (await api.post(digests, { ...wanted, ...changes })).body;

describe('a digest', () => {
  it('is created with what was sent, shown and listed', async () => {
    const { status, body } = await api.post(digests, wanted);
    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.stringMatching(/^\d{16}$/u),
      ...{ name: 'Monday', rules: [{ id: rule, name: 'Errors of web', project: 'web' }] },
      ...{ schedule: '0 9 * * MON', timeZone: 'Europe/Berlin', period: '7d', enabled: true },
      ...{ integrationId: slackWorkspace.teamId, inputChannelId: 'C0ALERTS01', channelName: 'alerts' },
      dateNext: '2026-03-09T08:00:00.000Z',
      ...{ dateCreated: testStart, dateModified: testStart, revision: 1 },
    });
    expect((await api.get(`${digests}${body.id}/`)).body).toEqual({ ...body, sendings: [] });
    expect((await api.get(digests)).body).toContainEqual(body);
  });

  it.each<[string, object, Readonly<Record<string, unknown>>]>([
    ['hour', { schedule: '0 25 * * 1' }, { schedule: ['The hour of the schedule cannot be "25".'] }],
    ['schedule', { schedule: 'daily' }, { schedule: [expect.stringContaining('five parts')] }],
    ['time zone', { timeZone: 'Mars/Olympus' }, { timeZone: [expect.stringContaining('no time zone Mars/Olympus')] }],
    ['period', { period: '1y' }, { period: [expect.stringContaining('24h, 7d or 4w')] }],
    ['long period', { period: '14w' }, { period: [expect.any(String)] }],
    ['rule', { rules: ['1'] }, { rules: [expect.stringContaining('no rule 1')] }],
    ['rules', { rules: [] }, { rules: [expect.stringContaining('one to ten')] }],
    ['channel', { inputChannelId: 'alerts' }, { inputChannelId: [expect.stringContaining('inputChannelId')] }],
    ['workspace', { integrationId: 'T0OTHER01' }, { inputChannelId: [expect.stringContaining('T0OTHER01')] }],
    ['field', { timezone: 'UTC' }, { timezone: ['There is no such field. Did you mean timeZone?'] }],
    ['word for a field', { cron: '0 9 * * 1' }, { cron: ['There is no such field.'] }],
    ['name', { name: ' ' }, { name: [expect.stringContaining('1 to 128')] }],
  ])('with a wrong %s is refused, naming the field', async (_, changes, errors) => {
    expect(await api.post(digests, { ...wanted, ...changes })).toMatchObject({ status: 400, body: errors });
  });

  it('says all that is wrong at once', async () => {
    const { body } = await api.post(digests, { ...wanted, schedule: 'x', timeZone: 'x', period: 'x', rules: ['1'] });
    expect(Object.keys(body as object).toSorted((one, other) => one.localeCompare(other))).toEqual([
      ...['period', 'rules', 'schedule', 'timeZone'],
    ]);
  });

  it('is changed in part, from what was read only, and keeps its next time with its schedule', async () => {
    const { id } = await create();
    const first = await api.put(`${digests}${id}/`, { name: 'Other', revision: 1 });
    expect(first).toMatchObject({ status: 200, body: { name: 'Other', revision: 2, period: '7d' } });
    expect(first.body.dateNext).toBe('2026-03-09T08:00:00.000Z');
    expect((await api.put(`${digests}${id}/`, { name: 'Late', revision: 1 })).status).toBe(409);
    const { body } = await api.put(`${digests}${id}/`, { schedule: '30 17 * * FRI', timeZone: 'UTC' });
    expect(body).toMatchObject({ dateNext: '2026-03-06T17:30:00.000Z', name: 'Other' });
    expect((await api.put(`${digests}${id}/`, { enabled: false })).body).toMatchObject({ dateNext: null });
    expect((await api.put(`${digests}${id}/`, { timeZone: 'x' })).status).toBe(400);
    expect((await api.put(`${digests}${id}/`, { time_zone: 'UTC' })).body).toEqual({
      time_zone: ['There is no such field. Did you mean timeZone?'],
    });
  });

  it('that moves to another channel forgets what the old one was called', async () => {
    const { id } = await create();
    expect((await api.put(`${digests}${id}/`, { period: '4w' })).body).toMatchObject({ channelName: 'alerts' });
    const moved = await api.put(`${digests}${id}/`, { inputChannelId: 'C0ELSEWHER' });
    expect(moved.body).toMatchObject({ inputChannelId: 'C0ELSEWHER', channelName: 'C0ELSEWHER', period: '28d' });
  });

  it('is sent now for whoever asks, once a minute', async () => {
    const { id } = await create();
    for (const _ of ['once', 'twice']) {
      expect(await api.post(`${digests}${id}/send/`, undefined)).toMatchObject({
        status: 202,
        body: { dateScheduled: testStart, reason: 'request', state: 'pending' },
      });
    }
    const job = { kind: 'digest', organization: 'acme', digestId: id, requestedAt: testStart };
    expect(acme.app.charts.takeAll()).toEqual([job, job]);
    expect((await api.get(`${digests}${id}/`)).body.sendings).toHaveLength(1);
  });

  it('is gone when it was deleted', async () => {
    const { id } = await create();
    expect((await api.delete(`${digests}${id}/`)).status).toBe(204);
    for (const method of ['GET', 'PUT', 'DELETE']) {
      expect((await api.send(method, `${digests}${id}/`, { name: 'x' })).status).toBe(404);
    }
    expect((await api.get(`${digests}not-an-id/`)).status).toBe(404);
  });

  it('with a rule of a team of others is nobody else’s', async () => {
    const { id } = await create({ rules: [rule, secretRule] });
    const open = await create();
    expect((await mia.get(`${digests}${id}/`)).status).toBe(404);
    expect((await mia.put(`${digests}${id}/`, { rules: [rule] })).status).toBe(404);
    expect((await mia.post(`${digests}${id}/send/`, undefined)).status).toBe(404);
    expect((await mia.delete(`${digests}${id}/`)).status).toBe(404);
    const listed = ((await mia.get(digests)).body as { id: string }[]).map((one) => one.id);
    expect(listed).toContain(open.id);
    expect(listed).not.toContain(id);
    expect((await mia.post(digests, { ...wanted, rules: [secretRule] })).status).toBe(400);
  });

  it('whose rules are all gone is still that of who made it, and of who reaches everything', async () => {
    const gone = await createRule('api');
    const ada = apiClient(acme.app, await acme.token(['alerts:write'], people.ada));
    const { id } = (await ada.post(digests, { ...wanted, rules: [gone] })).body;
    await api.delete(`/api/0/organizations/acme/alert-rules/${gone}/`);
    const robot = apiClient(acme.app, await acme.token(['alerts:read']));
    for (const one of [ada, api, robot]) expect((await one.get(`${digests}${id}/`)).body).toMatchObject({ rules: [] });
    expect((await mia.get(`${digests}${id}/`)).status).toBe(404);
    expect((await mia.delete(`${digests}${id}/`)).status).toBe(404);
    expect((await mia.get(digests)).body.map((digest: { id: string }) => digest.id)).not.toContain(id);
  });

  it('is listed in pages', async () => {
    for (const name of ['One', 'Two']) await create({ name });
    const page = await api.get(`${digests}?per_page=1`);
    const next = await api.get(`${digests}?per_page=1&cursor=${cursorOf(page)}`);
    expect(next.body).toHaveLength(1);
    expect(next.body[0].id).not.toBe(page.body[0].id);
    const madeUp = Buffer.from(`>${'9'.repeat(1_400)}`).toString('base64url');
    expect((await api.get(`${digests}?cursor=${madeUp}`)).status).toBe(400);
  });
});

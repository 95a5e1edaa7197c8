import { beforeEach, describe, expect, it } from 'vitest';
import type { Table } from '../lib/platform/table.ts';
import { listProjectActivities, projectActivityTypes } from '../lib/projects/index.ts';
import { type Acme, createAcme } from '../tests/support/acme.ts';
import { type ApiClient, apiClient } from '../tests/support/api.ts';

let acme: Acme;
let token: string;
let api: ApiClient;

beforeEach(async () => {
  acme = await createAcme();
  token = await acme.token(['org:ci']);
  api = apiClient(acme.app, token);
  expect((await api.post(releases, { version: '1', projects: ['web', 'api'] })).status).toBe(201);
});

const releases = '/api/0/organizations/acme/releases/';
const deploys = `${releases}1/deploys/`;

/** The release as it is shown, without changing it. */
const theRelease = async () => (await api.post(releases, { version: '1', projects: ['web'] })).body;

describe('the same request again', () => {
  const sent = {
    environment: 'prod',
    name: 'blue',
    dateFinished: '2026-03-02T08:10:00.123Z',
    projects: ['web', 'api'],
  };

  it('is the same deploy, counted once', async () => {
    const [first, ...others] = await Promise.all([1, 2, 3].map(() => api.post(deploys, sent)));
    acme.app.clock.advance(60_000);
    const later = await api.post(deploys, { ...sent, projects: ['api', 'web'] });
    for (const again of [...others, later]) {
      expect(again).toMatchObject({ status: 201, body: { id: first?.body.id as string } });
    }
    expect(await theRelease()).toMatchObject({ deployCount: 1 });
    expect(await listProjectActivities(acme.app, acme.web.id)).toHaveLength(1);
  });

  it('tells of the deploy when the first one stopped before that', async () => {
    let writes = 0;
    const stopping = {
      ...acme.app.table,
      async write(...args: Parameters<Table['write']>) {
        writes += 1;
        if (writes === 2) throw new Error('the process ends');
        return acme.app.table.write(...args);
      },
    };
    const stopped = await apiClient({ ...acme.app, table: stopping }, token)
      .post(deploys, sent)
      .catch(() => undefined);
    expect([stopped?.status, await listProjectActivities(acme.app, acme.web.id)]).toEqual([undefined, []]);
    const { status, body } = await api.post(deploys, sent);
    expect(status).toBe(201);
    expect(await listProjectActivities(acme.app, acme.web.id)).toMatchObject([{ subject: body.id as string }]);
    expect(await theRelease()).toMatchObject({ deployCount: 1 });
  });

  it.each([
    ['environment', { environment: 'staging' }],
    ['name', { name: null }],
    ['url', { url: 'https://ci.acme.example' }],
    ['start', { dateStarted: '2026-03-02T08:00:00Z' }],
    ['end', { dateFinished: '2026-03-02T08:11:00Z' }],
    ['projects', { projects: ['web'] }],
  ])('with another %s is another deploy', async (_, change) => {
    const first = await api.post(deploys, sent);
    const other = await api.post(deploys, { ...sent, ...change });
    expect(other.body.id).not.toBe(first.body.id);
    expect(await theRelease()).toMatchObject({ deployCount: 2 });
  });

  it('is another deploy when it does not say when it finished', async () => {
    const ids = [1, 2].map(async () => (await api.post(deploys, { environment: 'prod' })).body.id as string);
    expect(new Set(await Promise.all(ids)).size).toBe(2);
    expect(await theRelease()).toMatchObject({ deployCount: 2 });
  });
});

describe('parallel deploys of one release', () => {
  it('are all recorded and counted, and the newest is the last one', async () => {
    const minutes = Array.from({ length: 48 }, (_, index) => String(10 + ((index * 7) % 48)));
    const answers = await Promise.all(
      minutes.map((minute) =>
        api.post(deploys, { environment: 'prod', name: minute, dateFinished: `2026-03-02T09:${minute}:00Z` }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(minutes.map(() => 201));
    expect(await theRelease()).toMatchObject({ deployCount: 48, lastDeploy: { name: '57' } });
    expect((await api.get(deploys)).body).toMatchObject([{ environment: 'prod', name: '57' }]);
    const told = await listProjectActivities(acme.app, acme.web.id);
    expect(told.map(({ type }) => type)).toEqual(minutes.map(() => projectActivityTypes.deploy));
  });
});

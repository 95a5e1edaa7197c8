import { readdirSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { deleteProject } from '../lib/projects/index.ts';
import { type Acme, createAcme, people } from '../tests/support/acme.ts';
import { type ApiClient, apiClient } from '../tests/support/api.ts';
import { statusOf } from '../tests/support/stored-events.ts';
import { served } from './notification-settings.ts';

const mine = '/api/0/users/me/notification-settings/';
const ofTeam = '/api/0/teams/acme/backend/notification-settings/';

let acme: Acme;
let mia: ApiClient;
let ada: ApiClient;

beforeEach(async () => {
  acme = await createAcme();
  mia = apiClient(acme.app, await acme.token(['project:read'], people.mia));
  ada = apiClient(acme.app, await acme.token(['team:write'], people.ada));
});

describe('the settings of a person', () => {
  it('are none until the person says something', async () => {
    expect(await mia.get(mine)).toMatchObject({ status: 200, body: [] });
  });

  it('are about a project or all of them, and go back to the default', async () => {
    const deploys = { project: 'web', projectId: acme.web.id, kind: 'deploy', value: 'committed_only' };
    const issues = { project: null, projectId: null, kind: 'issue', value: 'never' };
    const wishes = [
      { project: 'web', kind: 'deploy', value: 'never' },
      { kind: 'issue', value: 'never' },
      { project: Number(acme.web.id), kind: 'deploy', value: 'committed_only' },
    ];
    expect(await mia.put(mine, wishes)).toMatchObject({ status: 200, body: [issues, deploys] });
    expect((await mia.get(mine)).body).toEqual([issues, deploys]);
    expect((await ada.get(mine)).body, 'those of others are their own').toEqual([]);
    expect((await mia.put(mine, { project: 'web', kind: 'deploy', value: 'default' })).body).toEqual([issues]);
    expect((await mia.put(mine, { project: 'web', kind: 'deploy', value: 'default' })).body).toEqual([issues]);
  });

  it.each([
    [{ kind: 'deploys', value: 'always' }, 'kind'],
    [{ kind: 'deploy', value: 'sometimes' }, 'value'],
    [{ kind: 'issue', value: 'committed_only' }, 'value'],
    [{ kind: 'deploy', value: 'always' }, 'value'],
    [{ value: 'always' }, 'kind'],
    [{ kind: 'deploy' }, 'value'],
    [{ project: 'nope', kind: 'deploy', value: 'committed_only' }, 'project'],
    [{ project: 'api', kind: 'deploy', value: 'committed_only' }, 'project'],
    [{ project: '', kind: 'deploy', value: 'committed_only' }, 'project'],
    [{ project: 'x'.repeat(3_000), kind: 'deploy', value: 'committed_only' }, 'project'],
    [{ project: { id: 1 }, kind: 'deploy', value: 'committed_only' }, 'project'],
    [{ project: 1e300, kind: 'deploy', value: 'committed_only' }, 'project'],
    [
      [
        { kind: 'deploy', value: 'committed_only' },
        { kind: '', value: 'always' },
      ],
      'kind',
    ],
    [[], 'detail'],
    [Array(51).fill({ kind: 'deploy', value: 'committed_only' }), 'detail'],
    [7, 'detail'],
    [[7], 'detail'],
    [null, 'detail'],
  ])('are not changed to %j', async (body, key) => {
    const answer = await mia.put(mine, body);
    expect(answer.status).toBe(400);
    expect(Object.keys(answer.body as object)).toEqual([key]);
    expect((await mia.get(mine)).body).toEqual([]);
  });

  it('take fifty changes at once', async () => {
    const wishes = Array(50).fill({ project: 'web', kind: 'deploy', value: 'committed_only' });
    expect((await mia.put(mine, wishes)).body).toHaveLength(1);
  });

  it('are nothing that an organization has', async () => {
    const token = await acme.token(['org:admin', 'team:admin']);
    for (const answer of [
      await mia.get(mine, { token }),
      await mia.put(mine, { kind: 'deploy', value: 'committed_only' }, { token }),
    ]) {
      expect(answer).toMatchObject({ status: 403, body: { detail: expect.stringContaining('personal') as unknown } });
    }
    expect((await mia.get(mine, { token: null })).status).toBe(401);
  });

  it('are closed to who has left', async () => {
    await mia.get(mine);
    const members = await Array.fromAsync(acme.app.table.queryAll({ partition: 'ORG#acme', beginsWith: 'MEMBER#' }));
    await acme.app.table.write(members.map(({ pk, sk }) => ({ delete: { pk, sk } })));
    expect((await mia.get(mine)).status).toBe(401);
    expect((await mia.put(mine, { kind: 'deploy', value: 'committed_only' })).status).toBe(401);
  });

  it('say nothing of a project that is gone', async () => {
    await mia.put(mine, { project: 'web', kind: 'deploy', value: 'committed_only' });
    await deleteProject(acme.app, { organization: 'acme', project: 'web' });
    expect((await mia.get(mine)).body).toEqual([]);
    expect((await mia.put(mine, { project: acme.web.id, kind: 'deploy', value: 'committed_only' })).status).toBe(400);
  });
});

describe('the settings of a team', () => {
  const setting = { project: 'api', kind: 'alert', value: 'never' };

  it('are changed by who is in it, and by the organization', async () => {
    const stored = [{ ...setting, projectId: acme.api.id }];
    expect(await ada.put(ofTeam, setting)).toMatchObject({ status: 200, body: stored });
    expect((await ada.get(ofTeam)).body).toEqual(stored);
    expect((await ada.get(mine)).body).toEqual([]);
    const token = await acme.token(['org:write']);
    expect((await ada.put(ofTeam, { ...setting, value: 'default' }, { token })).body).toEqual([]);
  });

  it('are closed to others', async () => {
    const outside = { token: await acme.token(['team:admin'], people.mia) };
    expect((await ada.get(ofTeam, outside)).status).toBe(403);
    expect((await ada.put(ofTeam, setting, outside)).status).toBe(403);
    expect((await ada.put(ofTeam, setting, { token: await acme.token(['team:read']) })).status).toBe(403);
    expect((await ada.put('/api/0/teams/globex/backend/notification-settings/', setting)).status).toBe(403);
    for (const team of ['nope', 'a%20b', 'x'.repeat(3_000)]) {
      expect((await ada.get(`/api/0/teams/acme/${team}/notification-settings/`)).status, team).toBe(404);
    }
  });
});

it('the stored events are answered', async () => {
  const token = await acme.token(['team:write'], people.ada);
  for (const file of readdirSync(new URL('../events/notification-settings/', import.meta.url))) {
    expect(await statusOf('notification-settings', served, { app: acme.app, file, token }), file).toBe(200);
  }
});

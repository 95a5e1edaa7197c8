import { beforeEach, describe, expect, it } from 'vitest';
import { type Acme, createAcme, people } from '../../tests/support/acme.ts';
import { type ApiClient, apiClient } from '../../tests/support/api.ts';
import { testStart } from '../../tests/support/test-app.ts';
import { listMembers } from '../organizations/index.ts';
import { ConditionFailedError } from '../platform/table.ts';
import { createProject, listProjectActivities, projectActivityTypes } from '../projects/index.ts';
import { finishNotice, readPendingNotices } from './deploy-notice-store.ts';
import { readDeploys, readWaitingDeploys } from './deploy-store.ts';
import { markHealthData } from './mark-health-data.ts';
import { notifyIfReady, notifyPendingDeploys } from './notify-deploy.ts';
import { readLinksOfRelease } from './release-link-store.ts';
import type { Author, Release } from './release-record.ts';
import { readReleases, releaseKey } from './release-store.ts';

const at = { organization: 'acme', version: 'web@1.0.0' };
const releases = '/api/0/organizations/acme/releases/';

let acme: Acme;
let api: ApiClient;

beforeEach(async () => {
  acme = await createAcme();
  api = apiClient(acme.app, await acme.token(['org:ci']));
  expect((await api.post(releases, { version: at.version, projects: ['web', 'api'] })).status).toBe(201);
});

async function deploy(body: object = {}): Promise<string> {
  const answer = await api.post(`${releases}${at.version}/deploys/`, { environment: 'prod', ...body });
  expect(answer.status).toBe(201);
  return answer.body.id as string;
}

async function theRelease(): Promise<Release> {
  const [release] = await readReleases(acme.app.table, at.organization, [at.version]);
  if (release === undefined) throw new Error('the release is gone');
  return release;
}

/** Changes the release as those do who bring commits. */
function setRelease(attribute: 'commitList' | 'heads', value: unknown): Promise<void> {
  const set = { expression: 'SET #name = :value', names: { '#name': attribute }, values: { ':value': value } };
  return acme.app.table.update(releaseKey(at), set);
}

const commitsBy = (...authors: Author[]) => ({
  generation: 'g1',
  hash: 'h',
  count: authors.length,
  chunks: 1,
  authors,
  finished: true,
});
const ada: Author = { email: 'ada@acme.example', name: 'Ada', userId: 'ada' };
const mia: Author = { email: 'mia@acme.example', name: 'Mia', userId: 'mia' };
const stranger: Author = { email: 'sam@elsewhere.example', name: 'Sam' };

const activities = async (projectId = acme.web.id) => await listProjectActivities(acme.app, projectId);
const isNotified = async (id: string) =>
  (await readDeploys(acme.app.table, (await theRelease()).id, [id])).get(id)?.notified;

describe('a deploy of a release without commits', () => {
  it('is told of at once, to every project of the release, with what people ask for', async () => {
    const id = await deploy({ projects: ['web'] });
    for (const projectId of [acme.web.id, acme.api.id]) {
      expect(await activities(projectId)).toEqual([
        {
          organization: 'acme',
          projectId,
          type: projectActivityTypes.deploy,
          subject: id,
          ident: at.version,
          at: testStart,
          data: { version: at.version, deploy_id: id, environment: 'prod' },
        },
      ]);
    }
    expect(await isNotified(id)).toBe(true);
    expect(await readWaitingDeploys(acme.app.table, (await theRelease()).id)).toEqual([]);
  });

  it.each([{}, { fetchComplete: true }])('is told of once, whoever asks again with %j', async (options) => {
    const deployId = await deploy();
    acme.app.clock.advance(60_000);
    await Promise.all([
      notifyIfReady(acme.app, { ...at, deployId, ...options }),
      notifyIfReady(acme.app, { ...at, deployId, ...options }),
      notifyPendingDeploys(acme.app, await theRelease(), options),
    ]);
    expect(await activities()).toMatchObject([{ at: testStart }]);
  });

  it('leaves nobody to send a message to', async () => {
    await deploy();
    expect(await readPendingNotices(acme.app.table, 'acme')).toEqual([]);
  });
});

describe('a deploy of a release whose commits are on their way', () => {
  beforeEach(() => setRelease('heads', { 'acme/app': 'abc' }));

  it('is told of when they are there', async () => {
    const first = await deploy();
    const second = await deploy({ environment: 'staging' });
    await notifyPendingDeploys(acme.app, await theRelease());
    expect([await activities(), await isNotified(first), await isNotified(second)]).toEqual([[], false, false]);

    await setRelease('commitList', commitsBy(ada));
    await notifyPendingDeploys(acme.app, await theRelease());
    expect(new Set((await activities()).map(({ subject }) => subject))).toEqual(new Set([first, second]));
    expect([await isNotified(first), await isNotified(second)]).toEqual([true, true]);
  });

  it('waits for the first commit of an empty list', async () => {
    await setRelease('commitList', commitsBy());
    await deploy();
    expect(await activities()).toEqual([]);
  });

  it('is told of as well when there will be none', async () => {
    const deployId = await deploy();
    await notifyIfReady(acme.app, { ...at, deployId, fetchComplete: true });
    expect(await activities()).toHaveLength(1);
    await deploy({ environment: 'staging' });
    await notifyPendingDeploys(acme.app, await theRelease(), { fetchComplete: true });
    expect(await activities()).toHaveLength(2);
  });
});

describe('the people of a deploy', () => {
  beforeEach(() => setRelease('commitList', commitsBy(ada)));

  it('are told by a job that is queued once, right away', async () => {
    const deployId = await deploy();
    const { id: releaseId } = await theRelease();
    await notifyPendingDeploys(acme.app, await theRelease());
    expect(acme.app.deployNotices.takeAll()).toEqual([{ kind: 'deploy-notice', releaseId, deployId }]);
  });

  it('are told later when the queue is away: the deploy was recorded all the same', async () => {
    const deployNotices = { send: () => Promise.reject(new Error('away')) };
    api = apiClient({ ...acme.app, deployNotices } as unknown as typeof acme.app, await acme.token(['org:ci']));
    const deployId = await deploy();
    expect(await isNotified(deployId)).toBe(true);
    expect(await readPendingNotices(acme.app.table, 'acme')).toMatchObject([{ deployId }]);
  });
});

describe('the intent to tell people', () => {
  const about = { ...at, environment: 'prod', state: 'pending', url: 'https://ci.acme.example/7' };

  it('names the members whose commits the release has, each once, until it is sent', async () => {
    await setRelease('commitList', commitsBy(ada, stranger, { ...ada, email: 'ada@home.example' }, mia));
    const deployId = await deploy({ url: about.url, projects: ['web'] });
    const releaseId = (await theRelease()).id;
    const [notice, ...others] = await readPendingNotices(acme.app.table, 'acme');
    expect(others).toEqual([]);
    expect(notice).toEqual({
      ...about,
      releaseId,
      deployId,
      projectIds: [acme.web.id],
      recipients: ['ada', 'mia'],
      at: testStart,
    });
    if (notice === undefined) throw new Error('no intent');
    await finishNotice(acme.app.table, notice, 'sent');
    expect(await readPendingNotices(acme.app.table, 'acme')).toEqual([]);
    await expect(finishNotice(acme.app.table, { ...notice, deployId: '1' }, 'sent')).rejects.toThrow(
      ConditionFailedError,
    );
  });

  it('names members whose authors are not kept with the release, too', async () => {
    const userIds = Array.from({ length: 250 }, (_, index) => `user-${index}`);
    await setRelease('commitList', { ...commitsBy(ada), authorIds: userIds });
    await deploy();
    const [notice] = await readPendingNotices(acme.app.table, 'acme');
    expect(notice?.recipients).toEqual(userIds);
  });

  it('leaves out whose team wants to be told of no deploys, unless they say otherwise', async () => {
    const members = await listMembers(acme.app, { organization: 'acme' });
    const authors = members.map(({ userId, email, name }) => ({ userId, email, name }));
    const idOf = (address: string) => members.find(({ email }) => email === address)?.userId ?? '';
    const backend = apiClient(acme.app, await acme.token(['team:write'], people.ada));
    const never = { kind: 'deploy', value: 'never' };
    const ofTeam = '/api/0/teams/acme/backend/notification-settings/';
    expect((await backend.put(ofTeam, never)).status).toBe(200);
    await setRelease('commitList', commitsBy(...authors));
    await deploy();
    const [first] = await readPendingNotices(acme.app.table, 'acme');
    expect(new Set(first?.recipients)).toEqual(new Set([idOf(people.mia), idOf(people.olivia)]));
    acme.app.clock.advance(1_000);
    await backend.put('/api/0/users/me/notification-settings/', { kind: 'deploy', value: 'committed_only' });
    await deploy({ environment: 'staging' });
    const [, second] = await readPendingNotices(acme.app.table, 'acme');
    expect(second?.recipients).toHaveLength(3);
  });

  it('is there for nobody when strangers made all commits', async () => {
    await setRelease('commitList', commitsBy(stranger));
    const id = await deploy();
    expect(await isNotified(id)).toBe(true);
    expect(await readPendingNotices(acme.app.table, 'acme')).toEqual([]);
  });
});

it('asks DynamoDB once when nobody has to be told of anything', async () => {
  await deploy();
  const release = await theRelease();
  let requests = 0;
  const counting = new Proxy(acme.app.table, {
    get: (table, name) => {
      requests += 1;
      return Reflect.get(table, name) as unknown;
    },
  });
  await notifyPendingDeploys({ ...acme.app, table: counting }, release);
  expect(requests).toBe(1);
});

it('keeps quiet about a deploy that is not there', async () => {
  await notifyIfReady(acme.app, { ...at, deployId: '1' });
  await notifyIfReady(acme.app, { ...at, version: 'unknown', deployId: '1' });
  expect(await activities()).toEqual([]);
});

describe('as many projects as a release can have', () => {
  it('are deployed and told in one transaction each', async () => {
    const slugs = Array.from({ length: 48 }, (_, index) => `p${index}`);
    for (const slug of slugs) await createProject(acme.app, { organization: 'acme', name: slug, slug });
    const version = 'large@1.0.0';
    expect((await api.post(releases, { version, projects: slugs })).status).toBe(201);
    const body = { environment: 'prod', dateFinished: testStart };
    const { status } = await api.post(`${releases}${version}/deploys/`, body);
    expect(status).toBe(201);
    const links = await readLinksOfRelease(acme.app.table, { organization: 'acme', version });
    expect(links.map(({ environments }) => environments)).toEqual(slugs.map(() => new Set(['prod'])));
    expect(await activities(links[0]?.projectId)).toHaveLength(1);
  }, 30_000);
});

describe('health data', () => {
  it('is remembered of a release and a project, once and again', async () => {
    const ofWeb = { ...at, projectId: acme.web.id };
    expect([await markHealthData(acme.app, ofWeb), await markHealthData(acme.app, ofWeb)]).toEqual([true, true]);
    const links = await readLinksOfRelease(acme.app.table, at);
    const flags = Object.fromEntries(links.map(({ projectId, hasHealthData }) => [projectId, hasHealthData]));
    expect(flags).toEqual({ [acme.web.id]: true, [acme.api.id]: undefined });
  });

  it('of a release that is none of the project’s is not', async () => {
    expect(await markHealthData(acme.app, { ...at, version: '2', projectId: acme.web.id })).toBe(false);
    expect(await markHealthData(acme.app, { ...at, projectId: '1' })).toBe(false);
  });
});

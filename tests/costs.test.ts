import { beforeEach, describe, expect, it } from 'vitest';
import { createIssue, resolveIssuesInRelease } from '../lib/issues/index.ts';
import { authenticateToken } from '../lib/organizations/index.ts';
import { type Acme, createAcme } from './support/acme.ts';
import { type ApiAnswer, type ApiClient, apiClient } from './support/api.ts';
import { type CapacityMeter, type Consumption, capacityMeter, difference } from './support/capacity-meter.ts';
import { type CommitListOptions, commitsOf } from './support/commits-of.ts';
import { createTestApp } from './support/test-app.ts';

// What operations cost at DynamoDB, as the engine itself tells it: the most requests and the most units that they may take.
// Requests are exact; units are what was measured and a tenth more. `node bench/requests.ts` prints all of it.

let acme: Acme;
let meter: CapacityMeter;
let token: string;
let api: ApiClient;

beforeEach(async () => {
  meter = capacityMeter();
  acme = await createAcme(await createTestApp({ meter }));
  token = await acme.token(['org:ci', 'project:read']);
  api = apiClient(acme.app, token);
});

/** The most that an operation may consume. */
interface Ceiling {
  readonly requests: number;
  readonly readUnits: number;
  readonly writeUnits: number;
}

function expectWithin({ requests, readUnits, writeUnits, operations }: Consumption, ceiling: Ceiling): void {
  const said = `${requests} requests (${JSON.stringify(operations)}), ${readUnits} read and ${writeUnits} write units`;
  expect(requests, said).toBeLessThanOrEqual(ceiling.requests);
  expect(readUnits, said).toBeLessThanOrEqual(ceiling.readUnits);
  expect(writeUnits, said).toBeLessThanOrEqual(ceiling.writeUnits);
}

/** What a call consumes, which must succeed. */
async function costOf(call: () => Promise<ApiAnswer>): Promise<Consumption> {
  const { result, consumed } = await meter.during(call);
  expect(result.status).toBeLessThan(300);
  return consumed;
}

const releases = '/api/0/organizations/acme/releases';
const createRelease = (version: string) => () => api.post(releases, { version, projects: ['web', 'api'] });
const setCommits = (version: string, list: CommitListOptions) => () =>
  api.put(`${releases}/${version}`, { commits: commitsOf(list) });

/** A release, the token and the repository that its commits come from, as most builds find them. */
async function prepareRelease(version: string): Promise<void> {
  await createRelease('before')();
  await setCommits('before', { count: 1, name: 'before' })();
  await createRelease(version)();
}

async function createIssues(count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let number = 1; number <= count; number += 1) {
    const issue = await createIssue(acme.app, { organization: 'acme', project: 'web', title: `Issue ${number}` });
    ids.push(issue.id);
  }
  return ids;
}

describe('a token', () => {
  it('is read once, and then not for sixty seconds', async () => {
    const check = () => authenticateToken(acme.app, `Bearer ${token}`);
    const read = { requests: 1, readUnits: 1, writeUnits: 0, operations: { GetItem: 1 } };
    const nothing = { requests: 0, readUnits: 0, writeUnits: 0, operations: {} };
    expect((await meter.during(check)).consumed).toEqual(read);
    acme.app.clock.advance(59_999);
    expect((await meter.during(check)).consumed).toEqual(nothing);
    acme.app.clock.advance(1);
    expect((await meter.during(check)).consumed).toEqual(read);
  });
});

describe('creating a release of two projects', () => {
  it('takes three requests, two when the token is known, one when it is there already', async () => {
    expectWithin(await costOf(createRelease('1')), { requests: 3, readUnits: 4.4, writeUnits: 14.3 });
    expectWithin(await costOf(createRelease('2')), { requests: 2, readUnits: 3.3, writeUnits: 14.3 });
    expectWithin(await costOf(createRelease('2')), { requests: 1, readUnits: 3.3, writeUnits: 0 });
  });
});

// Two requests a hundred commits, and nine for the release, its repository, the list, the turn of the pointer and deploys that
// wait. Authors add two reads a hundred, one more for those who may be members, and a write for twenty-five who are new; files
// add a write for the files of twenty-five commits.
describe('setting a thousand commits', () => {
  it.each<[string, Partial<CommitListOptions>, Ceiling]>([
    ['without authors and files', {}, { requests: 45, readUnits: 1_105, writeUnits: 2_351 }],
    ['of a hundred authors', { authors: 100 }, { requests: 45 + 7, readUnits: 1_270, writeUnits: 2_483 }],
    ['of three files each', { filesEach: 3 }, { requests: 45 + 40, readUnits: 1_105, writeUnits: 3_451 }],
  ])('%s takes at most 45 requests and what those need', async (_, more, ceiling) => {
    await prepareRelease('1');
    expectWithin(await costOf(setCommits('1', { count: 1_000, ...more })), ceiling);
  });

  it('again takes two requests and writes nothing', async () => {
    await prepareRelease('1');
    const list = { count: 1_000, authors: 10, filesEach: 3 };
    await setCommits('1', list)();
    expectWithin(await costOf(setCommits('1', list)), { requests: 2, readUnits: 5.5, writeUnits: 0 });
  });

  it('and one more does not write the thousand again', async () => {
    await prepareRelease('1');
    await setCommits('1', { count: 1_000 })();
    const cost = await costOf(setCommits('1', { count: 1_001 }));
    expectWithin(cost, { requests: 45, readUnits: 1_120, writeUnits: 253 });
  });
});

describe('reading', () => {
  it('lists a hundred releases with three requests at most, those of one project with five', async () => {
    for (let minor = 0; minor < 110; minor += 1) await createRelease(`web@1.${minor}.0`)();
    const list = async (path: string): Promise<Consumption> => {
      const { result, consumed } = await meter.during(() => api.get(`${path}?per_page=100`));
      expect(result.body).toHaveLength(100);
      return consumed;
    };
    expectWithin(await list(releases), { requests: 3, readUnits: 6.1, writeUnits: 0 });
    const ofProject = await list('/api/0/projects/acme/web/releases');
    expectWithin(ofProject, { requests: 5, readUnits: 119, writeUnits: 0 });
  });

  it('shows a release, a hundred of its commits and its deploys with few requests', async () => {
    await prepareRelease('1');
    await setCommits('1', { count: 200, authors: 10, filesEach: 3 })();
    const get = (part: string) => () => api.get(`${releases}/1${part}`);
    expectWithin(await costOf(get('')), { requests: 2, readUnits: 3.3, writeUnits: 0 });
    expectWithin(await costOf(get('/commits')), { requests: 7, readUnits: 125, writeUnits: 0 });
    await createRelease('2')();
    const previous = () => api.get(`${releases}/2/previous-with-commits`);
    expectWithin(await costOf(previous), { requests: 6, readUnits: 8.8, writeUnits: 0 });
    const deploy = () => api.post(`${releases}/1/deploys`, { environment: 'production' });
    expectWithin(await costOf(deploy), { requests: 7, readUnits: 13.2, writeUnits: 40 });
    expectWithin(await costOf(get('/deploys')), { requests: 4, readUnits: 5.5, writeUnits: 0 });
  });
});

describe('resolving issues in a release', () => {
  it.each([1, 20, 100])('takes at most 2n + 2 requests for %i, and writes nothing the second time', async (count) => {
    const issues = (await createIssues(count)).map((issueId) => ({ issueId }));
    const resolve = () =>
      resolveIssuesInRelease(acme.app, { organization: 'acme', release: '1', releaseId: '1', issues });
    const { consumed } = await meter.during(resolve);
    expectWithin(consumed, { requests: 2 * count + 2, readUnits: 2.2 * count, writeUnits: 15.4 * count });
    expect((await meter.during(resolve)).consumed.writeUnits).toBe(0);
  });

  it.each([1, 20, 100])('takes at most 2n + 2 requests for the commits that fix %i of them', async (count) => {
    await createIssues(count);
    await prepareRelease('1');
    await createRelease('2')();
    const plain = await costOf(setCommits('1', { count, name: 'plain' }));
    const fixing = await costOf(setCommits('2', { count, name: 'fixing', fixes: count }));
    // The link of the commit and the resolution: an issue is written twice, ten issues together.
    expectWithin(difference(fixing, plain), {
      requests: 2 * count + 2,
      readUnits: 4.4 * count,
      writeUnits: 27.5 * count,
    });
  });
});

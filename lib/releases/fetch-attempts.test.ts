import { beforeEach, describe, expect, it } from 'vitest';
import { type Acme, createAcme } from '../../tests/support/acme.ts';
import { type ApiClient, apiClient } from '../../tests/support/api.ts';
import type { Delivery } from '../platform/delivery.ts';
import { readCommitList } from './commit-list-store.ts';
import { type CommitProvider, type FetchedCommit, FetchRefusedError } from './commit-provider.ts';
import { readWaitingDeploys } from './deploy-store.ts';
import { type FetchCommitsApp, fetchCommits } from './fetch-commits.ts';
import type { FetchMessage } from './fetch-message.ts';
import type { Release } from './release-record.ts';
import { readReleases } from './release-store.ts';

const organization = 'acme';
const version = '1.0';
const releases = `/api/0/organizations/${organization}/releases/`;
const repositories = ['acme/a', 'acme/b', 'acme/c'];
const first: Delivery = { messageId: '', attempt: 1, lastAttempt: false, remainingMs: 180_000 };
const last: Delivery = { ...first, attempt: 5, lastAttempt: true };

/** What the provider does when it is asked for the commits of a repository. */
type Answer = () => Promise<FetchedCommit[]>;

let acme: Acme;
let api: ApiClient;
let answers: Map<string, Answer>;
let asked: string[];
let app: FetchCommitsApp;

beforeEach(async () => {
  acme = await createAcme();
  api = apiClient(acme.app, await acme.token(['org:ci', 'project:releases']));
  for (const name of repositories) {
    const answer = await api.post(`/api/0/organizations/${organization}/repos/`, { name, provider: 'github' });
    expect(answer.status).toBe(201);
  }
  expect((await api.post(releases, { version, projects: ['web'] })).status).toBe(201);
  answers = new Map();
  asked = [];
  const compare: CommitProvider['compare'] = ({ name }) => {
    asked.push(name);
    return answers.get(name)?.() ?? Promise.resolve([]);
  };
  app = { ...acme.app, commitProviders: { github: { compare } } };
});

const commit = (id: string, minute = 0): FetchedCommit => ({
  id,
  message: `Change ${id}`,
  author_name: 'Ada',
  author_email: 'ada@acme.example',
  timestamp: `2026-01-01T00:${String(minute).padStart(2, '0')}:00.000Z`,
  patch_set: null,
});
const gives =
  (...commits: FetchedCommit[]): Answer =>
  async () =>
    commits;
const fails =
  (error: Error = new Error('away')): Answer =>
  async () => {
    throw error;
  };

/** Names commits of these repositories, and gives the message that asks to fetch them. */
async function ask(...names: string[]): Promise<FetchMessage> {
  const refs = names.map((repository) => ({ repository, commit: 'head', previousCommit: 'start' }));
  expect((await api.put(`${releases}${version}/`, { refs })).status).toBe(200);
  const message = acme.app.fetches.takeAll().at(-1);
  if (message === undefined) throw new Error('nothing was sent');
  return message;
}

async function deploy(): Promise<void> {
  expect((await api.post(`${releases}${version}/deploys/`, { environment: 'prod' })).status).toBe(201);
}

async function stored(): Promise<Release> {
  const [found] = await readReleases(acme.app.table, organization, [version]);
  if (found === undefined) throw new Error('the release is gone');
  return found;
}

const waiting = async () => (await readWaitingDeploys(acme.app.table, (await stored()).id)).length;

async function commits(): Promise<string[]> {
  const { id: releaseId, commitList } = await stored();
  if (commitList === undefined) return [];
  return (await readCommitList(acme.app.table, { releaseId, ...commitList }, 0, 100)).map(({ id }) => id);
}

const fetchStates = async () => (await stored()).refs?.map((ref) => ref.fetch);

describe('a fetch that comes again', () => {
  it('adds what was missing to what there is, and asks for nothing twice', async () => {
    const message = await ask('acme/a', 'acme/b');
    answers.set('acme/a', gives(commit('a2', 3), commit('a1', 1))).set('acme/b', fails());
    await expect(fetchCommits(app, message, first)).rejects.toThrow('away');
    expect(await commits()).toEqual(['a2', 'a1']);
    answers.set('acme/a', fails()).set('acme/b', gives(commit('b1', 2)));
    await fetchCommits(app, message, { ...first, attempt: 2 });
    expect(await commits()).toEqual(['a2', 'b1', 'a1']);
    expect(await fetchStates()).toEqual(['fetched', 'fetched']);
    expect(asked).toEqual(['acme/a', 'acme/b', 'acme/b']);
    expect(await stored()).toMatchObject({ commitList: { authors: [{ email: 'ada@acme.example' }] } });
  });

  it('leaves the list alone when nothing new has come', async () => {
    const message = await ask('acme/a', 'acme/b');
    answers.set('acme/a', gives(commit('a1'))).set('acme/b', fails());
    await expect(fetchCommits(app, message, first)).rejects.toThrow('away');
    const { commitList } = await stored();
    await expect(fetchCommits(app, message, { ...first, attempt: 2 })).rejects.toThrow('away');
    expect((await stored()).commitList).toEqual(commitList);
  });

  it('adds to a list that was there already, as it was fetched', async () => {
    answers.set('acme/a', gives(commit('a1', 1)));
    await fetchCommits(app, await ask('acme/a'), first);
    const message = await ask('acme/a', 'acme/b');
    answers.set('acme/b', fails());
    await expect(fetchCommits(app, message, first)).rejects.toThrow('away');
    answers.set('acme/b', gives(commit('b1', 2)));
    await fetchCommits(app, message, { ...first, attempt: 2 });
    expect(await commits()).toEqual(['b1', 'a1']);
  });

  it('takes nothing over from the list that the release had before', async () => {
    answers.set('acme/a', gives(commit('old')));
    await fetchCommits(app, await ask('acme/a'), first);
    const message = await ask('acme/a', 'acme/b');
    answers.set('acme/a', gives()).set('acme/b', fails());
    await expect(fetchCommits(app, message, first)).rejects.toThrow('away');
    answers.set('acme/b', gives(commit('b1')));
    await fetchCommits(app, message, { ...first, attempt: 2 });
    expect(await commits()).toEqual(['b1']);
  });

  it('goes on where it ended when it ended behind the commits', async () => {
    const message = await ask('acme/a', 'acme/b');
    answers.set('acme/a', gives(commit('a1'))).set('acme/b', fails());
    const update: typeof app.table.update = async (key, ...rest) => {
      if (rest[0].expression.includes('#refs')) throw new Error('ended');
      await acme.app.table.update(key, ...rest);
    };
    const ending = { ...app, table: { ...acme.app.table, update } };
    await expect(fetchCommits(ending, message, first)).rejects.toThrow('ended');
    answers.set('acme/a', fails()).set('acme/b', gives(commit('b1')));
    await expect(fetchCommits(app, message, { ...first, attempt: 2 })).rejects.toThrow('away');
    expect(new Set(await commits())).toEqual(new Set(['a1', 'b1']));
  });
});

describe('a fetch that fails for good', () => {
  it('says how to try again, and deploys wait no longer', async () => {
    const message = await ask('acme/a', 'acme/b', 'acme/c');
    await deploy();
    answers.set('acme/a', gives(commit('a1'))).set('acme/b', fails(new FetchRefusedError('No access.')));
    answers.set('acme/c', fails());
    await expect(fetchCommits(app, message, { ...first, attempt: 4 })).rejects.toThrow('away');
    expect((await stored()).refs?.[2]).toMatchObject({ fetch: 'failed', detail: expect.stringContaining('later') });
    await expect(fetchCommits(app, message, last)).rejects.toThrow('away');
    expect((await stored()).refs).toMatchObject([
      { fetch: 'fetched', detail: null },
      { fetch: 'failed', detail: 'No access.' },
      { fetch: 'failed', detail: expect.stringMatching(/set-commits" again/) },
    ]);
    expect(await waiting()).toBe(0);
  });

  it('keeps deploys waiting until the last attempt', async () => {
    const message = await ask('acme/a');
    await deploy();
    answers.set('acme/a', fails());
    await expect(fetchCommits(app, message, { ...first, attempt: 4 })).rejects.toThrow('away');
    expect(await waiting()).toBe(1);
    await expect(fetchCommits(app, message, last)).rejects.toThrow('away');
    expect(await waiting()).toBe(0);
  });

  it('ends so too when the commits came and could not be set', async () => {
    const message = await ask('acme/a');
    await deploy();
    answers.set('acme/a', gives(commit('a1')));
    const batchWrite = () => Promise.reject(new Error('no more room'));
    const full = { ...app, table: { ...acme.app.table, batchWrite } };
    await expect(fetchCommits(full, message, first)).rejects.toThrow('no more room');
    expect(await fetchStates()).toEqual(['failed']);
    await expect(fetchCommits(full, message, last)).rejects.toThrow('no more room');
    expect((await stored()).refs).toMatchObject([{ detail: expect.stringMatching(/set-commits" again/) }]);
    expect(await waiting()).toBe(0);
  });
});

it('a repository that takes too long keeps no time from the others', async () => {
  const message = await ask('acme/a', 'acme/b');
  answers.set('acme/a', () => new Promise(() => {})).set('acme/b', gives(commit('b1')));
  await expect(fetchCommits(app, message, { ...first, remainingMs: 1_500 })).rejects.toThrow(/too long/);
  expect(await commits()).toEqual(['b1']);
  expect(await fetchStates()).toEqual(['failed', 'fetched']);
});

describe('a client that speaks during a fetch', () => {
  /** Does something while the provider is being asked. */
  async function during(deed: () => Promise<{ readonly status: number }>): Promise<void> {
    const message = await ask('acme/a');
    await deploy();
    answers.set('acme/a', async () => {
      expect((await deed()).status).toBe(200);
      return [commit('fetched')];
    });
    await fetchCommits(app, message, last);
  }
  const put = (body: object) => api.put(`${releases}${version}/`, body);

  it('has the last word with commits of its own', async () => {
    await during(() => put({ commits: [{ id: 'mine', repository: 'acme/a' }] }));
    expect(await commits()).toEqual(['mine']);
    expect(await waiting()).toBe(0);
  });

  it('has the last word when its commits are those that were there before', async () => {
    const same = { commits: [{ id: 'mine', repository: 'acme/a' }] };
    expect((await put(same)).status).toBe(200);
    await during(() => put(same));
    expect(await commits()).toEqual(['mine']);
  });

  it('has the last word when it clears them', async () => {
    await during(() => put({ refs: [] }));
    expect(await commits()).toEqual([]);
    expect(await stored()).not.toHaveProperty('refs');
    expect(await waiting(), 'there is nothing to wait for any more').toBe(0);
  });

  it('has the last word with other refs, for which deploys go on waiting', async () => {
    await during(() => put({ refs: [{ repository: 'acme/b', commit: 'head', previousCommit: 'start' }] }));
    expect(await commits()).toEqual([]);
    expect((await stored()).refs).toMatchObject([{ repository: 'acme/b', fetch: 'pending' }]);
    expect(await waiting()).toBe(1);
    answers.set('acme/b', gives(commit('b1')));
    for (const message of acme.app.fetches.takeAll()) await fetchCommits(app, message, first);
    expect(await waiting()).toBe(0);
  });

  it('has the last word even while the commits are being set', async () => {
    const message = await ask('acme/a');
    answers.set('acme/a', gives(commit('fetched')));
    let isCleared = false;
    const batchWrite: typeof app.table.batchWrite = async (writes) => {
      if (!isCleared) expect((await put({ refs: [] })).status).toBe(200);
      isCleared = true;
      await acme.app.table.batchWrite(writes);
    };
    await fetchCommits({ ...app, table: { ...acme.app.table, batchWrite } }, message, first);
    expect(await commits()).toEqual([]);
    expect(await stored()).toMatchObject({ heads: {}, commitList: { count: 0 } });
  });
});

it('deploys are told of when the commits are there', async () => {
  const message = await ask('acme/a');
  await deploy();
  expect(await waiting()).toBe(1);
  answers.set('acme/a', gives());
  await fetchCommits(app, message, first);
  expect(await waiting()).toBe(0);
});

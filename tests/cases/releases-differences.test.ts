import { beforeEach, describe, expect, inject, it } from 'vitest';
import type { ApiClient } from '../support/api.ts';
import { buildWorld } from './releases/build-world.ts';
import { repositoryId, setHeads } from './releases/give-commits.ts';
import { givenSchema } from './releases/given.ts';
import { releasesPath } from './releases/happening.ts';
import { releaseCommits, showRelease, storedRelease } from './releases/look.ts';
import type { World } from './releases/world.ts';

// What we do where the cases record a defect of the other system, or what we decided otherwise.

const engines = { dynamoDbEndpoint: inject('dynamoDbEndpoint'), upstash: inject('upstash') };
const version = 'abcabcabc';
const a = 'a'.repeat(40);
const b = 'b'.repeat(40);

let world: World;
let user: ApiClient;

beforeEach(async () => {
  const given = givenSchema.parse({ projects: ['foo', 'bar'], releases: [{ version, projects: ['foo'] }] });
  world = await buildWorld(engines, given, { projects: [], teams: ['team'], anyProject: true });
  user = world.user;
});

const put = (body: unknown) => user.put(releasesPath(world, version), body);

describe('refs', () => {
  it('a range of more than two commits is refused with a reason (release-075)', async () => {
    await repositoryId(world, 'r');
    expect(await put({ refs: [{ repository: 'r', commit: 'a..b..c' }] })).toMatchObject({
      status: 400,
      body: { refs: expect.anything() },
    });
  });

  it.each([[[]], [['repo1']], [['repo1', 'repo2']]])(
    'clearing works with the heads of %j (release-093)',
    async (heads) => {
      for (const name of heads) await repositoryId(world, name);
      if (heads.length > 0) await setHeads(world, version, heads);
      await put({ commits: [{ id: a }] });
      expect(await put({ refs: [] })).toMatchObject({
        status: 200,
        body: { commitCount: 0, lastCommit: null, refs: [] },
      });
      expect(await releaseCommits(world, version)).toEqual([]);
      expect(await storedRelease(world, version)).toMatchObject({ heads: {} });
    },
  );

  it('refs of unknown repositories are refused before the release is stored', async () => {
    const body = { version: 'new', projects: ['foo'], refs: [{ repository: 'unknown', commit: a }] };
    expect(await user.post(releasesPath(world), body)).toMatchObject({
      status: 400,
      body: { refs: expect.anything() },
    });
    expect(await showRelease(world, 'new')).toBeUndefined();
  });
});

describe('a release', () => {
  it('is opened again by PUT (release-083)', async () => {
    expect(await put({ status: 'archived' })).toMatchObject({ status: 200, body: { status: 'archived' } });
    expect(await put({ status: 'open' })).toMatchObject({ status: 200, body: { status: 'open' } });
  });

  it('gets what it does not have yet by POST, and keeps what it has', async () => {
    const path = releasesPath(world);
    await user.post(path, { version, projects: ['foo'], ref: 'main' });
    const again = await user.post(path, { version, projects: ['foo'], ref: 'other', url: 'https://example.com/' });
    expect(again).toMatchObject({ status: 208, body: { ref: 'main', url: 'https://example.com/' } });
  });

  it('is never the one before itself', async () => {
    await put({ commits: [{ id: a }] });
    expect(await user.get(`${releasesPath(world, version)}previous-with-commits/`)).toMatchObject({
      status: 200,
      body: {},
    });
    expect((await user.get(`${releasesPath(world, version)}previous-with-commits/`)).body).toEqual({});
  });
});

describe('commits', () => {
  it('a message that is null is one that says nothing (release-105)', async () => {
    expect(await put({ commits: [{ id: a, message: null }] })).toMatchObject({ status: 200, body: { commitCount: 1 } });
  });

  it('one that is named twice counts once (release-106)', async () => {
    expect(await put({ commits: [{ id: a }, { id: a }] })).toMatchObject({ status: 200, body: { commitCount: 1 } });
    expect(await releaseCommits(world, version)).toEqual([a]);
  });

  it('some with a timestamp and some without keep their places', async () => {
    const commits = [{ id: a, timestamp: '2026-03-01T09:00:00Z' }, { id: b }, { id: 'c', timestamp: null }];
    expect(await put({ commits })).toMatchObject({ status: 200 });
    expect(await releaseCommits(world, version)).toEqual([a, b, 'c']);
  });

  it('two builds that set them at the same time both succeed, and one whole list is visible (release-016, release-081)', async () => {
    const lists = [[{ id: a }], [{ id: b }, { id: 'c' }]];
    const answers = await Promise.all([
      put({ commits: lists[0] }),
      user.post(releasesPath(world), { version, projects: ['foo'], commits: lists[1] }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 208]);
    expect([[a], [b, 'c']]).toContainEqual(await releaseCommits(world, version));
  });
});

describe('projects', () => {
  it.each(['settings', 'Settings', 'API-Keys'])('the reserved slug %j is refused (release-161)', async (slug) => {
    const answer = await user.post(`/api/0/teams/${world.organization.slug}/team/projects/`, { name: 'x', slug });
    expect(answer).toMatchObject({ status: 400, body: { slug: [expect.any(String)] } });
  });
});

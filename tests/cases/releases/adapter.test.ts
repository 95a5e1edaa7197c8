import { describe, expect, inject, it } from 'vitest';
import { runCase } from '../run-case.ts';

const engines = { dynamoDbEndpoint: inject('dynamoDbEndpoint'), upstash: inject('upstash') };
const base = {
  id: 'x-1',
  area: 'releases',
  given: {},
  when: { is_semver: 'app@1.0' },
  then: { result: true },
};
const release = { version: 'v', projects: ['foo'] };
const put = { request: 'PUT /api/0/organizations/org/releases/v/', json: { commits: [{ id: 'a' }] } };

describe('cases of releases', () => {
  it.each([
    ['an unknown key of given', { ...base, given: { unknown: 1 } }],
    ['an unknown key of a given release', { ...base, given: { releases: [{ ...release, unknown: 1 }] } }],
    ['an unknown key of when', { ...base, when: { is_semver: 'app@1.0', unknown: 1 } }],
    ['an unknown key of a request', { ...base, when: { ...put, unknown: 1 } }],
    ['an unknown key of then', { ...base, then: { result: true, unknown: 1 } }],
    ['an unknown kind of then', { ...base, then: { group: { colour: 'red' } } }],
    ['an unknown user', { ...base, given: { user: 'a passer-by' } }],
    ['another outcome', { ...base, then: { result: false } }],
    ['another status', { ...base, given: { releases: [release] }, when: put, then: { status: 201 } }],
    ['a request that nobody serves', { ...base, when: { request: 'GET /api/0/nowhere/' }, then: { status: 200 } }],
    [
      'a reference that nobody made',
      { ...base, when: { message: 'fixes A-1' }, then: { referenced_short_ids: ['A-2'] } },
    ],
    ['a reference that was overlooked', { ...base, when: { message: 'A-1' }, then: { referenced_short_ids: ['B-2'] } }],
    ['a deviation that does not hold either', { ...base, when: { message: 'fixes #A-1' }, then: { result: true } }],
  ])('fail on %s', async (_, testCase) => {
    expect(await runCase(testCase, engines)).toMatchObject({ passed: false, report: expect.stringMatching(/\w/) });
  });

  it.each([
    [
      'a lock',
      { given: { releases: [release], commit_lock_held: true }, when: put, then: { status: 409 } },
      'there is no lock: two builds that set commits at the same time both succeed',
    ],
    [
      'a greedy keyword',
      { given: {}, when: { message: 'Fixes A-1 or B-2' }, then: { referenced_short_ids: ['A-1', 'B-2'] } },
      'only what directly follows the keyword is fixed, with or without #',
    ],
    [
      'a refusal that leaves a release behind',
      {
        given: { projects: ['foo'] },
        when: {
          request: 'POST /api/0/organizations/org/releases/',
          json: { version: 'v', projects: ['foo'], refs: [{ repository: 'unknown', commit: 'a' }] },
        },
        then: { status: 400, release_exists: true },
      },
      'what is refused is refused before anything is stored',
    ],
    [
      'a release before itself',
      {
        given: { releases: [release], release_commits: ['a'] },
        when: { request: 'GET /api/0/organizations/org/releases/v/previous-with-commits/' },
        then: { status: 200, json: { version: 'v' } },
      },
      'the release before is never the release itself',
    ],
    [
      'a release that keeps nothing of what comes later',
      {
        given: { releases: [release] },
        when: { request: 'POST /api/0/organizations/org/releases/', json: { ...release, ref: 'main' } },
        then: { status: 208, release: { ref: null } },
      },
      'a release that is there gets what it does not have yet',
    ],
  ])('pass where we decided otherwise than %s, and say so', async (_, told, reason) => {
    const { report, ...result } = await runCase({ ...base, ...told }, engines);
    expect(result, report).toEqual({ id: 'x-1', passed: true, differsOnPurpose: reason });
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { type Acme, createAcme } from '../../tests/support/acme.ts';
import { withCommitList } from '../../tests/support/commit-list.ts';
import { findPreviousRelease, type PreviousWish } from './previous-release.ts';
import type { Release } from './release-record.ts';
import { saveRelease } from './save-release.ts';

const organization = 'acme';
let acme: Acme;

beforeEach(async () => {
  acme = await createAcme();
});

/** A release a second after the one before. */
async function release(
  version: string,
  options: { dateReleased?: string; projects?: readonly string[]; commits?: number } = {},
): Promise<Release> {
  const { projects = [acme.web.id], dateReleased, commits = 0 } = options;
  acme.app.clock.advance(1_000);
  const fill = dateReleased === undefined ? {} : { dateReleased };
  const saved = await saveRelease(acme.app, { organization, version }, undefined, { projectIds: projects, fill });
  return commits === 0 ? saved.release : withCommitList(acme.app.table, saved.release, commits);
}

const previous = async (one: Release, wish?: PreviousWish) => (await findPreviousRelease(acme.app, one, wish))?.version;
const withCommits = { withCommits: true, notAfter: true };

describe('the previous release', () => {
  it('is none when the release is the only one, or shares no project', async () => {
    const one = await release('1');
    await release('2', { projects: [acme.api.id] });
    expect(await previous(one)).toBeUndefined();
    expect(await previous(await release('3', { projects: [] }))).toBeUndefined();
  });

  it('is the newest other one, by when it came out or else was added', async () => {
    const one = await release('1');
    await release('2', { dateReleased: '2027-01-01T00:00:00.000Z' });
    const three = await release('3');
    expect(await previous(three)).toBe('2');
    expect(await previous(one)).toBe('2');
    expect(await previous(three, { notAfter: true })).toBe('1');
  });

  it('shares any of the projects, or one of those that are asked for', async () => {
    await release('1', { projects: [acme.web.id, acme.api.id] });
    await release('2', { projects: [acme.api.id] });
    const both = await release('3', { projects: [acme.web.id, acme.api.id] });
    expect(await previous(both)).toBe('2');
    expect(await previous(both, { projectIds: [acme.web.id] })).toBe('1');
    expect(await previous(both, { projectIds: [] })).toBeUndefined();
  });

  it('with commits passes over those without, however many', async () => {
    await release('with', { commits: 1 });
    for (let index = 0; index < 25; index += 1) await release(`without-${index}`);
    const newest = await release('newest', { commits: 2 });
    await release('later', { commits: 1 });
    expect(await previous(newest, withCommits)).toBe('with');
    expect(await previous(newest, { withCommits: true })).toBe('later');
  });

  it('with commits is never the release itself', async () => {
    expect(await previous(await release('1', { commits: 1 }), withCommits)).toBeUndefined();
  });

  it('can be of the same moment', async () => {
    const dateReleased = '2026-05-01T00:00:00.000Z';
    const one = await release('1', { dateReleased, commits: 1 });
    const two = await release('2', { dateReleased, commits: 1 });
    expect(await previous(one, withCommits)).toBe('2');
    expect(await previous(two, withCommits)).toBe('1');
  });
});

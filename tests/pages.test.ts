import { beforeAll, describe, expect, it } from 'vitest';
import { createIssue } from '../lib/issues/index.ts';
import { foldMemory, foldMessages } from '../lib/metrics/index.ts';
import { addMember, createTeam, scopes } from '../lib/organizations/index.ts';
import { people } from './support/acme.ts';
import { type BusyAcme, createBusyAcme, versions } from './support/busy-acme.ts';
import { addressOf, operations } from './support/documented-operations.ts';
import { messageOf, pointOf } from './support/folding-app.ts';

const organization = 'acme';
const metric = 'c:custom/views@none';
let acme: BusyAcme;
let token: string;
let grown = 0;

beforeAll(async () => {
  acme = await createBusyAcme();
  token = await acme.token(scopes, people.olivia);
  for (let round = 0; round < 3; round += 1) await grow();
  const routes = ['/a', '/b', '/c', '/d', '/e'].map((route) =>
    pointOf(metric, { type: 'c', increment: 1 }, { tags: { route } }),
  );
  const message = { ...messageOf('web', routes), projectId: acme.web.id };
  await foldMessages({ ...acme.app, memory: foldMemory(acme.app.clock) }, [message]);
});

/** Adds one entry to every list that can have more. */
async function grow(): Promise<void> {
  grown += 1;
  const { app, client } = acme;
  app.clock.advance(1_000);
  const name = `more-${grown}`;
  const paths = { releases: '/api/0/organizations/acme/releases/', issue: '/api/0/organizations/acme/issues/WEB-1/' };
  const answers = await Promise.all([
    client.post('/api/0/teams/acme/backend/projects/', { name, slug: name }),
    client.post('/api/0/organizations/acme/repos/', { name }),
    client.post('/api/0/organizations/acme/org-auth-tokens/', { name }),
    client.post(paths.releases, { version: name, projects: ['web'], dateReleased: '2026-02-01T00:00:00Z' }),
    client.post(`${paths.releases}${encodeURIComponent(versions.both)}/deploys/`, {
      environment: name,
      projects: ['web'],
    }),
    client.put(paths.issue, { status: grown % 2 === 0 ? 'unresolved' : 'ignored' }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201, 200]);
  await addMember(app, { organization, email: `${name}@acme.example`, name, role: 'member' });
  await createTeam(app, { organization, slug: name, members: [] });
  await createIssue(app, { organization, project: 'web', title: name });
}

interface PageSeen {
  readonly entries: readonly string[];
  readonly previous: string;
  readonly next: string;
}

async function pageAt(path: string, perPage: number, cursor: string): Promise<PageSeen> {
  const about = path.includes('/metrics/') ? { metric } : {};
  const query = new URLSearchParams({ per_page: String(perPage), ...(cursor !== '' && { cursor }), ...about });
  const { status, body, headers } = await acme.client.get(`${path}?${query}`, { token });
  expect(status, JSON.stringify(body)).toBe(200);
  const [previous = '', next = ''] = [...String(headers['Link']).matchAll(/cursor="([^"]*)"/g)].map(([, one]) => one);
  return {
    entries: (body as Record<string, string>[]).map(
      (entry) => entry['id'] ?? entry['identifier'] ?? JSON.stringify(entry),
    ),
    previous,
    next,
  };
}

/** All pages from the first on, with something done before each further one. */
async function walk(path: string, perPage: number, between: () => Promise<void> = async () => {}): Promise<PageSeen[]> {
  const pages: PageSeen[] = [];
  for (let next = ''; pages.length === 0 || next !== ''; ) {
    if (pages.length > 0) await between();
    const page = await pageAt(path, perPage, next);
    pages.push(page);
    next = page.next;
    if (pages.length > 300) throw new Error(`${path} never ends`);
  }
  return pages;
}

const paged = operations.filter((operation) => operation.paged);

function pathOf(operation: (typeof operations)[number]): string {
  const values = {
    org: 'acme',
    project: 'web',
    team: 'backend',
    version: encodeURIComponent(versions.both),
    issue: 'WEB-1',
    incident: '1',
    key: 'route',
  };
  return addressOf(operation, values);
}

describe.each(paged)('$method $path', (operation) => {
  const path = pathOf(operation);

  it.each([1, 2, 3])('shows by %i a page what it shows at once', async (perPage) => {
    const [all] = await walk(path, 100);
    const pages = await walk(path, perPage);
    expect(pages.flatMap(({ entries }) => entries)).toEqual(all?.entries);
    for (const { entries } of pages.slice(0, -1)) expect(entries).toHaveLength(perPage);
  });

  it.each([1, 2, 3])('leads back by %i a page the way it came', async (perPage) => {
    const pages = await walk(path, perPage);
    for (const [index, page] of pages.entries()) {
      const before = pages[index - 1];
      if (before === undefined) continue;
      expect(page.previous, 'there is a page before').not.toBe('');
      const back = await pageAt(path, perPage, page.previous);
      expect(back.entries).toEqual(before.entries);
      expect((await pageAt(path, perPage, back.next)).entries, 'and on again').toEqual(page.entries);
    }
  });

  it('shows each entry once, and leaves none out that was there, while others come', async () => {
    const [all] = await walk(path, 100);
    let rounds = 0;
    const pages = await walk(path, 2, async () => {
      rounds += 1;
      if (rounds <= 4) await grow();
    });
    const seen = pages.flatMap(({ entries }) => entries);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining([...(all?.entries ?? [])]));
  });
});

describe('a cursor beside an entry that is deleted', () => {
  it.each([
    ['organizations/acme/repos', 'id'],
    ['organizations/acme/org-auth-tokens', 'id'],
    ['organizations/acme/releases', 'version'],
    ['organizations/acme/projects', 'slug'],
  ])('of %s leads on from its place', async (list, key) => {
    await grow();
    await grow();
    const path = `/api/0/${list}/`;
    const { body } = await acme.client.get(path);
    const names = (body as Record<string, string>[]).map((entry) => String(entry[key]));
    const at =
      names.findLastIndex((name) => list.endsWith('repos') || list.endsWith('tokens') || name.startsWith('more-')) - 1;
    const before = await pageAt(path, at + 1, '');
    const base = list.endsWith('projects') ? 'projects/acme' : list;
    expect((await acme.client.delete(`/api/0/${base}/${encodeURIComponent(names[at] ?? '')}/`)).status).toBe(204);
    const after = await acme.client.get(`${path}?cursor=${before.next}`);
    expect((after.body as Record<string, string>[]).map((entry) => String(entry[key]))).toEqual(names.slice(at + 1));
  });
});

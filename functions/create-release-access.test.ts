import { beforeEach, describe, expect, it } from 'vitest';
import { deleteProject } from '../lib/projects/index.ts';
import { releaseKey } from '../lib/releases/release-store.ts';
import { type Acme, createAcme, people, withToken } from '../tests/support/acme.ts';
import { lambdaContext } from '../tests/support/lambda-context.ts';
import { releaseRequest } from '../tests/support/release-request.ts';
import { served } from './create-release.ts';
import { apiDoor } from './middleware/api-door.ts';

let acme: Acme;
let token: string;

beforeEach(async () => {
  acme = await createAcme();
  token = await acme.token(['org:ci']);
});

/** A request to the organization's form, or to that of a project. */
async function post(body: unknown, options: { project?: string; org?: string; as?: string } = {}) {
  const { as = token, ...form } = options;
  const event = releaseRequest(body, form);
  const answer = await apiDoor('create-release', served, async () => acme.app)(withToken(event, as), lambdaContext());
  return { status: answer.statusCode, body: JSON.parse(answer.body) as unknown };
}

describe('a person who creates a release', () => {
  const asPerson = (email: string) => acme.token(['project:releases'], email);

  it('reaches what belongs to everybody or to one of their teams', async () => {
    const mia = await asPerson(people.mia);
    const ada = await asPerson(people.ada);
    expect((await post({ version: '1', projects: ['web', 'api'] }, { as: mia })).status).toBe(400);
    expect((await post({ version: '1' }, { as: mia, project: 'api' })).status).toBe(403);
    expect((await post({ version: '1', projects: ['web'] }, { as: mia })).status).toBe(201);
    expect((await post({ version: '1', projects: ['web', 'api'] }, { as: ada })).status).toBe(201);
  });

  it('changes no release of teams that they are not in', async () => {
    const mia = await asPerson(people.mia);
    expect((await post({ version: 'core', projects: ['api'] })).status).toBe(201);
    const changes = {
      version: 'core',
      projects: [],
      status: 'archived',
      url: 'https://elsewhere.example',
      owner: people.mia,
    };
    expect(await post(changes, { as: mia })).toEqual({
      status: 403,
      body: { detail: expect.stringContaining('teams') },
    });
    expect((await post({ version: 'core', projects: [] }, { as: mia })).status, 'nor reads it').toBe(403);
    expect(await post({ version: 'core', projects: [] })).toMatchObject({
      status: 208,
      body: { status: 'open', url: null },
    });
    expect((await post(changes, { as: await asPerson(people.ada) })).status, 'who is in the team may').toBe(208);
  });

  it.each([
    { status: 'archived' },
    { ref: 'main' },
    { url: 'https://elsewhere.example' },
    { dateReleased: '2026-03-02T09:00:00Z' },
    { owner: people.mia },
    { commits: [{ id: 'a'.repeat(40), author_email: people.mia }] },
    { refs: [{ repository: 'acme/unknown', commit: 'a'.repeat(40) }] },
    { headCommits: [{ repository: 'acme/unknown', currentId: 'a'.repeat(40) }] },
  ])('takes no release of others over with a project of their own and %j', async (change) => {
    const mia = await asPerson(people.mia);
    const { body: before } = await post({ version: 'core', projects: ['api'] });
    for (const form of [
      { body: { projects: ['web'] }, as: mia },
      { body: {}, project: 'web', as: mia },
    ]) {
      const { body, ...options } = form;
      expect(await post({ version: 'core', ...body, ...change }, options)).toEqual({
        status: 403,
        body: { detail: 'This release belongs to projects of teams that you are not in.' },
      });
    }
    expect(await post({ version: 'core', projects: [] }), 'nothing was written').toEqual({ status: 208, body: before });
  });

  it('adds projects of their own to a release of others, and nothing with them', async () => {
    const mia = await asPerson(people.mia);
    expect((await post({ version: 'core', projects: ['api'] })).status).toBe(201);
    // As clients send it with every new release.
    const sent = { dateStarted: '2026-03-02T08:00:00Z', owner: null, url: '', commits: [], refs: [] };
    expect(await post({ version: 'core', projects: ['web'], ...sent }, { as: mia })).toMatchObject({ status: 201 });
    const stored = await acme.app.table.get(releaseKey({ organization: 'acme', version: 'core' }));
    expect(stored).toHaveProperty('projectIds', new Set([acme.web.id, acme.api.id]));
    expect(stored).not.toHaveProperty('dateStarted');
    expect(stored).toHaveProperty('status', 'open');
  });

  it('changes a release whose other projects are out of reach, or gone', async () => {
    const mia = await asPerson(people.mia);
    await post({ version: 'both', projects: ['web', 'api'] });
    expect((await post({ version: 'both', projects: ['web'], status: 'archived' }, { as: mia })).status).toBe(208);
    await post({ version: 'core', projects: ['api'] });
    await deleteProject(acme.app, { organization: 'acme', project: 'api' });
    expect((await post({ version: 'core', projects: ['web'], url: 'https://e.example' }, { as: mia })).status).toBe(
      201,
    );
  });

  it('changes a release of no project', async () => {
    expect((await post({ version: 'loose', projects: [] })).status).toBe(201);
    expect((await post({ version: 'loose', projects: [] }, { as: await asPerson(people.mia) })).status).toBe(208);
  });

  it('reaches everything as an owner', async () => {
    expect((await post({ version: '1', projects: ['web', 'api'] }, { as: await asPerson(people.olivia) })).status).toBe(
      201,
    );
  });

  it('is refused from the moment at which they leave the organization', async () => {
    const mia = await asPerson(people.mia);
    expect((await post({ version: '1', projects: ['web'] }, { as: mia })).status).toBe(201);
    const members = await Array.fromAsync(acme.app.table.queryAll({ partition: 'ORG#acme', beginsWith: 'MEMBER#' }));
    await acme.app.table.write(members.map(({ pk, sk }) => ({ delete: { pk, sk } })));
    expect((await post({ version: '1', projects: ['web'] }, { as: mia })).status).toBe(401);
  });
});

it('logs neither tokens nor addresses', async () => {
  await post(
    { version: '1', projects: ['web'], owner: people.mia },
    { as: await acme.token(['project:releases'], people.ada) },
  );
  await post({ version: '1', projects: ['web'], owner: 'nobody@acme.example' });
  await post({ version: '1', projects: ['web'] }, { as: 'f'.repeat(64) });
  // What stands in the address is not trusted either before somebody is known.
  await post({ version: '1', projects: [] }, { org: people.mia });
  await post({ version: '1', projects: [] }, { org: await acme.token(['org:ci']), as: 'f'.repeat(64) });
  const logged = JSON.stringify(acme.app.lines);
  expect(acme.app.lines).toHaveLength(5);
  expect(acme.app.lines[0]?.fields).toMatchObject({ organization: 'acme' });
  expect(logged).not.toMatch(/@acme\.example|sntrys_|[0-9a-f]{40}|Bearer/);
});

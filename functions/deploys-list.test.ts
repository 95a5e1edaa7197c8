import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Acme, createAcme } from '../tests/support/acme.ts';
import { type ApiClient, apiClient } from '../tests/support/api.ts';
import { cursorOf } from '../tests/support/api-pages.ts';

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

const ofProject = (project: string) => `/api/0/projects/acme/${project}/releases/1/deploys/`;

const listed = async (path = deploys) => {
  const { status, body } = await api.get(path);
  expect(status).toBe(200);
  return (body as readonly { environment: string; name: string }[]).map(({ environment, name }) => [environment, name]);
};

describe('the list', () => {
  it('has the last deploy of each project and environment, the one that finished last first', async () => {
    const deploy = async (environment: string, name: string, minute: number, projects?: readonly string[]) => {
      const dateFinished = `2026-03-02T09:${String(minute).padStart(2, '0')}:00Z`;
      const body = { environment, name, dateFinished, ...(projects && { projects }) };
      expect((await api.post(deploys, body)).status).toBe(201);
    };
    await deploy('prod', 'all', 10);
    await deploy('prod', 'web', 20, ['web']);
    await deploy('prod', 'late news of the past', 5);
    await deploy('staging', 'api', 15, [acme.api.id]);
    expect(await listed()).toEqual([
      ['prod', 'web'],
      ['staging', 'api'],
      ['prod', 'all'],
    ]);
    expect(await listed(ofProject('web'))).toEqual([['prod', 'web']]);
    expect(await listed(ofProject(acme.api.id))).toEqual([
      ['staging', 'api'],
      ['prod', 'all'],
    ]);
    expect(await theRelease()).toMatchObject({ deployCount: 4, lastDeploy: { name: 'web' } });
    await deploy('prod', 'all again', 30);
    expect(await listed()).toEqual([
      ['prod', 'all again'],
      ['staging', 'api'],
    ]);
  });

  it('comes in pages', async () => {
    for (const environment of ['one', 'two', 'three']) {
      await api.post(ofProject('web'), { environment });
      acme.app.clock.advance(1_000);
    }
    const first = await api.get(`${deploys}?per_page=2`);
    expect((first.body as { environment: string }[]).map(({ environment }) => environment)).toEqual(['three', 'two']);
    const second = await api.get(`${deploys}?per_page=2&cursor=${cursorOf(first)}`);
    expect((second.body as { environment: string }[]).map(({ environment }) => environment)).toEqual(['one']);
    expect((await api.get(`${deploys}?per_page=0`)).status).toBe(400);
    expect((await api.get(`${deploys}?cursor=none`)).status).toBe(400);
  });

  it('is empty for a release that was never deployed', async () => {
    expect((await api.get(deploys)).body).toEqual([]);
  });
});

describe('whatever is sent', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string(),
    fc.constant('\ud800'),
    fc.constant('x'.repeat(3_000)),
  );
  const anything = fc.oneof(anyText, fc.constant(null), fc.integer(), fc.constant({}), fc.array(anyText));

  it('is recorded and listed, or refused', async () => {
    const body = fc.record(
      {
        environment: fc.oneof({ weight: 3, arbitrary: anyText }, anything),
        name: anything,
        url: anything,
        dateStarted: anything,
        dateFinished: anything,
        projects: fc.oneof(fc.constant(['web']), anything),
      },
      { requiredKeys: ['environment'] },
    );
    await fc.assert(
      fc.asyncProperty(body, async (sent) => {
        const { status, body: answered } = await api.post(deploys, sent);
        expect([201, 400]).toContain(status);
        if (status !== 201) return;
        const shown = (await api.get(deploys)).body as readonly { id: string }[];
        expect(shown.map(({ id }) => id)).toContain(answered.id);
      }),
      { numRuns: 60 },
    );
  });

  it('as a version or a project is found or not', async () => {
    const inAddress = anyText.filter((text) => text.isWellFormed() && text !== '').map(encodeURIComponent);
    await fc.assert(
      fc.asyncProperty(inAddress, inAddress, async (version, project) => {
        for (const path of [`${releases}${version}/deploys/`, `${ofProject(project)}`]) {
          expect([200, 404]).toContain((await api.get(path)).status);
          expect([201, 404]).toContain((await api.post(path, { environment: 'prod' })).status);
        }
      }),
      { numRuns: 30 },
    );
  });
});

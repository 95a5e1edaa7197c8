import { beforeAll, describe, expect, it } from 'vitest';
import { endpoints } from '../functions/api-endpoints/index.ts';
import { createIssue } from '../lib/issues/index.ts';
import { scopes } from '../lib/organizations/index.ts';
import { createAcme, people } from './support/acme.ts';
import { type ApiClient, apiClient } from './support/api.ts';
import { storeIncident, storeRule } from './support/stored-incident.ts';

const aRule = {
  ...{ name: 'x', aggregate: 'count()', projects: ['web'], timeWindow: 5, thresholdType: 0 },
  triggers: [{ label: 'critical', alertThreshold: 1 }],
};
const aDigest = { name: 'x', rules: ['1'], schedule: '0 9 * * 1', period: '7d', inputChannelId: 'C0ALERTS01' };

/** What each endpoint with a body takes. */
const bodies: Readonly<Record<string, unknown>> = {
  createOrgAuthToken: { name: 'x' },
  createProject: { name: 'x' },
  updateProject: { name: 'x' },
  changeMyNotificationSettings: { project: null, kind: 'deploy', value: 'never' },
  changeTeamNotificationSettings: { project: null, kind: 'deploy', value: 'never' },
  createProjectRelease: { version: '2' },
  createRelease: { version: '2', projects: ['web'] },
  updateProjectRelease: { status: 'archived' },
  updateRelease: { status: 'archived' },
  createDeploy: { environment: 'prod' },
  createProjectDeploy: { environment: 'prod' },
  updateOwnIssue: { status: 'resolved' },
  updateIssue: { status: 'resolved' },
  updateIssues: { status: 'resolved' },
  updateProjectIssues: { status: 'resolved' },
  createRepository: { name: 'acme/x' },
  createAlertRule: aRule,
  createProjectAlertRule: aRule,
  previewAlertRule: aRule,
  updateAlertRule: aRule,
  updateProjectAlertRule: aRule,
  snoozeAlertRule: { target: 'me' },
  snoozeProjectAlertRule: { target: 'me' },
  createDigest: aDigest,
  updateDigest: aDigest,
  updateIncident: { status: 'resolved' },
  commentOnIncident: { comment: 'x' },
  queryMetrics: { query: 'sum(c:custom/views@none)' },
};

/** Mia, who has left `acme`, with all that her token once allowed; and what stands there. */
async function departed(
  isEmpty: boolean,
): Promise<{ readonly mia: ApiClient; readonly names: Record<string, string> }> {
  const acme = await createAcme();
  const mia = apiClient(acme.app, await acme.token(scopes, people.mia));
  const names = {
    ...{ org: 'acme', project: 'web', team: 'backend', version: '1', issue: '1', repo: '1', tokenId: '1' },
    ...{ rule: '1', incident: '1', digest: '1', key: 'route' },
  };
  if (!isEmpty) {
    const api = apiClient(acme.app, await acme.token(scopes));
    const commits = [{ id: 'a'.repeat(40), repository: 'acme/app' }];
    await api.post('/api/0/organizations/acme/releases/', { version: '1', projects: ['web'], commits });
    names.issue = (await createIssue(acme.app, { organization: 'acme', project: 'web', title: 'Broken' })).id;
    names.repo = (await api.get('/api/0/organizations/acme/repos/')).body[0].id as string;
    const rule = await storeRule(acme.app, { project: 'web', name: 'Errors' });
    names.rule = rule.id;
    names.incident = String((await storeIncident(acme.app, rule)).identifier);
    names.digest = (await api.post('/api/0/organizations/acme/digests/', { ...aDigest, rules: [rule.id] })).body
      .id as string;
    names.tokenId = (await api.get('/api/0/organizations/acme/org-auth-tokens/')).body[0].id as string;
  }
  const members = await Array.fromAsync(acme.app.table.queryAll({ partition: 'ORG#acme', beginsWith: 'MEMBER#' }));
  await acme.app.table.write(members.map(({ pk, sk }) => ({ delete: { pk, sk } })));
  return { mia, names };
}

describe.each([
  ['much', false],
  ['nothing', true],
])('an organization with %s in it', (_, isEmpty) => {
  let mia: ApiClient;
  let names: Record<string, string>;
  beforeAll(async () => {
    ({ mia, names } = await departed(isEmpty));
  });

  it.each(endpoints.map(({ id, method, path }) => [id, method, path] as const))(
    'tells people who have left nothing: %s',
    async (id, method, path) => {
      const address = path.replace(/\{(\w+)\}/g, (_all, name: string) => names[name] ?? '');
      const answer = await mia.send(method, `${address}/`, bodies[id]);
      expect(answer).toMatchObject({ status: 401, body: { detail: expect.any(String) as unknown } });
    },
  );
});

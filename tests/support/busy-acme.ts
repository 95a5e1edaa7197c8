import { createIssue } from '../../lib/issues/index.ts';
import { addMember, createOrganization, createToken, scopes } from '../../lib/organizations/index.ts';
import { createProject } from '../../lib/projects/index.ts';
import { type Acme, createAcme, people } from './acme.ts';
import { type ApiClient, apiClient } from './api.ts';
import { storeIncident, storeRule } from './stored-incident.ts';

/** Acme with something of everything, so that requests reach deep. What only the team `backend` may see says `SECRET` somewhere. */
export interface BusyAcme extends Acme {
  /** With the organization's own token and every scope. */
  readonly client: ApiClient;
  readonly ownToken: string;
  /** The text of a token of another organization, with every scope. */
  readonly foreignToken: string;
  /** Names under which something is there, by the name of the path variable. */
  readonly known: Readonly<Record<string, readonly string[]>>;
}

/** A release of both projects, one of each, and one without commits. */
export const versions = { both: 'shared@1.0.0', web: 'web@2.0.0+7', api: 'SECRET@1.0.0', bare: 'bare' } as const;

/** Builds it through the doors themselves. */
export async function createBusyAcme(): Promise<BusyAcme> {
  const acme = await createAcme();
  const { app } = acme;
  const token = await acme.token(scopes);
  const api = apiClient(app, token);
  const organization = 'acme';
  await createOrganization(app, { slug: 'rival', name: 'Rival' });
  await addMember(app, { organization: 'rival', email: 'ray@rival.example', name: 'Ray', role: 'owner' });
  await createProject(app, { organization: 'rival', name: 'Web', slug: 'web' });
  const { token: foreignToken } = await createToken(app, {
    organization: 'rival',
    name: 'rival',
    kind: 'organization',
    scopes: [...scopes],
  });
  const issues = [
    await createIssue(app, { organization, project: 'web', title: 'Broken page', release: versions.web }),
    await createIssue(app, { organization, project: 'api', title: 'SECRET failure', release: versions.both }),
  ];
  const made = async (path: string, body: unknown): Promise<{ readonly id: string }> => {
    app.clock.advance(60_000);
    const answer = await api.post(`/api/0/${path}/`, body);
    if (answer.status > 208) throw new Error(`${path} was answered with ${answer.status} ${JSON.stringify(answer)}`);
    return answer.body as { readonly id: string };
  };
  const repositories = [
    await made('organizations/acme/repos', { name: 'acme/web' }),
    await made('organizations/acme/repos', { name: 'acme/api' }),
  ];
  const releases = [
    { version: versions.both, projects: ['web', 'api'], commits: commitsOf('acme/web', 'b', 'Fixes WEB-1') },
    { version: versions.web, projects: ['web'], commits: commitsOf('acme/web', 'c', 'More', people.mia) },
    {
      version: versions.api,
      projects: ['api'],
      commits: [...commitsOf('acme/api', 'd', 'SECRET fixes API-1'), ...commitsOf('acme/web', 'c', 'More', people.mia)],
    },
    { version: versions.bare, projects: ['web'] },
  ];
  for (const release of releases) await made('organizations/acme/releases', release);
  const deploys = (version: string): string => `organizations/acme/releases/${encodeURIComponent(version)}/deploys`;
  await made(deploys(versions.both), { environment: 'production', name: 'both', projects: ['web'] });
  await made(deploys(versions.both), { environment: 'SECRET', name: 'SECRET', projects: ['api'] });
  await made(deploys(versions.api), { environment: 'SECRET' });
  const incidents = [
    await storeIncident(app, await storeRule(app, { project: 'web', name: 'Errors' })),
    await storeIncident(app, await storeRule(app, { project: 'api', name: 'SECRET errors' })),
  ];
  const tokens = [
    await made('organizations/acme/org-auth-tokens', { name: 'one' }),
    await made('organizations/acme/org-auth-tokens', { name: 'two', scopes: ['org:read'] }),
  ];
  const rules = [
    await made('projects/acme/web/alert-rules', aRule),
    await made('projects/acme/api/alert-rules', secretRule),
  ];
  const digests: { readonly id: string }[] = [];
  for (const { id } of rules) {
    const name = digests.length === 0 ? 'Digest' : 'SECRET digest';
    digests.push(await made('organizations/acme/digests', { ...aDigest, name, rules: [id] }));
  }
  const idsOf = (all: readonly { readonly id: string }[]): string[] => all.map(({ id }) => id);
  return {
    ...acme,
    ownToken: token,
    client: api,
    foreignToken,
    known: {
      org: ['acme'],
      project: ['web', 'api', acme.web.id, acme.api.id],
      team: ['backend'],
      version: Object.values(versions),
      issue: [...idsOf(issues), 'WEB-1', 'API-1'],
      repo: idsOf(repositories),
      tokenId: idsOf(tokens),
      incident: incidents.map(({ identifier }) => String(identifier)),
      rule: idsOf(rules),
      digest: idsOf(digests),
      ...fieldsOf(issues, repositories),
    },
  };
}

const aRule = {
  name: 'Errors',
  aggregate: 'count()',
  timeWindow: 5,
  thresholdType: 0,
  triggers: [{ label: 'critical', alertThreshold: 100 }],
};
const aDigest = { schedule: '0 9 * * 1', period: '7d', inputChannelId: 'C0ALERTS01' };
const secretRule = { ...aRule, name: 'SECRET errors', description: 'SECRET', query: 'level:error' };

function commitsOf(repository: string, letter: string, message: string, email = 'ann@elsewhere.example'): object[] {
  return [1, 2, 3].map((number) => ({
    id: `${letter}${number}`.padEnd(40, '0'),
    repository,
    message: `${message} (${number})`,
    author_email: email,
    author_name: 'Ann',
    timestamp: `2026-02-0${number}T10:00:00Z`,
    patch_set: [{ path: `src/${letter}.ts`, type: 'M' }],
  }));
}

/** What fields of bodies and queries can name. */
function fieldsOf(
  issues: readonly { readonly id: string }[],
  repositories: readonly { readonly id: string }[],
): Record<string, readonly string[]> {
  const names = ['acme/web', 'acme/api'];
  const commits = ['b1', 'c2', 'd3', 'f9'].map((id) => id.padEnd(40, '0'));
  const times = ['2026-03-01T10:00:00Z', '2026-03-02T12:00:00+02:00', '2027-01-01T00:00:00Z'];
  return {
    id: [...issues.map(({ id }) => id), 'WEB-1', 'API-1', ...commits],
    projects: ['web', 'api'],
    slug: ['web', 'fresh', 'Fresh', 'sentry'],
    name: ['Web', 'acme/web', 'acme/new', 'Fresh'],
    repository: names,
    repo_name: names,
    repo_id: repositories.map(({ id }) => id),
    commit: [...commits, 'a..b', 'a..b..c', '..', 'x'],
    currentId: commits,
    previousCommit: commits,
    previousId: commits,
    environment: ['production', 'SECRET', 'staging'],
    inRelease: Object.values(versions),
    assignedTo: [people.mia, people.olivia, ''],
    author_email: [people.mia, 'ann@elsewhere.example'],
    owner: [people.ada, 'nobody@acme.example', 'team:backend', 'user:1'],
    aggregate: ['count()', 'percentage(sessions_crashed, sessions)', 'p95(transaction.duration)', 'sum(', 'x'],
    label: ['critical', 'warning'],
    targetIdentifier: ['backend', '#alerts', 'https://hooks.acme.example/', 'https://localhost/', people.mia],
    inputChannelId: ['C0ALERTS01', 'x'],
    integrationId: ['T0ACME001', 'T0OTHER01'],
    message: ['Fixes WEB-1', 'Resolves API-1, WEB-1', 'x'],
    url: ['https://acme.example/x', 'javascript:alert(1)'],
    dateReleased: times,
    dateStarted: times,
    dateFinished: times,
    timestamp: times,
    expiresAt: times,
    start: times,
    end: times,
    statsPeriod: ['14d', '1h', '99999999999d', '0d'],
    metric: ['c:custom/views@none', 'transaction.duration', 'x', ''],
    key: ['route', 'release'],
    interval: ['5m', '60', '1h'],
    per_page: ['1', '2', '100', '101', '0'],
    sort: ['date', 'semver', 'build', 'crash_free_users', 'adoption'],
    status: ['open', 'archived', '', 'resolved', 'unresolved', 'active'],
    query: [
      'shared',
      'release:shared@*',
      'release.version:>=1.0',
      'is:unresolved',
      'is:for_review level:error',
      '!release.stage:low',
      'sum(c:custom/views@none) by route',
      'p95(transaction.duration) / 2',
      'sum(c:custom/views@none',
      '"',
      ':',
      'release:[a,b',
    ],
  };
}

import { expect } from 'vitest';
import { door as afterRelease } from '../../functions/after-release.ts';
import { door as deleteProject } from '../../functions/delete-project.ts';
import { door as fetchCommits } from '../../functions/fetch-commits.ts';
import { createIssue } from '../../lib/issues/index.ts';
import { scopes, tokenCache } from '../../lib/organizations/index.ts';
import { githubCommits } from '../../lib/releases/index.ts';
import { addWorkspace } from '../../lib/slack/index.ts';
import { type Acme, createAcme, people } from './acme.ts';
import { type ApiAnswer, type ApiClient, apiClient } from './api.ts';
import { githubToken, startGithubServer } from './github-server.ts';
import { refusedSoFar } from './granted-actions.ts';
import { slackWorkspace } from './slack-server.ts';
import { storeIncident, storeRule } from './stored-incident.ts';
import { work } from './whole-calls.ts';

let acme: Acme;
let api: ApiClient;
const org = '/api/0/organizations/acme';

async function ok(answer: Promise<ApiAnswer>): Promise<ApiAnswer['body']> {
  const { status, body } = await answer;
  expect({ status, body }, refusedSoFar()).toMatchObject({
    status: expect.toSatisfy((code: number) => code < 300) as unknown,
  });
  return body;
}

const followUp = () => work(afterRelease, acme.app, acme.app.followUps.takeAll());
const erase = () => work(deleteProject, acme.app, acme.app.deletions.takeAll());

async function fetchFromGithub(): Promise<void> {
  const github = await startGithubServer();
  github.addRepository(
    'acme/app',
    ['a0', 'a1', 'a2', 'a3'].map((sha) => ({ sha, message: `Fixes WEB-2 in ${sha}`, files: [] })),
  );
  const provider = githubCommits({ apiUrl: github.apiUrl, token: githubToken, clock: acme.app.clock });
  const app = { ...acme.app, commitProviders: { github: provider } };
  await work(fetchCommits, app, acme.app.fetches.takeAll());
  await github.stop();
}

const commit = (id: string, message: string) => ({
  id,
  message,
  repository: 'acme/app',
  author_name: 'Ada',
  author_email: people.ada,
  timestamp: '2026-03-01T10:00:00Z',
  patch_set: [{ path: 'a.ts', type: 'M' }],
});

async function releases(): Promise<void> {
  await ok(api.post(`${org}/repos/`, { name: 'acme/app', provider: 'github' }));
  for (const version of ['web@1.0', 'web@2.0', 'web@3.0']) {
    acme.app.clock.advance(1_000);
    const create = (more: object) => api.post(`${org}/releases/`, { version, projects: ['web'], ...more });
    await ok(
      create({ owner: people.ada, dateReleased: '2026-03-02T09:00:00Z', commits: [commit('c1', 'Fixes WEB-1')] }),
    );
    await ok(create({ projects: ['web', 'api'], commits: [commit('c2', 'Fixes WEB-1'), commit('c3', 'Fixes API-1')] }));
    await ok(create({ commits: [commit('c4', 'x')], refs: [{ repository: 'acme/app', commit: 'c4' }] }));
    await ok(api.post('/api/0/projects/acme/web/releases/', { version, refs: [], commits: [] }));
    await ok(create({ refs: [{ repository: 'acme/app', commit: 'a0' }] }));
    const one = `${org}/releases/${version}/`;
    await ok(api.put(one, { commits: [commit('d1', 'Fixes WEB-1'), commit('d2', 'Fixes WEB-3')] }));
    await ok(api.put(one, { commits: [commit('d3', 'Fixes API-1')], status: 'archived', url: 'https://ci.example/7' }));
    await ok(api.put(one, { refs: [], status: 'open' }));
    await ok(api.put(one, { commits: [commit('d4', `Fixes WEB-1 in ${version}`)] }));
    await ok(api.put(one, { refs: [{ repository: 'acme/app', commit: 'a1' }] }));
    await fetchFromGithub();
    await ok(api.put(one, { refs: [{ repository: 'acme/app', commit: 'a3', previousCommit: 'a0' }] }));
    await ok(api.post(`${one}deploys/`, { environment: 'production', projects: ['web'] }));
    await ok(api.post(`/api/0/projects/acme/web/releases/${version}/deploys/`, { environment: 'staging' }));
    await fetchFromGithub();
    await followUp();
  }
}

async function readReleases(): Promise<void> {
  for (const one of [`${org}/releases`, '/api/0/projects/acme/web/releases']) {
    for (const query of [
      '',
      'query=release.version:>1',
      'sort=semver',
      'sort=build',
      'environment=production',
      'status=archived',
    ]) {
      await ok(api.get(`${one}/?${query}`));
    }
    for (const rest of ['', 'commits/', 'commitfiles/', 'deploys/', 'previous-with-commits/']) {
      await ok(api.get(`${one}/web@2.0/${rest}`));
    }
  }
  await ok(api.get(`${org}/releases/?project=${acme.web.id}&per_page=1`));
  await ok(api.get(`${org}/releases/web@2.0/?health=1&adoptionStages=1&summaryStatsPeriod=24h&project=${acme.web.id}`));
  const [repository] = await ok(api.get(`${org}/repos/`));
  await ok(api.delete(`${org}/repos/${repository.id}/`));
}

async function issues(): Promise<void> {
  const list = `${org}/issues/`;
  const [first] = await ok(api.get(list));
  for (const query of [
    'is:unresolved',
    'is:for_review',
    'level:error',
    'release:web@1.0',
    'release:latest',
    'text',
    'WEB-1',
  ]) {
    await ok(api.get(`${list}?query=${encodeURIComponent(query)}`));
    await ok(api.get(`/api/0/projects/acme/web/issues/?query=${encodeURIComponent(query)}`));
  }
  for (const one of [`${list}${first.id}/`, `/api/0/issues/${first.id}/`]) {
    for (const rest of ['', 'activities/', 'history/']) await ok(api.get(`${one}${rest}`));
  }
  await ok(api.get('/api/0/projects/acme/web/events/'));
  for (const change of [
    { status: 'unresolved' },
    { status: 'resolved' },
    { status: 'resolvedInNextRelease' },
    { status: 'unresolved', assignedTo: people.ada, hasSeen: true, inbox: false },
    { status: 'resolved', statusDetails: { inRelease: 'web@1.0' } },
    { status: 'resolved', statusDetails: { inCommit: { commit: 'd4', repository: 'acme/app' } } },
    { status: 'ignored', assignedTo: '' },
    { status: 'resolvedInNextRelease' },
  ]) {
    await api.put(`${list}${first.id}/`, change);
    await api.put(`${list}?query=is:unresolved`, change);
    await api.put(`/api/0/projects/acme/web/issues/?id=${first.id}`, change);
    await api.put('/api/0/projects/acme/web/issues/?query=is:resolved', change);
  }
  acme.app.clock.advance(1_000);
  await ok(api.post(`${org}/releases/`, { version: 'web@4.0', projects: ['web'] }));
  await followUp();
}

async function incidents(): Promise<void> {
  const app = acme.app;
  const rule = await storeRule(app, { project: 'web', name: 'Errors' });
  const person = { token: await acme.token(scopes, people.ada) };
  await storeIncident(app, rule);
  for (const query of ['', 'status=all', `alertRule=${rule.id}`]) await ok(api.get(`${org}/incidents/?${query}`));
  const one = `${org}/incidents/1/`;
  await ok(api.post(`${one}subscriptions/`, undefined, person));
  await ok(
    api.post(`${one}comments/`, { comment: 'Looking at it' }, { token: await acme.token(scopes, people.olivia) }),
  );
  await ok(api.put(one, { status: 'acknowledged' }, person));
  await ok(api.put(one, { status: 'resolved', comment: 'Done' }, person));
  await ok(api.get(one));
  await ok(api.get(`${one}activity/`));
  await ok(api.get(`${one}notifications/`));
  await ok(api.get(`${org}/notifications/?state=skipped`));
  await ok(api.delete(`${one}subscriptions/`, person));
  await storeIncident(app, rule);
  await ok(api.put(`${org}/incidents/2/`, { status: 2 }, person));
}

async function peopleAndProjects(): Promise<void> {
  for (const list of ['', 'teams/', 'members/', 'projects/', 'org-auth-tokens/']) await ok(api.get(`${org}/${list}`));
  await ok(api.get('/api/0/organizations/'));
  const { id } = await ok(api.post(`${org}/org-auth-tokens/`, { name: 'Builds' }));
  await ok(api.delete(`${org}/org-auth-tokens/${id}/`));
  const ofTeam = '/api/0/teams/acme/backend/projects/';
  await ok(api.post(ofTeam, { name: 'Shop' }));
  await ok(api.post(ofTeam, { name: 'Shop' }));
  await ok(api.get(ofTeam));
  await ok(api.get('/api/0/projects/acme/shop/'));
  await ok(api.put('/api/0/projects/acme/shop/', { name: 'Store', slug: 'store', platform: 'go', team: null }));
  for (const path of ['/api/0/users/me/notification-settings/', '/api/0/teams/acme/backend/notification-settings/']) {
    for (const value of ['committed_only', 'default'])
      await ok(api.put(path, [{ project: 'web', kind: 'deploy', value }]));
    await ok(api.get(path));
  }
}

async function metrics(): Promise<void> {
  await ok(api.post(`${org}/metrics/query/`, { query: 'sum(c:custom/views@none)', project: ['web'] }));
  await ok(api.get(`${org}/metrics/meta/`));
  for (const tags of ['tags', 'tags/route']) await ok(api.get(`${org}/metrics/${tags}/?metric=transaction.duration`));
}

async function alertRules(): Promise<void> {
  await addWorkspace(acme.app, { organization: 'acme', ...slackWorkspace });
  const actions = [
    { type: 'slack', inputChannelId: 'C0ALERTS01' },
    { type: 'team', targetIdentifier: 'backend' },
    { type: 'user', targetIdentifier: people.ada },
  ];
  const triggers = [{ label: 'critical', alertThreshold: 1, actions }];
  const rule = { name: 'Errors', aggregate: 'count()', timeWindow: 5, thresholdType: 0, projects: ['web'], triggers };
  await ok(api.post(`${org}/alert-rules/preview/`, rule));
  for (const list of [`${org}/alert-rules/`, '/api/0/projects/acme/web/alert-rules/']) {
    const { id } = await ok(api.post(list, rule));
    for (const one of ['', `${id}/`]) await ok(api.get(`${list}${one}`));
    await digests(id);
    for (const target of ['me', 'everyone']) await ok(api.post(`${list}${id}/snooze/`, { target }));
    await ok(api.put(`${list}${id}/`, { name: 'Other errors' }));
    await ok(api.delete(`${list}${id}/snooze/`));
    await ok(api.post(`${list}${id}/snooze/`, { target: 'me' }));
    await ok(api.delete(`${list}${id}/`));
  }
}

async function digests(rule: string): Promise<void> {
  const all = `${org}/digests/`;
  const wanted = { name: 'Monday', rules: [rule], schedule: '0 9 * * 1', period: '7d', inputChannelId: 'C0ALERTS01' };
  const { id } = await ok(api.post(all, wanted));
  await ok(api.put(`${all}${id}/`, { timeZone: 'Europe/Berlin' }));
  await ok(api.post(`${all}${id}/send/`, undefined));
  for (const one of ['', `${id}/`]) await ok(api.get(`${all}${one}`));
  await ok(api.delete(`${all}${id}/`));
}

async function deletions(): Promise<void> {
  await ok(api.post(`${org}/releases/`, { version: 'gone', projects: ['web', 'api'], commits: [commit('c9', 'x')] }));
  await ok(api.post(`${org}/releases/gone/deploys/`, { environment: 'production' }));
  await ok(api.delete(`${org}/releases/gone/`));
  await ok(api.delete('/api/0/projects/acme/web/'));
  await erase();
}

/** Has the functions of the API, and those behind its queues, do all that they can. Gives whom it did it for, and with what token. */
export async function useWholeApi(): Promise<{ readonly acme: Acme; readonly token: string }> {
  acme = await createAcme();
  const token = await acme.token(scopes, people.olivia);
  const { clock } = acme.app;
  // Each function has a cache of its own, and has to ask for the token once.
  const app = Object.defineProperty({ ...acme.app }, 'tokens', { get: () => tokenCache(clock) });
  api = apiClient(app, token);
  for (const project of ['web', 'web', 'web', 'api', 'web']) {
    await createIssue(acme.app, { organization: 'acme', project, title: 'text', release: 'web@1.0' });
  }
  await releases();
  await readReleases();
  await issues();
  await incidents();
  await peopleAndProjects();
  await metrics();
  await alertRules();
  await deletions();
  return { acme, token };
}

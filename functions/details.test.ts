import type { APIGatewayProxyResult } from 'aws-lambda';
import { beforeEach, describe, expect, it } from 'vitest';
import { createIssue, findIssue, markRegressed } from '../lib/issues/index.ts';
import { findMember } from '../lib/organizations/index.ts';
import { people } from '../tests/support/acme.ts';
import { type BusyAcme, createBusyAcme, versions } from '../tests/support/busy-acme.ts';
import { pageText, type Visit, visitPage } from '../tests/support/page-visit.ts';
import { type DetailsApp, door } from './details.ts';
import { ownPath } from './middleware/own-path.ts';

const visit = (app: DetailsApp, name: string, more: Visit) => visitPage<DetailsApp>(door, app, name, more);

const hostile = '<img src=x onerror=alert(1)>"\'&';

describe('of issues and releases', () => {
  let acme: BusyAcme;
  let app: DetailsApp;
  let users: Readonly<Record<keyof typeof people, string>>;
  const as = (name: keyof typeof people) => ({ userId: users[name], email: people[name] });

  beforeEach(async () => {
    acme = await createBusyAcme();
    const ours = { publicUrl: 'https://postflow.example', sessionIssuer: 'https://slack.example' };
    app = { ...acme.app, ...ours, linkSigningKey: 'a signing key for tests' };
    const idOf = async (email: string) => (await findMember(acme.app, 'acme', email))?.userId ?? '';
    users = { olivia: await idOf(people.olivia), ada: await idOf(people.ada), mia: await idOf(people.mia) };
  });

  it('an issue is shown with all that is known of it', async () => {
    await acme.client.put(
      '/api/0/organizations/acme/issues/WEB-1/',
      { status: 'ignored' },
      { token: await acme.token(['event:write'], people.olivia) },
    );
    const answer = await visit(app, 'issue', { as: as('mia') });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).toMatchObject({ 'Cache-Control': 'no-store', 'X-Frame-Options': 'DENY' });
    const text = pageText(answer);
    for (const part of ['WEB-1', 'Broken page', 'Status Archived', 'web', versions.web, 'by Olivia', people.mia]) {
      expect(text).toContain(part);
    }
    expect(text).toMatch(/First seen \d{4}-\d\d-\d\d \d\d:\d\d UTC/u);
  });

  it('a release is shown with its commits, their authors and its deploys, as far as they are within reach', async () => {
    const text = pageText(await visit(app, 'release', { as: as('mia'), at: { version: 'shared%401.0.0' } }));
    for (const part of ['Release shared@1.0.0', 'Fixes WEB-1', 'production', 'Deploys']) expect(text).toContain(part);
    expect(text).not.toContain('SECRET');
    const all = pageText(await visit(app, 'release', { as: as('ada'), at: { version: 'shared%401.0.0' } }));
    expect(all).toContain('SECRET');
  });

  it('a release is shown with the issues that it fixed and the incidents that began since', async () => {
    const show = () => visit(app, 'release', { as: as('mia'), at: { version: 'shared%401.0.0' } });
    const first = await show();
    expect(pageText(first)).toMatch(
      /Alerts since Errors Critical \d{4}-.* Resolved issues WEB-1 Resolved Broken page/u,
    );
    expect(first.body).toMatch(/href="[^"]+\/alerts\/rules\/details\/\d+\/\?alert=1"/u);
    expect(first.body).toContain('href="https://postflow.example/organizations/acme/issues/WEB-1/"');
    const { id: issueId } = await findIssue(acme.app, { organization: 'acme', issue: 'WEB-1' });
    await markRegressed(acme.app, { organization: 'acme', issueId });
    expect(pageText(await show())).toContain('WEB-1 Came back Broken page');
  });

  it('what went wrong before a release, and what others fixed, is not its own', async () => {
    acme.app.clock.advance(60_000);
    const body = { version: 'later', projects: ['web'] };
    expect(await acme.client.post('/api/0/organizations/acme/releases/', body)).toMatchObject({ status: 201 });
    const text = pageText(await visit(app, 'release', { as: as('mia'), at: { version: 'later' } }));
    expect(text).toContain('Nothing has gone wrong since');
    expect(text).toContain('None of its commits says');
  });

  it('a release without commits and deploys says so', async () => {
    const text = pageText(await visit(app, 'release', { as: as('mia'), at: { version: 'bare' } }));
    expect(text).toContain('No commits are known');
    expect(text).toContain('not been deployed');
  });

  it.each([
    ['issue', {}, '/organizations/acme/issues/WEB-1/'],
    ['release', {}, '/organizations/acme/releases/web%402.0.0%2B7/'],
    ['release', { version: "it's (one)!" }, '/organizations/acme/releases/it%27s%20%28one%29%21/'],
  ])('who has not signed in is sent to do so, and comes back to the %s %j', async (name, at, path) => {
    const { statusCode, headers } = await visit(app, name, { at });
    expect(statusCode).toBe(303);
    const next = new URL(String(headers?.['Location'])).searchParams.get('next') ?? '';
    expect(next).toBe(path);
    expect(ownPath(next), 'the sign-in leads back there').toBe(path);
  });

  it.each([
    ['an issue of a team that one is not in', 'issue', { issue: 'API-1' }],
    ['an issue that there is not', 'issue', { issue: 'WEB-99' }],
    ['an issue with an impossible name', 'issue', { issue: '%00'.repeat(900) }],
    ['a release of a team that one is not in', 'release', { version: 'SECRET%401.0.0' }],
    ['a release that there is not', 'release', { version: '9' }],
    ['a release with an impossible name', 'release', { version: 'x'.repeat(3_000) }],
    ['another organization', 'issue', { org: 'rival' }],
    ['an organization that there is not', 'release', { org: 'nobody' }],
    ['an organization with an impossible name', 'issue', { org: 'x'.repeat(3_000) }],
    ['an organization named like a key', 'issue', { org: 'acme%23x' }],
  ])('%s is the same page as what is not there', async (_, name, at) => {
    const there = await visit(app, name, { as: as('mia'), at });
    const gone = await visit(app, 'issue', { as: as('mia'), at: { issue: 'WEB-404' } });
    const plain = ({ body }: APIGatewayProxyResult) => body.replace(/href="[^"]*"/gu, '');
    expect(there.statusCode).toBe(404);
    expect(plain(there)).toBe(plain(gone));
  });

  it('somebody who has left the organization finds nothing', async () => {
    expect(await visit(app, 'issue', { as: { userId: '4711', email: 'x@y.example' } })).toMatchObject({
      statusCode: 404,
    });
  });

  it('shows hostile texts as texts', async () => {
    const { shortId } = await createIssue(acme.app, {
      organization: 'acme',
      project: 'web',
      title: hostile,
      culprit: hostile,
    });
    const version = hostile.replaceAll('/', '');
    const made = await acme.client.post('/api/0/organizations/acme/releases/', {
      version,
      projects: ['web'],
      ref: hostile,
      commits: [{ id: 'e'.repeat(40), message: hostile, author_name: hostile, author_email: 'e@x.example' }],
    });
    expect(made.status).toBe(201);
    for (const answer of [
      await visit(app, 'issue', { as: { ...as('mia'), email: hostile }, at: { issue: shortId } }),
      await visit(app, 'release', { as: as('mia'), at: { version: encodeURIComponent(version) } }),
    ]) {
      expect(answer.statusCode).toBe(200);
      expect(answer.body).toContain('&lt;img src=x onerror=alert(1)&gt;');
      expect(answer.body).not.toContain('<img');
    }
  });

  it('other addresses are a page, and so is another method', async () => {
    const unknown = await visit(app, 'unknown', {});
    expect(unknown.statusCode).toBe(404);
    expect(unknown.headers?.['Content-Type']).toContain('text/html');
    expect(unknown.body).toContain('no page at this address');
    const posted = await visit(app, 'issue', { as: as('mia'), method: 'POST' });
    expect(posted).toMatchObject({ statusCode: 405, headers: { Allow: 'GET, HEAD' } });
    expect(await visit(app, 'issue', { as: as('mia'), method: 'HEAD' })).toMatchObject({ statusCode: 200, body: '' });
  });
});

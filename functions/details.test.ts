import type { APIGatewayProxyResult } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AlertRule, acknowledgeIncident } from '../lib/alerts/index.ts';
import { createIssue } from '../lib/issues/index.ts';
import { findMember, reachLookup } from '../lib/organizations/index.ts';
import { epochSeconds } from '../lib/platform/clock.ts';
import { people } from '../tests/support/acme.ts';
import { createRule } from '../tests/support/alerting-app.ts';
import { type BusyAcme, createBusyAcme, versions } from '../tests/support/busy-acme.ts';
import { asFunction } from '../tests/support/granted-actions.ts';
import { storedEvent } from '../tests/support/http-event.ts';
import { lambdaContext } from '../tests/support/lambda-context.ts';
import { createPressingApp, openIncident, type PressingApp, press } from '../tests/support/pressing-app.ts';
import type { DetailsApp } from './details/visit-detail.ts';
import { door } from './details.ts';
import { ownPath } from './middleware/own-path.ts';
import { pageDoor } from './middleware/page-door.ts';
import { sessionCookie } from './middleware/session.ts';

interface Visit {
  readonly as?: { readonly userId: string; readonly email: string } | undefined;
  /** Path variables, as they stand in the address. */
  readonly at?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly method?: string;
}

async function visit(app: DetailsApp, name: string, { as, at, query, method }: Visit): Promise<APIGatewayProxyResult> {
  const event = storedEvent(`details/${name}`);
  const pathParameters = { ...event.pathParameters, ...at };
  const path = `${event.resource.replace(/\{(\w+)\+?\}/g, (_, variable: string) => pathParameters[variable] ?? '')}/`;
  const session = as && { id: 'one', ...as, signedInAtSeconds: epochSeconds(app.clock) };
  const Cookie = session === undefined ? [] : sessionCookie(app, session).split(';', 1);
  return asFunction('details', () =>
    pageDoor<DetailsApp>(door, async () => app)(
      {
        ...event,
        path,
        pathParameters,
        httpMethod: method ?? event.httpMethod,
        multiValueHeaders: { ...event.multiValueHeaders, ...(session && { Cookie }) },
        multiValueQueryStringParameters:
          query === undefined
            ? event.multiValueQueryStringParameters
            : Object.fromEntries(Object.entries(query).map(([key, value]) => [key, [value]])),
      },
      lambdaContext(),
    ),
  );
}

const textOf = ({ body }: APIGatewayProxyResult): string =>
  body
    .replace(/<style>.*<\/style>/su, '')
    .replace(/<[^>]+>/gu, ' ')
    .replace(/\s+/gu, ' ');

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
    const text = textOf(answer);
    for (const part of ['WEB-1', 'Broken page', 'Status Archived', 'web', versions.web, 'by Olivia', people.mia]) {
      expect(text).toContain(part);
    }
    expect(text).toMatch(/First seen \d{4}-\d\d-\d\d \d\d:\d\d UTC/u);
  });

  it('a release is shown with its commits, their authors and its deploys, as far as they are within reach', async () => {
    const text = textOf(await visit(app, 'release', { as: as('mia'), at: { version: 'shared%401.0.0' } }));
    for (const part of ['Release shared@1.0.0', 'Fixes WEB-1', 'production', 'Deploys']) expect(text).toContain(part);
    expect(text).not.toContain('SECRET');
    const all = textOf(await visit(app, 'release', { as: as('ada'), at: { version: 'shared%401.0.0' } }));
    expect(all).toContain('SECRET');
  });

  it('a release without commits and deploys says so', async () => {
    const text = textOf(await visit(app, 'release', { as: as('mia'), at: { version: 'bare' } }));
    expect(text).toContain('No commits are known');
    expect(text).toContain('not been deployed');
  });

  it.each([
    ['issue', {}, '/organizations/acme/issues/WEB-1/'],
    ['release', {}, '/organizations/acme/releases/web%402.0.0%2B7/'],
    ['release', { version: "it's (one)!" }, '/organizations/acme/releases/it%27s%20%28one%29%21/'],
    ['alert', {}, '/organizations/acme/alerts/rules/details/1/?alert=1&referrer=metric_alert_slack'],
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
    ['a rule that there is not', 'alert', { rule: '404' }],
    ['a rule with an impossible name', 'alert', { rule: '%3Cscript%3E' }],
    ['another organization', 'issue', { org: 'rival' }],
    ['an organization that there is not', 'release', { org: 'nobody' }],
    ['an organization with an impossible name', 'alert', { org: 'x'.repeat(3_000) }],
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

describe('of alert rules', () => {
  let app: PressingApp;
  let rule: AlertRule;
  const as = (name: keyof typeof people) => ({ userId: app.acme.users[name], email: people[name] });
  const look = (more: Visit = {}) =>
    visit({ ...app.acme.app, ...app } as DetailsApp, 'alert', { as: as('mia'), at: { rule: rule.id }, ...more });

  beforeEach(async () => {
    app = await createPressingApp();
    rule = await createRule(app, { name: `Errors ${hostile}` });
  });
  afterEach(() => app.close());

  it('say what they watch and that nothing was found yet', async () => {
    const answer = await look({ query: {} });
    expect(answer.statusCode).toBe(200);
    expect(answer.body).not.toContain('<img');
    const text = textOf(answer);
    expect(text).toContain('Critical when sum(checkout.errors) is above 10 over the last minute.');
    expect(text).toContain('All is well');
    expect(text).toContain('has not found anything yet');
  });

  it('show their incidents with what happened and who did what; the one that was asked for is marked', async () => {
    await openIncident(app);
    const by = { userId: app.acme.users.ada, name: hostile };
    const reach = reachLookup({ organization: 'acme', userId: app.acme.users.ada });
    await acknowledgeIncident(app, { organization: 'acme', identifier: 1, by, reach });
    const answer = await look();
    const text = textOf(answer);
    expect(text).toMatch(/Status Critical .*Incident 1 – the one you came for .*Acknowledged by &lt;img/u);
    expect(answer.body).not.toContain('<img');
    await press(app, { action: 'incident.resolve' });
    expect(textOf(await look({ query: { alert: '7' } }))).toMatch(
      /All is well .*Incident 7 is none of this rule.*Incident 1 .*Resolved by Ada/u,
    );
  });

  it('are nothing to who is not in the team of the project, or in the organization', async () => {
    const secret = await createRule(app, { project: 'api' });
    expect(await look({ at: { rule: secret.id } })).toMatchObject({ statusCode: 404 });
    expect(await look({ at: { rule: secret.id }, as: as('ada') })).toMatchObject({ statusCode: 200 });
    expect(await look({ at: { rule: rule.id, org: 'globex' }, as: as('ada') })).toMatchObject({ statusCode: 404 });
  });
});

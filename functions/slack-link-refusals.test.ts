import { beforeEach, describe, expect, it } from 'vitest';
import { readSituation } from '../lib/slack/index.ts';
import { storedEvent } from '../tests/support/http-event.ts';
import { lambdaContext } from '../tests/support/lambda-context.ts';
import type { PagesBrowser } from '../tests/support/pages-browser.ts';
import { createPagesWorld, type PagesWorld, slackUsers } from '../tests/support/pages-world.ts';
import { slackChannels, slackWorkspace } from '../tests/support/slack-server.ts';
import { pageDoor } from './middleware/page-door.ts';
import { door } from './slack-link.ts';

const { teamId } = slackWorkspace;
const channelId = slackChannels.alerts.id;
let world: PagesWorld;
beforeEach(async () => {
  world = await createPagesWorld();
  return () => world.close();
});

const situationOfAda = () => readSituation(world.app, { teamId, slackUserId: slackUsers.ada, channelId });

describe('a link is refused', () => {
  it.each(['forged', 'unknown-page'])('%s', async (name) => {
    const answer = await pageDoor(door, async () => world.app)(storedEvent(`slack-link/${name}`), lambdaContext());
    expect(answer.statusCode).toBe(name === 'forged' ? 410 : 404);
    expect(answer.body).toContain('<h1');
  });

  it('when it has expired, before anybody has to sign in', async () => {
    const link = world.link('link-identity', 'ada');
    world.app.clock.advance(30 * 60_000 + 1_000);
    expect(await world.browser().visit(link)).toMatchObject({
      status: 410,
      html: expect.stringContaining('has expired'),
    });
  });

  it('on another page than its own', async () => {
    const link = world.link('unlink-identity', 'ada').replace('unlink-identity', 'link-identity');
    expect((await world.browser().visit(link)).status).toBe(410);
  });

  it('to another Slack user than it was made for', async () => {
    const browser = world.browser();
    const landing = await browser.signIn(world.link('link-identity', 'ada'), 'mia', teamId);
    expect(landing).toMatchObject({ status: 403, html: expect.stringContaining('This link is for another account') });
    expect(landing.html).toContain('account=another');
  });

  it('to the same Slack user in another workspace', async () => {
    const landing = await world.browser().signIn(world.link('link-identity', 'ada'), 'ada', 'T0OTHER001');
    expect(landing.status).toBe(403);
  });

  it('to whom the Slack user is not, where people do not sign in with Slack', async () => {
    await world.linked(slackUsers.ada, 'ada');
    const landing = await world.browser().signIn(world.link('unlink-identity', 'ada'), 'mia');
    expect(landing).toMatchObject({ status: 403, html: expect.stringContaining('linked to somebody else') });
  });

  it('when the workspace has gone meanwhile', async () => {
    const browser = world.browser();
    const asked = await browser.signIn(world.link('link-identity', 'ada'), 'ada', teamId);
    const set = { expression: 'SET #status = :off', names: { '#status': 'status' }, values: { ':off': 'disabled' } };
    await world.app.table.update({ pk: `WORKSPACE#${teamId}`, sk: 'WORKSPACE' }, set);
    for (const landing of [await browser.submit(asked), await browser.visit(asked.url)]) {
      expect(landing).toMatchObject({ status: 404, html: expect.stringContaining('workspace is not connected') });
    }
  });

  it('to a role that was lost between asking and doing', async () => {
    await world.linked(slackUsers.olivia, 'olivia');
    const browser = world.browser();
    const asked = await browser.signIn(world.link('link-team', 'olivia'), 'olivia', teamId);
    const key = { pk: 'ORG#acme', sk: `MEMBER#${world.users.olivia}` };
    const set = { expression: 'SET #role = :role', names: { '#role': 'role' }, values: { ':role': 'member' } };
    await world.app.table.update(key, set);
    expect(await browser.submit(asked, { team: 'acme/backend' })).toMatchObject({ status: 403 });
  });
});

describe('a form is refused', () => {
  let browser: PagesBrowser;
  const forms: [string, Record<string, string>, Record<string, string>][] = [
    ['without its secret text', { csrf: '' }, {}],
    ['with another one', { csrf: 'x'.repeat(43) }, {}],
    ['from another site', {}, { 'Sec-Fetch-Site': 'cross-site' }],
    ['from a neighbour', {}, { 'Sec-Fetch-Site': 'same-site' }],
    ['from another origin', {}, { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'same-origin' }],
    ['that is none', {}, { 'Content-Type': 'text/plain' }],
  ];

  it.each(forms)('%s', async (_, fields, headers) => {
    browser = world.browser();
    const asked = await browser.signIn(world.link('link-identity', 'ada'), 'ada', teamId);
    const landing = await browser.submit(asked, fields, headers);
    expect([403, 415]).toContain(landing.status);
    expect(await situationOfAda()).not.toHaveProperty('identity');
  });

  it('of another link, and of another session', async () => {
    browser = world.browser();
    const asked = await browser.signIn(world.link('link-identity', 'ada'), 'ada', teamId);
    const other = await browser.visit(world.link('link-identity', 'ada'));
    expect((await browser.submit({ ...asked, html: asked.html }, { csrf: csrfIn(other.html) })).status).toBe(403);
    const stranger = world.browser();
    const theirs = await stranger.signIn(asked.url, 'ada', teamId);
    expect((await browser.submit(asked, { csrf: csrfIn(theirs.html) })).status).toBe(403);
    expect(await situationOfAda()).not.toHaveProperty('identity');
  });

  it('of who was signed out meanwhile, who is led back', async () => {
    browser = world.browser();
    const asked = await browser.signIn(world.link('link-identity', 'ada'), 'ada', teamId);
    browser.cookies.clear();
    expect(await browser.submit(asked)).toMatchObject({ status: 401, html: expect.stringContaining('sign in again') });
  });

  it('by any method but GET and POST', async () => {
    const landing = await world.browser().visit(world.link('link-identity', 'ada'), { method: 'PUT' });
    expect(landing).toMatchObject({ status: 405, headers: { Allow: 'GET, HEAD, POST' } });
  });
});

const csrfIn = (html: string): string => /name="csrf" value="([^"]+)"/.exec(html)?.[1] ?? '';

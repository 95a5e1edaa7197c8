import type { APIGatewayProxyEvent } from 'aws-lambda';
import { expect } from 'vitest';
import { door as details } from '../../functions/details.ts';
import { pageDoor } from '../../functions/middleware/page-door.ts';
import { csrfToken, sessionCookie } from '../../functions/middleware/session.ts';
import { installForm } from '../../functions/slack-install/show-workspaces.ts';
import { door as slackInstall } from '../../functions/slack-install.ts';
import { findMember } from '../../lib/organizations/index.ts';
import { epochSeconds } from '../../lib/platform/clock.ts';
import { type Acme, people } from './acme.ts';
import { asFunction, refusedSoFar } from './granted-actions.ts';
import { storedEvent } from './http-event.ts';
import { lambdaContext } from './lambda-context.ts';
import { visitPage } from './page-visit.ts';
import { createPagesWorld } from './pages-world.ts';
import { createSlackAcme } from './slack-acme.ts';
import { startSlackOauthServer } from './slack-oauth-server.ts';
import { slackChannels, slackWorkspace } from './slack-server.ts';

/** People link themselves and teams, move one and unlink all again; who signs in is known by then. */
async function pages(): Promise<void> {
  const world = await createPagesWorld();
  const browser = world.browser();
  const act = async (link: string, fields: Record<string, string> = {}): Promise<void> => {
    const asked = await browser.signIn(link, 'olivia', slackWorkspace.teamId);
    const done = await browser.submit(asked, fields);
    // A team that leaves a channel is asked about once more.
    const { status } = done.html.includes('name="from"') ? await browser.submit(done) : done;
    expect(status, `${link} ${refusedSoFar()}`).toBe(200);
    browser.cookies.clear();
  };
  const { id: channelId, name: channelName } = slackChannels.elsewhere;
  await act(world.link('link-identity', 'olivia'));
  await act(world.link('link-team', 'olivia', { channelId, channelName }), { team: 'acme/backend' });
  await act(world.link('link-team', 'olivia'), { team: 'acme/backend' });
  await act(world.link('unlink-team', 'olivia'));
  await act(world.link('unlink-identity', 'olivia'));
  await world.close();
}

/** A manager adds the app to a workspace, and takes it away again from one that did not know its organizations yet. */
async function installing(): Promise<void> {
  const slackOauth = await startSlackOauthServer();
  const { app: acmeApp, teamId, users } = await createSlackAcme();
  const app = { ...acmeApp, slackOauth, command: '/postflow' };
  const session = { id: 'one', userId: users.olivia, email: people.olivia, signedInAtSeconds: epochSeconds(app.clock) };
  const handler = pageDoor(slackInstall, async () => app);
  const visit = async (name: string, changes: Partial<APIGatewayProxyEvent> = {}) => {
    const event = storedEvent(`slack-install/${name}`);
    const body = event.body && `${event.body}&csrf=${csrfToken(app, session, installForm)}`;
    const multiValueHeaders = { ...event.multiValueHeaders, Cookie: sessionCookie(app, session).split(';', 1) };
    const answer = await asFunction('slack-install', () =>
      handler({ ...event, body, multiValueHeaders, ...changes }, lambdaContext()),
    );
    expect(answer.statusCode, `${name} ${refusedSoFar()}`).toBeLessThan(400);
    return answer;
  };
  await visit('show');
  const { headers } = await visit('begin');
  const state = new URL(String(headers?.['Location'])).searchParams.get('state') ?? '';
  await app.table.update({ pk: `WORKSPACE#${teamId}`, sk: 'WORKSPACE' }, { expression: 'REMOVE organizations' });
  await visit('return', { multiValueQueryStringParameters: { state: [state], code: ['1'] } });
  await visit('disconnect');
  await slackOauth.stop();
}

/** The page of a release, which has commits. */
async function showRelease({ app }: Acme): Promise<void> {
  const member = await findMember(app, 'acme', people.ada);
  const as = { userId: member?.userId ?? '', email: people.ada };
  const ours = { publicUrl: 'https://postflow.example', sessionIssuer: 'https://slack.example' };
  const site = { ...app, ...ours, linkSigningKey: 'a signing key for tests' };
  const { statusCode } = await visitPage(details, site, 'release', { as, at: { version: 'web%402.0' } });
  expect(statusCode, refusedSoFar()).toBe(200);
}

/** Has the pages of releases, and those on which people link themselves, teams and workspaces, do all that they can. */
export async function usePages(acme: Acme): Promise<void> {
  await showRelease(acme);
  await pages();
  await installing();
}

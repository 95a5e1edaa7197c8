import type { APIGatewayProxyEvent } from 'aws-lambda';
import { expect } from 'vitest';
import { door as admin } from '../../functions/admin.ts';
import { type AlertPagesApp, door as alertPages } from '../../functions/alert-pages.ts';
import { door as apiRoot } from '../../functions/api-root.ts';
import { door as deleteProjectDoor } from '../../functions/delete-project.ts';
import { door as detailsDoor } from '../../functions/details.ts';
import { door as ingestEnvelope } from '../../functions/ingest-envelope.ts';
import { door as ingestOtlp } from '../../functions/ingest-otlp.ts';
import { directDoor } from '../../functions/middleware/direct-door.ts';
import { httpDoor } from '../../functions/middleware/http-door.ts';
import { pageDoor } from '../../functions/middleware/page-door.ts';
import { csrfToken, sessionCookie } from '../../functions/middleware/session.ts';
import { door as renderChart } from '../../functions/render-chart.ts';
import { door as slackCommands } from '../../functions/slack-commands.ts';
import { door as slackEventsDoor } from '../../functions/slack-events.ts';
import { installForm } from '../../functions/slack-install/show-workspaces.ts';
import { door as slackInstall } from '../../functions/slack-install.ts';
import { door as slackWorker } from '../../functions/slack-worker.ts';
import { door as sweepSlackMessages } from '../../functions/sweep-slack-messages.ts';
import type { FunctionName } from '../../infra/functions.ts';
import { alertRuleInput, createAlertRule } from '../../lib/alerts/index.ts';
import { createIssue } from '../../lib/issues/index.ts';
import { foldMemory, foldMessages, pointMessage, type WireMessage } from '../../lib/metrics/index.ts';
import { changeTeamRole, createOrganization, findMember } from '../../lib/organizations/index.ts';
import { epochSeconds, isoTime } from '../../lib/platform/clock.ts';
import { randomText } from '../../lib/platform/random-text.ts';
import { createProject, type DeletionMessage, deleteProject } from '../../lib/projects/index.ts';
import { noticeWrite } from '../../lib/releases/deploy-notice-store.ts';
import { linkTeam } from '../../lib/slack/index.ts';
import { type Acme, people, withToken } from './acme.ts';
import { createAlertingApp, createRule, drain, schedule, sendErrors } from './alerting-app.ts';
import { arrayQueue } from './array-queue.ts';
import { asFunction, refusedSoFar } from './granted-actions.ts';
import { storedEvent } from './http-event.ts';
import { lambdaContext } from './lambda-context.ts';
import { visitPage } from './page-visit.ts';
import { createPagesWorld } from './pages-world.ts';
import { createPressingApp, openIncident, press } from './pressing-app.ts';
import { createSlackAcme } from './slack-acme.ts';
import { startSlackOauthServer } from './slack-oauth-server.ts';
import { slackChannels, slackWorkspace } from './slack-server.ts';
import { createSlackWorld, slackUsers } from './slack-worker-app.ts';
import { createTestApp } from './test-app.ts';
import { work } from './whole-api.ts';

async function request(door: { readonly name: string }, app: unknown, event: APIGatewayProxyEvent): Promise<void> {
  const handler = httpDoor(door as never, async () => app as never);
  const answer = await asFunction(door.name as FunctionName, () => handler(event, lambdaContext()));
  expect(answer, `${door.name} ${refusedSoFar()}`).toMatchObject({ statusCode: 200 });
}

/** An incident that is told, gets better and ends with its project. */
async function alerts(): Promise<void> {
  const app = { ...(await createAlertingApp()), randomText, deletions: arrayQueue<DeletionMessage>() };
  const rule = await createRule(app);
  for (const count of [11, 0, 11]) {
    await sendErrors(app, count);
    app.clock.advance(60_000);
    await schedule(app);
    await drain(app);
  }
  expect(app.slackServer.messages()).not.toEqual([]);
  const [first] = app.slackServer.messages();
  await work(renderChart, { ...app, draw: async () => new Uint8Array(9) }, [
    {
      ...{ kind: 'rule-chart', organization: 'acme', ruleId: rule.id, hours: 1, teamId: slackWorkspace.teamId },
      ...{ channelId: first?.channel, threadTs: first?.ts, slackUserId: 'U0ADA' },
    },
  ]);
  expect(app.slackServer.files(), refusedSoFar()).toHaveLength(1);
  await deleteProject(app, { organization: 'acme', project: 'web' });
  await work(deleteProjectDoor, app, app.deletions.takeAll());
  app.clock.advance(60_000);
  await schedule(app);
  await drain(app);
  await app.slackServer.stop();
}

async function ingest(): Promise<void> {
  const base = await createTestApp();
  const app = { ...base, randomText, points: arrayQueue<WireMessage>(), memory: foldMemory(base.clock) };
  await createOrganization(app, { slug: 'acme', name: 'Acme' });
  const publicKey = '0123456789abcdef0123456789abcdef';
  await createProject({ ...app, randomText: () => publicKey }, { organization: 'acme', name: 'Web', slug: 'web' });
  await request(ingestEnvelope, app, storedEvent('ingest-envelope/counter'));
  await request(ingestOtlp, app, storedEvent('ingest-otlp/protobuf'));
  const sent = app.points.takeAll();
  await asFunction('fold-points', () =>
    foldMessages(
      app,
      sent.map((message) => pointMessage.parse(message)),
    ),
  );
  // Again in a new process, and with a minimum that another has to be compared with.
  const load = { m: 'd:custom/load@none', s: { values: [1, 2] } };
  for (const batchId of ['first-message-of-load', 'second-message-of-load']) {
    const message = pointMessage.parse({ ...sent[0], batchId, points: [load] });
    const worker = { ...app, memory: foldMemory(app.clock) };
    for (const _ of [1, 2]) await asFunction('fold-points', () => foldMessages(worker, [message]));
  }
}

/** Somebody whose role has changed types commands in a workspace that was stored before it knew its organizations. */
async function slack(): Promise<void> {
  // When the stored event was signed, and with what.
  const { app: acmeApp, teamId, linked } = await createSlackAcme(await createTestApp({ now: 1_772_442_000_000 }));
  const app = { ...acmeApp, signingSecret: 'test-signing-secret' };
  await linked('U0MIA00001', 'mia');
  await changeTeamRole(app, { organization: 'acme', email: people.mia, team: 'frontend', role: 'admin' });
  await app.table.update({ pk: `WORKSPACE#${teamId}`, sk: 'WORKSPACE' }, { expression: 'REMOVE organizations' });
  await request(slackCommands, app, storedEvent('slack-commands/help'));
  await request(slackCommands, app, storedEvent('slack-commands/link-team'));
}

/** Events of every kind, and what was left unsaid. */
async function slackEvents(): Promise<void> {
  const { app, server, teamId, users, linked, freshLink } = await createSlackWorld({ now: 1_772_442_000_000 });
  await linked(slackUsers.ada, 'ada');
  await request(slackEventsDoor, app, storedEvent('slack-events/direct-message'));
  await request(slackEventsDoor, app, storedEvent('slack-events/channel-rename'));
  const channelId = slackChannels.alerts.id;
  const slackUserId = slackUsers.ada;
  const person = { link: freshLink(), teamId, slackUserId, userId: users.ada, channelId, channelName: 'alerts' };
  await linkTeam(app, { ...person, organization: 'acme', team: 'backend' });
  const watched = { organization: 'acme', project: 'web', name: 'Errors', metric: 'errors@none', threshold: 1 };
  const where = { windowSeconds: 60, workspace: teamId, channelId, channelName: 'alerts' };
  const rule = await createAlertRule(app, alertRuleInput.parse({ ...watched, ...where }));
  const notice = { releaseId: '1', organization: 'acme', version: '1', deployId: '7', projectIds: [] };
  const at = isoTime(app.clock.now());
  const pending = { environment: 'prod', recipients: [users.ada], state: 'pending' as const, at };
  await app.table.write([noticeWrite({ ...notice, ...pending })]);
  const shared = { kind: 'links-shared', teamId, eventId: 'Ev1', slackUserId, channelId, messageTs: '1.000001' };
  const link = `${app.publicUrl}/organizations/acme/alerts/rules/details/${rule.id}/`;
  await work(slackWorker, app, [...app.slackJobs.takeAll(), { ...shared, links: [link] }]);
  // Not beside the renaming of the same channel: one of them would have to come again.
  await work(slackWorker, app, [{ kind: 'channel-closed', teamId, eventId: 'Ev2', channelId, how: 'deleted' }]);
  app.clock.advance(120_000);
  const payload = storedEvent('sweep-slack-messages/run');
  const sweep = directDoor(sweepSlackMessages, async () => app);
  await asFunction('sweep-slack-messages', () => sweep(payload, lambdaContext()));
  await work(slackWorker, app, app.slackJobs.takeAll());
  await server.stop();
}

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

/** An incident that is resolved and an issue that is, both with a button; then the pages are read that the messages link to. */
async function buttons(): Promise<void> {
  const app = await createPressingApp();
  const rule = await createRule(app);
  await openIncident(app);
  const { id } = await createIssue(app, { organization: 'acme', project: 'web', title: 'It broke' });
  for (const [action, value] of [
    ['incident.resolve', 'acme/1'],
    ['issue.resolve', `acme/${id}`],
  ] as const) {
    expect(await press(app, { action, value }), refusedSoFar()).toEqual({ status: 200, said: [] });
  }
  // What was resolved comes back with a window that began afterwards.
  app.clock.advance(120_000);
  await openIncident(app);
  const site = { ...app.acme.app, ...app };
  const as = { userId: app.acme.users.ada, email: people.ada };
  const seen = [
    await visitPage(detailsDoor, site, 'issue', { as, at: { issue: id } }),
    await visitPage<AlertPagesApp>(alertPages, site, 'alerts', { as }),
    await visitPage<AlertPagesApp>(alertPages, site, 'alert', { as, at: { rule: rule.id } }),
    await visitPage<AlertPagesApp>(alertPages, site, 'acknowledge', {
      ...{ as, at: { rule: rule.id }, form: { action: 'acknowledge', incident: '2' } },
    }),
    await visitPage<AlertPagesApp>(alertPages, site, 'acknowledge', {
      ...{ as, at: { rule: rule.id }, form: { action: 'resolve', incident: '2' } },
    }),
  ];
  expect(
    seen.map(({ statusCode }) => statusCode),
    refusedSoFar(),
  ).toEqual([200, 200, 200, 303, 303]);
  await app.close();
}

/** Commands in an order in which all of them can be done; the others need to be told about what these made. */
const commands = [
  ...['organization-create', 'organization-list', 'organization-update', 'member-add', 'member-list', 'member-update'],
  ...[
    'team-create',
    'team-list',
    'member-change-role',
    'team-change-role',
    'token-create',
    'personal-token-create',
    'token-list',
  ],
  ...['project-create', 'project-list', 'repository-create', 'repository-list', 'notification-setting-list'],
  ...['activity-list', 'issue-create', 'issue-list', 'workspace-add', 'workspace-list', 'alert-rule-create'],
  ...['alert-rule-list', 'project-update'],
] as const;

async function administer(): Promise<void> {
  const app = {
    ...(await createTestApp()),
    randomText,
    deletions: arrayQueue<DeletionMessage>(),
    publicUrl: 'https://postflow.example',
    tokenEncryptionKey: 'a key for sealing tokens',
    // Nobody answers there.
    slackOauth: { apiUrl: 'http://127.0.0.1:9/', clientId: '', clientSecret: '' },
  };
  const handler = directDoor(admin, async () => app);
  const run = async (name: string, changes: object = {}) => {
    const stored = storedEvent<{ command: string; input: object }>(`admin/${name}`);
    const payload = { ...stored, input: { ...stored.input, ...changes } };
    const outcome = await asFunction('admin', () => handler(payload, lambdaContext()));
    expect(outcome, `${name} ${refusedSoFar()}`).toMatchObject({ ok: true });
    return outcome.ok ? outcome.result : undefined;
  };
  for (const name of commands) await run(name);
  await run('issue-list', { project: undefined });
  const { id } = (await run('token-create')) as { id: string };
  await run('token-revoke', { id });
  await run('workspace-disconnect');
  await run('project-delete', { project: 'shop' });
}

/** The page of a release, which has commits. */
async function showRelease({ app }: Acme): Promise<void> {
  const member = await findMember(app, 'acme', people.ada);
  const as = { userId: member?.userId ?? '', email: people.ada };
  const ours = { publicUrl: 'https://postflow.example', sessionIssuer: 'https://slack.example' };
  const site = { ...app, ...ours, linkSigningKey: 'a signing key for tests' };
  const { statusCode } = await visitPage(detailsDoor, site, 'release', { as, at: { version: 'web%402.0' } });
  expect(statusCode, refusedSoFar()).toBe(200);
}

/** Has all other functions do all that they can. */
export async function useTheRest({ acme, token }: { readonly acme: Acme; readonly token: string }): Promise<void> {
  await request(apiRoot, acme.app, withToken(storedEvent('api-root/info'), token));
  await showRelease(acme);
  await alerts();
  await ingest();
  await slack();
  await slackEvents();
  await pages();
  await installing();
  await buttons();
  await administer();
}

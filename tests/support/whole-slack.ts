import { expect } from 'vitest';
import { type AlertPagesApp, door as alertPages } from '../../functions/alert-pages.ts';
import { door as detailsDoor } from '../../functions/details.ts';
import { directDoor } from '../../functions/middleware/direct-door.ts';
import { door as slackCommands } from '../../functions/slack-commands.ts';
import { door as slackEventsDoor } from '../../functions/slack-events.ts';
import { door as slackWorker } from '../../functions/slack-worker.ts';
import { door as sweepSlackMessages } from '../../functions/sweep-slack-messages.ts';
import { alertRuleInput, createAlertRule } from '../../lib/alerts/index.ts';
import { createIssue } from '../../lib/issues/index.ts';
import { changeTeamRole } from '../../lib/organizations/index.ts';
import { isoTime } from '../../lib/platform/clock.ts';
import { noticeWrite } from '../../lib/releases/deploy-notice-store.ts';
import { linkTeam } from '../../lib/slack/index.ts';
import { people } from './acme.ts';
import { createRule } from './alerting-app.ts';
import { asFunction, refusedSoFar } from './granted-actions.ts';
import { storedEvent } from './http-event.ts';
import { lambdaContext } from './lambda-context.ts';
import { visitPage } from './page-visit.ts';
import { createPressingApp, openIncident, press } from './pressing-app.ts';
import { createSlackAcme } from './slack-acme.ts';
import { slackChannels } from './slack-server.ts';
import { createSlackWorld, slackUsers } from './slack-worker-app.ts';
import { createTestApp } from './test-app.ts';
import { request, work } from './whole-calls.ts';

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
  // What was resolved may come back ten minutes after it began.
  app.clock.advance(660_000);
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
    ...(await Promise.all(
      [
        { action: 'snooze', target: 'everyone', hours: '1' },
        { action: 'snooze', target: 'me', hours: '' },
      ].map((form) => visitPage<AlertPagesApp>(alertPages, site, 'acknowledge', { as, at: { rule: rule.id }, form })),
    )),
    await visitPage<AlertPagesApp>(alertPages, site, 'acknowledge', {
      ...{ as, at: { rule: rule.id }, form: { action: 'unsnooze', target: 'me' } },
    }),
  ];
  expect(
    seen.map(({ statusCode }) => statusCode),
    refusedSoFar(),
  ).toEqual([200, 200, 200, 303, 303, 303, 303, 303]);
  await app.close();
}

/** Has the functions behind Slack's requests do all that they can. */
export async function useSlack(): Promise<void> {
  await slack();
  await slackEvents();
  await buttons();
}

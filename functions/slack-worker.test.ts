import type { SQSEvent } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { alertRuleInput, createAlertRule } from '../lib/alerts/index.ts';
import { createIssue } from '../lib/issues/index.ts';
import { createToken } from '../lib/organizations/index.ts';
import { findWorkspace, linkTeam, readSituation, type SlackJob } from '../lib/slack/index.ts';
import { apiClient } from '../tests/support/api.ts';
import { storedEvent } from '../tests/support/http-event.ts';
import { lambdaContext } from '../tests/support/lambda-context.ts';
import { slackChannels, slackWorkspace } from '../tests/support/slack-server.ts';
import { createSlackWorld, type SlackWorld, slackUsers } from '../tests/support/slack-worker-app.ts';
import { queueDoor } from './middleware/queue-door.ts';
import { door } from './slack-worker.ts';

const { teamId } = slackWorkspace;
const channelId = slackChannels.alerts.id;
const base = 'https://postflow.example/organizations/acme';
const none = { batchItemFailures: [] };

let world: SlackWorld;
beforeEach(async () => {
  world = await createSlackWorld();
});
afterEach(() => world.server.stop());

function run(event: SQSEvent) {
  return queueDoor<SlackWorld['app'], typeof door.message>(door, async () => world.app)(event, lambdaContext());
}

/** A job as the queue delivers it. */
function deliver(...jobs: SlackJob[]) {
  const [record] = storedEvent<SQSEvent>('slack-worker/direct-message').Records;
  if (record === undefined) throw new TypeError('the stored event has no record');
  return run({
    Records: jobs.map((job, index) => ({ ...record, messageId: `m${index}`, body: JSON.stringify(job) })),
  });
}

const messages = () => world.server.messages();
const said = (text: string, eventId = 'Ev1'): SlackJob => ({
  ...{ kind: 'direct-message', teamId, eventId, text },
  ...{ slackUserId: slackUsers.mia, channelId: 'D0MIA00001' },
});

describe('a direct message', () => {
  it('is answered once in its conversation, however often it comes', async () => {
    expect(await run(storedEvent('slack-worker/direct-message'))).toEqual(none);
    expect(await run(storedEvent('slack-worker/direct-message'))).toEqual(none);
    expect(messages()).toHaveLength(1);
    expect(messages()[0]).toMatchObject({ channel: 'D0MIA00001' });
    expect(JSON.stringify(messages()[0]?.blocks)).toContain('/postflow');
  });

  it('is answered once when it comes twice at the same time', async () => {
    await Promise.all([deliver(said('help')), deliver(said('help'))]);
    expect(messages()).toHaveLength(1);
    expect(
      world.app.lines.filter(({ level }) => level === 'error'),
      'which is no error',
    ).toEqual([]);
  });

  it.each([
    ['  LINK ', '/extensions/slack/link-identity/'],
    ['Link Team', 'not to direct messages'],
    ['unlink', 'nothing to unlink'],
  ])('%j means what the slash command means', async (text, answer) => {
    await deliver(said(text));
    expect(messages().map((message) => message.text)).toEqual([expect.stringContaining(answer)]);
  });

  it('that is no command is quoted, without notifying anybody', async () => {
    await deliver(said('hello <!channel>'));
    expect(JSON.stringify(messages()[0]?.blocks)).toContain('Unknown command: `hello &lt;!channel&gt;`');
  });
});

describe('shared links', () => {
  async function share(
    person: keyof typeof slackUsers,
    links: readonly string[],
    eventId = 'Ev2',
    channel: string = channelId,
  ) {
    const place = await world.app.slack.postMessage(teamId, {
      channel: channelId,
      message: { text: `look: ${links.join(' ')}` },
      mark: { eventType: 'test', id: eventId },
    });
    const job: SlackJob = {
      ...{ kind: 'links-shared', teamId, eventId, channelId: channel },
      ...{ slackUserId: slackUsers[person], messageTs: place.ts, links: [...links] },
    };
    expect(await deliver(job)).toEqual(none);
    const shown = messages().find(({ ts }) => ts === place.ts)?.attachments ?? [];
    return { job, shown: shown.map((attachment) => JSON.stringify(attachment)) };
  }

  async function rule(project: string): Promise<string> {
    const input = { organization: 'acme', project, name: `Errors of ${project} <!here>`, metric: 'errors@none' };
    const where = { workspace: teamId, channelId, channelName: 'alerts' };
    const { id } = await createAlertRule(
      world.app,
      alertRuleInput.parse({ ...input, ...where, threshold: 1, windowSeconds: 60 }),
    );
    return `${base}/alerts/rules/details/${id}/`;
  }

  it('to two alerts, an issue and a release are all shown to who reaches them, each once', async () => {
    await world.linked(slackUsers.ada, 'ada');
    const [web, api] = [await rule('web'), await rule('api')];
    const issue = await createIssue(world.app, { organization: 'acme', project: 'web', title: 'Boom <!channel>' });
    const { token } = await createToken(world.app, {
      ...{ organization: 'acme', name: 'ci', kind: 'organization' as const, scopes: ['org:ci' as const] },
    });
    const releases = '/api/0/organizations/acme/releases/';
    await apiClient(world.app, token).post(releases, { version: 'web@1.0+<b>', projects: ['web'] });
    const { shown } = await share('ada', [
      ...[web, api, `${web}?`, `${base}/issues/${issue.id}/`],
      ...[
        `${base}/releases/web%401.0%2B%3Cb%3E/`,
        `${base}/issues/99/`,
        'https://elsewhere.example/organizations/acme',
      ],
    ]);
    expect(shown).toEqual([
      expect.stringContaining('Errors of web &lt;!here&gt;'),
      expect.stringContaining('Errors of api'),
      expect.stringContaining('Boom &lt;!channel&gt;'),
      expect.stringContaining('Release web@1.0+&lt;b&gt;'),
    ]);
  });

  it('to alerts ask for their charts, once they are shown in words', async () => {
    const userId = await world.linked(slackUsers.ada, 'ada').then(() => world.users.ada);
    const [web, gone] = [await rule('web'), `${base}/alerts/rules/details/1/`];
    const issue = await createIssue(world.app, { organization: 'acme', project: 'web', title: 'Boom' });
    const named = `${web}?alert=3`;
    const { job } = await share('ada', [web, named, gone, `${base}/issues/${issue.id}/`]);
    if (job.kind !== 'links-shared') throw new TypeError('nothing was shared');
    const { messageTs, eventId } = job;
    const ruleId = /\d+(?=\/$)/u.exec(web)?.[0];
    const wanted = { kind: 'link-chart', organization: 'acme', ruleId, userId, teamId, channelId, messageTs, eventId };
    expect(world.app.charts.takeAll()).toEqual([
      { ...wanted, url: web },
      { ...wanted, incident: 3, url: named },
    ]);
  });

  it('to many alerts ask for the charts of some, and of none when Slack shows nothing', async () => {
    await world.linked(slackUsers.ada, 'ada');
    const web = await rule('web');
    const many = Array.from({ length: 9 }, (_, index) => `${web}?alert=${index + 1}`);
    expect((await share('ada', many)).shown).toHaveLength(9);
    expect(world.app.charts.takeAll()).toHaveLength(5);
    world.server.fail('chat.unfurl', { error: 'cannot_unfurl_url' });
    await share('ada', many, 'Ev9');
    expect(world.app.charts.takeAll()).toEqual([]);
  });

  it('to what the person does not reach are not shown', async () => {
    await world.linked(slackUsers.mia, 'mia');
    const [web, api] = [await rule('web'), await rule('api')];
    expect((await share('mia', [web, api])).shown).toEqual([expect.stringContaining('Errors of web')]);
  });

  it('of somebody who is not linked show nothing, and they alone are told once how to be', async () => {
    const web = await rule('web');
    expect((await share('mia', [web], 'Ev3')).shown).toEqual([]);
    expect((await share('mia', [web], 'Ev4')).shown).toEqual([]);
    const prompts = messages().filter(({ text }) => text.includes('/link-identity/'));
    expect(prompts).toEqual([expect.objectContaining({ ephemeral: true, user: slackUsers.mia })]);
  });

  it('in a channel without the app are answered in a direct message to somebody who is not linked', async () => {
    await share('mia', [await rule('web')], 'Ev3', slackChannels.elsewhere.id);
    const prompts = messages().filter(({ text }) => text.includes('/link-identity/'));
    expect(prompts).toEqual([expect.objectContaining({ channel: 'D0MIA00001' })]);
  });

  it('are answered at the next link when Slack refused to tell somebody how to be linked', async () => {
    const web = await rule('web');
    world.server.fail('chat.postEphemeral', { error: 'invalid_blocks' });
    await share('mia', [web], 'Ev3');
    const prompts = () => messages().filter(({ text }) => text.includes('/link-identity/'));
    expect(prompts()).toEqual([]);
    await share('mia', [web], 'Ev4');
    await share('mia', [web], 'Ev5');
    expect(prompts()).toHaveLength(1);
  });
});

describe('a channel', () => {
  async function teamInChannel() {
    await world.linked(slackUsers.ada, 'ada');
    const place = { teamId, slackUserId: slackUsers.ada, userId: world.users.ada, channelId, channelName: 'alerts' };
    await linkTeam(world.app, { link: world.freshLink(), ...place, organization: 'acme', team: 'backend' });
  }
  const teamsHere = async () => (await readSituation(world.app, { teamId, channelId }))?.teamsHere;

  it('that is archived keeps its team, and who linked it is told once', async () => {
    await teamInChannel();
    const job: SlackJob = { kind: 'channel-closed', teamId, eventId: 'Ev5', channelId, how: 'archived' };
    await deliver(job, job);
    await deliver(job);
    expect(await teamsHere()).toEqual([{ organization: 'acme', team: 'backend' }]);
    expect(messages()).toEqual([
      expect.objectContaining({ channel: 'D0ADA00001', text: expect.stringContaining('was archived') }),
    ]);
  });

  it('that is deleted loses its team, and who linked it is told', async () => {
    await teamInChannel();
    await deliver({ kind: 'channel-closed', teamId, eventId: 'Ev6', channelId, how: 'deleted' });
    expect(await teamsHere()).toEqual([]);
    expect(messages()).toEqual([
      expect.objectContaining({ channel: 'D0ADA00001', text: expect.stringContaining('was deleted') }),
    ]);
  });

  it('that is renamed keeps its team', async () => {
    await teamInChannel();
    await deliver({ kind: 'channel-renamed', teamId, eventId: 'Ev7', channelId, name: 'incidents', renamedAt: 1 });
    expect(await teamsHere()).toEqual([{ organization: 'acme', team: 'backend' }]);
  });
});

describe('a workspace', () => {
  it('that removed the app is switched off', async () => {
    const eventTime = Math.floor(world.app.clock.now() / 1_000) + 60;
    await deliver({ kind: 'workspace-left', teamId, eventId: 'Ev8', why: 'app_uninstalled', eventTime });
    expect(await findWorkspace(world.app, teamId)).toMatchObject({ status: 'disabled' });
  });
});

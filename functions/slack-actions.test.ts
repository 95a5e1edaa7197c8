import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createIssue, findIssue, listActivities } from '../lib/issues/index.ts';
import { createRule, drain, schedule } from '../tests/support/alerting-app.ts';
import { storedEvent } from '../tests/support/http-event.ts';
import { createPressingApp, openIncident, type PressingApp, press, send } from '../tests/support/pressing-app.ts';

let app: PressingApp;
beforeEach(async () => {
  app = await createPressingApp();
});
afterEach(() => app.close());

const titles = () => app.slackServer.messages().map(({ text }) => /\|\*([\w -]+)/u.exec(text)?.[1]);
const shown = (index = 0) => JSON.stringify(app.slackServer.messages()[index]?.attachments);

describe('buttons of an incident', () => {
  beforeEach(async () => {
    await createRule(app);
    await openIncident(app);
  });

  it('acknowledge it in the name of who pressed', async () => {
    expect(await press(app, { action: 'incident.acknowledge' })).toEqual({ status: 200, said: [] });
    await drain(app);
    expect(titles()).toEqual(['Critical']);
    expect(shown()).toContain('Acknowledged by <@U0ADA00001>');
  });

  it('resolve it, which turns the message green and is told in its thread', async () => {
    expect(await press(app, { action: 'incident.resolve' })).toEqual({ status: 200, said: [] });
    await drain(app);
    expect(titles()).toEqual(['Resolved', 'Resolved']);
    expect(shown(1)).toContain('Resolved by <@U0ADA00001>');
  });

  it('ask for a chart of its last day, in the thread of its message', async () => {
    const { status, said } = await press(app, { action: 'incident.chart' });
    expect({ status, said }).toEqual({ status: 200, said: [expect.stringContaining('being drawn')] });
    expect(app.charts.takeAll()).toMatchObject([
      {
        kind: 'rule-chart',
        organization: 'acme',
        incident: 1,
        hours: 24,
        channelId: 'C0ALERTS01',
        threadTs: app.slackServer.messages()[0]?.ts,
        slackUserId: 'U0ADA00001',
      },
    ]);
  });

  it.each(['incident.acknowledge', 'incident.resolve'])('do %s once when pressed twice', async (action) => {
    await press(app, { action });
    expect(await press(app, { action })).toEqual({ status: 200, said: [] });
    expect(app.notifications.takeAll()).toHaveLength(1);
  });

  it.each([
    ['incident.acknowledge', 'acknowledged'],
    ['incident.resolve', 'resolved'],
  ])('pressed by two at once (%s) tell one of them who it was', async (action, done) => {
    const both = await Promise.all(['U0ADA00001', 'U0MIA00001'].map((user) => press(app, { action, user })));
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect(app.answers.map(({ text }) => text)).toEqual([
      expect.stringMatching(new RegExp(`^<@U0(ADA|MIA)00001> ${done} this incident already, <!date`, 'u')),
    ]);
    expect(app.notifications.takeAll()).toHaveLength(1);
  });

  it.each([
    ['incident.acknowledge', 'acknowledged'],
    ['incident.resolve', 'resolved'],
  ])('say where it shows when a reply of old carries them: %s', async (action, done) => {
    const first = app.slackServer.messages()[0]?.ts ?? '';
    const place = { channel_id: 'C0ALERTS01', message_ts: '1772442060.000200' };
    const changes = { container: { ...place, thread_ts: first }, message: { thread_ts: first } };
    for (const _ of ['pressed', 'pressed again']) {
      expect(await press(app, { action, changes })).toEqual({
        status: 200,
        said: [expect.stringContaining(`You ${done} this incident. The first message of this thread shows it`)],
      });
    }
    expect(app.notifications.takeAll()).toHaveLength(1);
  });

  it('say nothing more on a first message that has replies: it shows what was done', async () => {
    const first = app.slackServer.messages()[0]?.ts ?? '';
    const changes = { message: { thread_ts: first } };
    expect(await press(app, { action: 'incident.acknowledge', changes })).toEqual({ status: 200, said: [] });
  });

  it('say that it is over when its values are fine', async () => {
    app.clock.advance(120_000);
    await schedule(app);
    await drain(app);
    const { said } = await press(app, { action: 'incident.resolve' });
    expect(said).toEqual([expect.stringContaining('over already')]);
  });
});

describe('what is only to be shown', () => {
  /** Somebody else had resolved it, so that there is a message to bring up to date and something to say. */
  async function resolvedBefore(): Promise<string> {
    const { id } = await createIssue(app, { organization: 'acme', project: 'web', title: 'It broke' });
    await press(app, { action: 'issue.resolve', value: `acme/${id}`, user: 'U0OLIVIA00001' });
    return `acme/${id}`;
  }

  it('is shown at the same time: neither waits for the other', async () => {
    const value = await resolvedBefore();
    const [one, other] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const { slack } = app;
    const both = {
      ...slack,
      updateMessage: async (...given: Parameters<typeof slack.updateMessage>) => {
        one.resolve();
        await other.promise;
        return slack.updateMessage(...given);
      },
      respond: async (...given: Parameters<typeof slack.respond>) => {
        other.resolve();
        await one.promise;
        return slack.respond(...given);
      },
    };
    const { status, said } = await press({ ...app, slack: both }, { action: 'issue.resolve', value });
    expect({ status, said }).toEqual({ status: 200, said: [expect.stringContaining('Resolved by')] });
    expect(app.lines.filter(({ message }) => message.includes('takes long'))).toEqual([]);
  });

  it('is hardly waited for when the table has taken two seconds', async () => {
    const value = await resolvedBefore();
    const { slack, table } = app;
    const slow = {
      ...table,
      batchGet: async (...given: Parameters<typeof table.batchGet>) => {
        app.clock.advance(2_000);
        return table.batchGet(...given);
      },
    };
    const silent = {
      ...slack,
      respond: () => new Promise<void>(() => {}),
      updateMessage: () => new Promise<void>(() => {}),
    };
    expect(await press({ ...app, table: slow, slack: silent }, { action: 'issue.resolve', value })).toMatchObject({
      status: 200,
    });
    expect(app.lines).toContainEqual(
      expect.objectContaining({ fields: expect.objectContaining({ waitedMs: 200 }) as object }),
    );
  });
});

describe('stored events', () => {
  beforeEach(async () => {
    await createRule(app);
    await openIncident(app);
    // When they were signed.
    app.clock.set(1_772_442_000_000);
  });

  const activities = async () =>
    (await Array.fromAsync(app.table.queryAll({ partition: 'INCIDENT#acme#1', consistent: true }))).filter(
      ({ actor }) => actor !== undefined,
    );

  it.each([
    ['acknowledge-incident', 200, 1],
    ['resolve-incident', 200, 1],
    ['open-page', 200, 0],
    ['shortcut', 200, 0],
    ['not-json', 400, 0],
    ['bad-signature', 401, 0],
  ])('%s is answered with %i and does %i things', async (name, status, deeds) => {
    expect(await send(app, storedEvent(`slack-actions/${name}`))).toEqual({ status, said: [] });
    expect(await activities()).toHaveLength(deeds);
  });

  it('are taken with POST only', async () => {
    const event = { ...storedEvent('slack-actions/resolve-incident'), httpMethod: 'GET' };
    expect(await send(app, event)).toEqual({ status: 405, said: [] });
  });
});

describe('buttons of an issue', () => {
  let id: string;
  beforeEach(async () => {
    id = (await createIssue(app, { organization: 'acme', project: 'web', title: 'It <!channel> broke' })).id;
  });

  /** A message of ours with a link to the issue; where it stands, as a press tells it. */
  async function posted(): Promise<{ message_ts: string; channel_id: string }> {
    const { ts, channel } = await app.slack.postMessage('T0ACME001', {
      channel: 'C0ALERTS01',
      message: { text: `have a look: https://postflow.example/issues/${id}` },
      mark: { eventType: 'test', id: '1' },
    });
    return { message_ts: ts, channel_id: channel };
  }

  const stateNow = async () => {
    const { status, inbox } = await findIssue(app, { organization: 'acme', issue: id });
    return { status, inInbox: inbox !== undefined };
  };

  it.each([
    ['issue.resolve', { status: 'resolved', inInbox: false }, 'Resolved by <@U0ADA00001>', 'Reopen'],
    ['issue.archive', { status: 'ignored', inInbox: false }, 'Archived by <@U0ADA00001>', 'Reopen'],
    ['issue.review', { status: 'unresolved', inInbox: false }, 'Marked as reviewed by <@U0ADA00001>', 'Archive'],
  ])('do %s in the name of who pressed, and show it on the message', async (action, state, note, next) => {
    const container = await posted();
    const answer = await press(app, { action, value: `acme/${id}`, changes: { container } });
    expect(answer).toEqual({ status: 200, said: [] });
    expect(await stateNow()).toEqual(state);
    expect(shown()).toContain(note);
    expect(shown()).toContain(next);
    expect(shown()).not.toContain('<!channel>');
    const [activity] = await listActivities(app, { organization: 'acme', issue: id });
    expect(activity?.actor).toBe(app.acme.users.ada);
  });

  it('reopen it', async () => {
    await press(app, { action: 'issue.archive', value: `acme/${id}` });
    await press(app, { action: 'issue.reopen', value: `acme/${id}` });
    expect(await stateNow()).toMatchObject({ status: 'unresolved' });
  });

  it('show it below the link when the message is of somebody else', async () => {
    const url = `https://postflow.example/issues/${id}`;
    const container = { ...(await posted()), is_app_unfurl: true, app_unfurl_url: url };
    await press(app, { action: 'issue.resolve', value: `acme/${id}`, changes: { container } });
    expect(app.slackServer.messages()[0]?.text).toContain('have a look');
    expect(app.slackServer.messages()[0]?.attachments).toMatchObject([{ from_url: url, color: '#4DC771' }]);
  });

  it('keep what was done when the message cannot be changed', async () => {
    const container = { message_ts: '1.000001', channel_id: 'C0ALERTS01' };
    const answer = await press(app, { action: 'issue.resolve', value: `acme/${id}`, changes: { container } });
    expect(answer).toEqual({ status: 200, said: [] });
    expect(await stateNow()).toMatchObject({ status: 'resolved' });
  });

  it('pressed twice, or by two at once, do it once', async () => {
    const value = `acme/${id}`;
    await Promise.all(['U0ADA00001', 'U0MIA00001'].map((user) => press(app, { action: 'issue.resolve', value, user })));
    await press(app, { action: 'issue.resolve', value });
    const activities = await listActivities(app, { organization: 'acme', issue: id });
    expect(activities).toHaveLength(1);
    const winner = activities[0]?.actor === app.acme.users.ada ? 'Ada' : 'Mia';
    for (const { text } of app.answers) expect(text).toMatch(new RegExp(`^Resolved by ${winner} already, `, 'u'));
    expect(app.answers.length).toBe(winner === 'Ada' ? 1 : 2);
  });
});

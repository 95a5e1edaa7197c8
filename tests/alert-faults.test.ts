import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadIncident } from '../lib/alerts/incident-store.ts';
import { evaluateAlert, renderAlert } from '../lib/alerts/index.ts';
import type { Table } from '../lib/platform/table.ts';
import { slackClient, switchOffWorkspace } from '../lib/slack/index.ts';
import { newsAfter, newsOfAlert, storedNotification } from './support/alert-rounds.ts';
import { alertTitles } from './support/alert-titles.ts';
import {
  type AlertingApp,
  createAlertingApp,
  createRule,
  drain,
  schedule,
  sendErrors,
} from './support/alerting-app.ts';
import { slackChannels, slackWorkspace } from './support/slack-server.ts';

let app: AlertingApp;
beforeEach(async () => {
  app = await createAlertingApp();
  await createRule(app);
});
afterEach(() => app.slackServer.stop());

const longerThanAClaim = 120_000;

/** The app of a sender that dies right before its n-th write (1 is the claim, 2 records the end). */
function dyingBeforeWrite(number: number): AlertingApp {
  let writes = 0;
  const update: Table['update'] = (...args) => {
    writes += 1;
    return writes >= number ? Promise.reject(new Error('the process died')) : app.table.update(...args);
  };
  return { ...app, table: { ...app.table, update } };
}

describe('a crash', () => {
  it('between the write of an evaluation and its message loses no notification', async () => {
    await sendErrors(app, 11);
    app.clock.advance(1_000);
    await schedule(app);
    const [message] = app.evaluations.takeAll();
    if (message === undefined) throw new TypeError('the rule was not due');
    const send = (told: readonly unknown[]) =>
      told.length > 0 ? Promise.reject(new Error('the process died')) : Promise.resolve();
    const dying = { ...app, notifications: { send } };
    await expect(evaluateAlert(dying, message)).rejects.toThrow('the process died');
    expect(app.notifications.takeAll()).toEqual([]);
    await evaluateAlert(app, message);
    await drain(app);
    expect(alertTitles(app)).toEqual(['Critical']);
  });

  it('there loses no notification either when the next evaluation is the first to come', async () => {
    await newsOfAlert(app);
    await sendErrors(app, 11);
    const address = await newsAfter(app, 1_000);
    await renderAlert(app, address);
    expect(alertTitles(app)).toEqual(['Critical']);
  });

  it.each([1, 2])('of the sender before its write %i is survived, with one message', async (number) => {
    const address = await newsOfAlert(app);
    await expect(renderAlert(dyingBeforeWrite(number), address)).rejects.toThrow('the process died');
    app.clock.advance(longerThanAClaim);
    await renderAlert(app, address);
    await renderAlert(app, address);
    expect(alertTitles(app)).toEqual(['Critical']);
    expect(await storedNotification(app, address)).toMatchObject({
      state: 'sent',
      messageTs: app.slackServer.messages()[0]?.ts,
      attempts: number,
    });
  });

  it('between an answer in a thread and its record is survived, with one answer', async () => {
    await renderAlert(app, await newsOfAlert(app));
    const address = await newsAfter(app, 120_000);
    await expect(renderAlert(dyingBeforeWrite(2), address)).rejects.toThrow('the process died');
    app.clock.advance(longerThanAClaim);
    await renderAlert(app, address);
    expect(alertTitles(app)).toEqual(['Resolved', 'Resolved']);
  });

  it('keeps others away from the notification for as long as the sender may be alive', async () => {
    const address = await newsOfAlert(app);
    await expect(renderAlert(dyingBeforeWrite(2), address)).rejects.toThrow('the process died');
    await expect(renderAlert(app, address)).rejects.toThrow('Another sender is at work on this notification.');
    expect(alertTitles(app)).toEqual(['Critical']);
  });
});

describe('Slack in trouble', () => {
  it.each([
    [{ status: 500 }, 0],
    [{ status: 503 }, 0],
    [{ status: 503, afterwards: true }, 1],
    [{ error: 'internal_error', afterwards: true }, 1],
  ] as const)('with %o is asked again, and there is one message', async (failure, posted) => {
    const address = await newsOfAlert(app);
    app.slackServer.fail('chat.postMessage', failure);
    await expect(renderAlert(app, address)).rejects.toMatchObject({ code: 'slack_uncertain' });
    expect(alertTitles(app)).toHaveLength(posted);
    await renderAlert(app, address);
    expect(alertTitles(app)).toEqual(['Critical']);
  });

  it.each([
    [{ hang: true }, 0],
    [{ hang: true, afterwards: true }, 1],
  ] as const)('with %o is not waited for, asked again, and there is one message', async (failure, posted) => {
    const { table, clock, tokenEncryptionKey, slackServer } = app;
    const { apiUrl } = slackServer;
    const impatient = { ...app, slack: slackClient({ table, clock, tokenEncryptionKey, apiUrl, timeoutMs: 1_000 }) };
    const address = await newsOfAlert(app);
    slackServer.fail('chat.postMessage', failure);
    await expect(renderAlert(impatient, address)).rejects.toMatchObject({ code: 'slack_uncertain' });
    expect(alertTitles(app)).toHaveLength(posted);
    await renderAlert(app, address);
    expect(alertTitles(app)).toEqual(['Critical']);
  });

  it('that asks to wait is left alone until then', async () => {
    const address = await newsOfAlert(app);
    app.slackServer.fail('chat.postMessage', { status: 429, retryAfterSeconds: 30 });
    await expect(renderAlert(app, address)).rejects.toMatchObject({ code: 'slack_busy', retryAfterSeconds: 30 });
    app.clock.advance(29_000);
    await expect(renderAlert(app, address)).rejects.toThrow('Slack asked to wait with this notification.');
    app.clock.advance(1_000);
    await renderAlert(app, address);
    expect(alertTitles(app)).toEqual(['Critical']);
  });

  it('that refuses for good is not asked again, and the reason is stored with what to do', async () => {
    await createRule(app, { name: 'Elsewhere', channelId: slackChannels.elsewhere.id, threshold: 1 });
    await sendErrors(app, 5);
    const address = await newsAfter(app, 1_000);
    await renderAlert(app, address);
    await renderAlert(app, address);
    expect(alertTitles(app)).toEqual([]);
    expect(await storedNotification(app, address)).toMatchObject({
      state: 'failed',
      error: { code: 'not_in_channel', detail: expect.stringContaining('/invite') },
    });
    expect(app.counted.get('integrations.slack.metric_alert.failure')).toBe(1);
    expect(app.lines.filter(({ level }) => level === 'warn').map(({ fields }) => fields)).toEqual([
      { organization: 'acme', incident: 1, code: 'not_in_channel' },
    ]);
  });

  it('does not hold up the end of an alert: after a failed first message it is told on its own', async () => {
    const first = await newsOfAlert(app);
    app.slackServer.fail('chat.postMessage', { error: 'restricted_action' });
    await renderAlert(app, first);
    await renderAlert(app, await newsAfter(app, 120_000));
    expect(alertTitles(app)).toEqual(['Resolved']);
    expect(app.slackServer.messages()[0]?.thread_ts).toBeUndefined();
  });

  it('that cannot change the first message still gets the answer', async () => {
    await renderAlert(app, await newsOfAlert(app));
    app.slackServer.fail('chat.update', { error: 'message_not_found' });
    await renderAlert(app, await newsAfter(app, 120_000));
    expect(alertTitles(app)).toEqual(['Critical', 'Resolved']);
  });
});

describe('a workspace that is switched off while an incident is open', () => {
  it('keeps what was to be told, with the reason, and the incident goes on to its end', async () => {
    await renderAlert(app, await newsOfAlert(app));
    const loss = { reason: 'app_uninstalled', eventTime: app.clock.now() / 1_000 } as const;
    await switchOffWorkspace(app, { teamId: slackWorkspace.teamId, ...loss });
    const address = await newsAfter(app, 120_000);
    await renderAlert(app, address);
    await renderAlert(app, address);
    expect(alertTitles(app)).toEqual(['Critical']);
    expect(await storedNotification(app, address)).toMatchObject({
      ...{ status: 'closed', state: 'failed' },
      error: { code: 'workspace_gone', detail: expect.stringContaining('Connect it again') },
    });
    const incident = await loadIncident(app, { organization: address.organization, identifier: address.incident });
    expect(incident).toMatchObject({ status: 'closed' });
  });
});

describe('out of order', () => {
  it('the end of an alert waits until its beginning is told', async () => {
    const first = await newsOfAlert(app);
    const resolved = await newsAfter(app, 120_000);
    await expect(renderAlert(app, resolved)).rejects.toThrow(
      'An earlier notification of this incident has not been sent yet.',
    );
    await renderAlert(app, first);
    await renderAlert(app, resolved);
    expect(alertTitles(app)).toEqual(['Resolved', 'Resolved']);
  });

  it('a notification that nobody knows is nothing to do', async () => {
    await renderAlert(app, { organization: 'acme', incident: 1, change: 3, target: 'slack:T:C' });
    expect(alertTitles(app)).toEqual([]);
  });
});

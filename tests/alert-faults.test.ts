import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadIncident } from '../lib/alerts/incident-store.ts';
import { evaluateAlert, type NotificationAddress, renderAlert } from '../lib/alerts/index.ts';
import { dueShardNumbers, loadDue, type RuleState, replaceState } from '../lib/alerts/rule-state-store.ts';
import { sortableNumber } from '../lib/platform/sortable-number.ts';
import { ConditionFailedError, type Item, type Table } from '../lib/platform/table.ts';
import { slackClient, switchOffWorkspace } from '../lib/slack/index.ts';
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
const minute = 60_000;
const hour = 60 * minute;

/** Too many errors, evaluated: what is to be told now. */
async function alert(): Promise<NotificationAddress> {
  await sendErrors(app, 11);
  return evaluate(1_000);
}

/** What is to be told newly; what the evaluation before wanted to tell is queued again before it. */
async function evaluate(passMs: number): Promise<NotificationAddress> {
  app.clock.advance(passMs);
  await schedule(app);
  for (const message of app.evaluations.takeAll()) await evaluateAlert(app, message);
  const address = app.notifications.takeAll().at(-1);
  if (address === undefined) throw new TypeError('nothing is to be told');
  return address;
}

/** The app of a sender that dies right before its n-th write (1 is the claim, 2 records the end). */
function dyingBeforeWrite(number: number): AlertingApp {
  let writes = 0;
  const update: Table['update'] = (...args) => {
    writes += 1;
    return writes >= number ? Promise.reject(new Error('the process died')) : app.table.update(...args);
  };
  return { ...app, table: { ...app.table, update } };
}

const titles = () => app.slackServer.messages().map(({ text }) => /\|\*(\w+)/u.exec(text)?.[1]);

async function stored(address: NotificationAddress): Promise<Record<string, unknown> | undefined> {
  const partition = `INCIDENT#${address.organization}#${address.incident}`;
  const items = await Array.fromAsync(app.table.queryAll({ partition, beginsWith: 'NOTIFICATION#', consistent: true }));
  return items.find(({ change }) => change === address.change);
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
    expect(titles()).toEqual(['Critical']);
  });

  it('there loses no notification either when the next evaluation is the first to come', async () => {
    await alert();
    await sendErrors(app, 11);
    const address = await evaluate(1_000);
    await renderAlert(app, address);
    expect(titles()).toEqual(['Critical']);
  });

  it.each([1, 2])('of the sender before its write %i is survived, with one message', async (number) => {
    const address = await alert();
    await expect(renderAlert(dyingBeforeWrite(number), address)).rejects.toThrow('the process died');
    app.clock.advance(longerThanAClaim);
    await renderAlert(app, address);
    await renderAlert(app, address);
    expect(titles()).toEqual(['Critical']);
    expect(await stored(address)).toMatchObject({
      state: 'sent',
      messageTs: app.slackServer.messages()[0]?.ts,
      attempts: number,
    });
  });

  it('between an answer in a thread and its record is survived, with one answer', async () => {
    await renderAlert(app, await alert());
    const address = await evaluate(120_000);
    await expect(renderAlert(dyingBeforeWrite(2), address)).rejects.toThrow('the process died');
    app.clock.advance(longerThanAClaim);
    await renderAlert(app, address);
    expect(titles()).toEqual(['Resolved', 'Resolved']);
  });

  it('keeps others away from the notification for as long as the sender may be alive', async () => {
    const address = await alert();
    await expect(renderAlert(dyingBeforeWrite(2), address)).rejects.toThrow('the process died');
    await expect(renderAlert(app, address)).rejects.toThrow('Another sender is at work on this notification.');
    expect(titles()).toEqual(['Critical']);
  });
});

describe('Slack in trouble', () => {
  it.each([
    [{ status: 500 }, 0],
    [{ status: 503 }, 0],
    [{ status: 503, afterwards: true }, 1],
    [{ error: 'internal_error', afterwards: true }, 1],
  ] as const)('with %o is asked again, and there is one message', async (failure, posted) => {
    const address = await alert();
    app.slackServer.fail('chat.postMessage', failure);
    await expect(renderAlert(app, address)).rejects.toMatchObject({ code: 'slack_uncertain' });
    expect(titles()).toHaveLength(posted);
    await renderAlert(app, address);
    expect(titles()).toEqual(['Critical']);
  });

  it.each([
    [{ hang: true }, 0],
    [{ hang: true, afterwards: true }, 1],
  ] as const)('with %o is not waited for, asked again, and there is one message', async (failure, posted) => {
    const { table, clock, tokenEncryptionKey, slackServer } = app;
    const { apiUrl } = slackServer;
    const impatient = { ...app, slack: slackClient({ table, clock, tokenEncryptionKey, apiUrl, timeoutMs: 200 }) };
    const address = await alert();
    slackServer.fail('chat.postMessage', failure);
    await expect(renderAlert(impatient, address)).rejects.toMatchObject({ code: 'slack_uncertain' });
    expect(titles()).toHaveLength(posted);
    await renderAlert(app, address);
    expect(titles()).toEqual(['Critical']);
  });

  it('that asks to wait is left alone until then', async () => {
    const address = await alert();
    app.slackServer.fail('chat.postMessage', { status: 429, retryAfterSeconds: 30 });
    await expect(renderAlert(app, address)).rejects.toMatchObject({ code: 'slack_busy', retryAfterSeconds: 30 });
    app.clock.advance(29_000);
    await expect(renderAlert(app, address)).rejects.toThrow('Slack asked to wait with this notification.');
    app.clock.advance(1_000);
    await renderAlert(app, address);
    expect(titles()).toEqual(['Critical']);
  });

  it('that refuses for good is not asked again, and the reason is stored with what to do', async () => {
    await createRule(app, { name: 'Elsewhere', channelId: slackChannels.elsewhere.id, threshold: 1 });
    await sendErrors(app, 5);
    const address = await evaluate(1_000);
    await renderAlert(app, address);
    await renderAlert(app, address);
    expect(titles()).toEqual([]);
    expect(await stored(address)).toMatchObject({
      state: 'failed',
      error: { code: 'not_in_channel', detail: expect.stringContaining('/invite') },
    });
    expect(app.counted.get('integrations.slack.metric_alert.failure')).toBe(1);
    expect(app.lines.filter(({ level }) => level === 'warn').map(({ fields }) => fields)).toEqual([
      { organization: 'acme', incident: 1, code: 'not_in_channel' },
    ]);
  });

  it('does not hold up the end of an alert: after a failed first message it is told on its own', async () => {
    const first = await alert();
    app.slackServer.fail('chat.postMessage', { error: 'restricted_action' });
    await renderAlert(app, first);
    await renderAlert(app, await evaluate(120_000));
    expect(titles()).toEqual(['Resolved']);
    expect(app.slackServer.messages()[0]?.thread_ts).toBeUndefined();
  });

  it('that cannot change the first message still gets the answer', async () => {
    await renderAlert(app, await alert());
    app.slackServer.fail('chat.update', { error: 'message_not_found' });
    await renderAlert(app, await evaluate(120_000));
    expect(titles()).toEqual(['Critical', 'Resolved']);
  });
});

describe('a workspace that is switched off while an incident is open', () => {
  it('keeps what was to be told, with the reason, and the incident goes on to its end', async () => {
    await renderAlert(app, await alert());
    const loss = { reason: 'app_uninstalled', eventTime: app.clock.now() / 1_000 } as const;
    await switchOffWorkspace(app, { teamId: slackWorkspace.teamId, ...loss });
    const address = await evaluate(120_000);
    await renderAlert(app, address);
    await renderAlert(app, address);
    expect(titles()).toEqual(['Critical']);
    expect(await stored(address)).toMatchObject({
      ...{ status: 'closed', state: 'failed' },
      error: { code: 'workspace_gone', detail: expect.stringContaining('Connect it again') },
    });
    const incident = await loadIncident(app, { organization: address.organization, identifier: address.incident });
    expect(incident).toMatchObject({ status: 'closed' });
  });
});

describe('out of order', () => {
  it('the end of an alert waits until its beginning is told', async () => {
    const first = await alert();
    const resolved = await evaluate(120_000);
    await expect(renderAlert(app, resolved)).rejects.toThrow(
      'An earlier notification of this incident has not been sent yet.',
    );
    await renderAlert(app, first);
    await renderAlert(app, resolved);
    expect(titles()).toEqual(['Resolved', 'Resolved']);
  });

  it('a notification that nobody knows is nothing to do', async () => {
    await renderAlert(app, { organization: 'acme', incident: 1, change: 3, target: 'slack:T:C' });
    expect(titles()).toEqual([]);
  });
});

describe('a notification that could not be sent', () => {
  /** One run of the schedule, and what it queues for the senders. */
  async function runAfter(passMs: number): Promise<NotificationAddress[]> {
    app.clock.advance(passMs);
    await schedule(app);
    for (const message of app.evaluations.takeAll()) await evaluateAlert(app, message);
    return app.notifications.takeAll();
  }

  it('because Slack asked to wait is queued by the first evaluation after that, however quiet those before were', async () => {
    const address = await alert();
    app.slackServer.fail('chat.postMessage', { status: 429, retryAfterSeconds: 150 });
    await expect(renderAlert(app, address)).rejects.toMatchObject({ code: 'slack_busy' });
    await sendErrors(app, 11);
    expect(await runAfter(50_000)).toEqual([]);
    await sendErrors(app, 11);
    expect(await runAfter(50_000)).toEqual([]);
    await sendErrors(app, 11);
    expect(await runAfter(50_000)).toEqual([address]);
    await renderAlert(app, address);
    expect(titles()).toEqual(['Critical']);
    await sendErrors(app, 11);
    expect(await runAfter(50_000)).toEqual([]);
  });

  it('because Slack was away is queued by every evaluation until it is sent', async () => {
    const address = await alert();
    for (let minutes = 0; minutes < 4; minutes += 1) {
      app.slackServer.fail('chat.postMessage', { status: 503 });
      await expect(renderAlert(app, address)).rejects.toMatchObject({ code: 'slack_uncertain' });
      await sendErrors(app, 11);
      expect(await runAfter(50_000)).toEqual([address]);
    }
    await renderAlert(app, address);
    expect(titles()).toEqual(['Critical']);
  });

  it('because an earlier one was not is queued by the first evaluation after that one is sent', async () => {
    const first = await alert();
    const resolved = await evaluate(120_000);
    await expect(renderAlert(app, resolved)).rejects.toThrow('An earlier notification');
    expect(await runAfter(60_000)).toEqual([first]);
    await renderAlert(app, first);
    expect(await runAfter(60_000)).toEqual([resolved]);
    await renderAlert(app, resolved);
    expect(titles()).toEqual(['Resolved', 'Resolved']);
    expect(await runAfter(60_000)).toEqual([]);
  });
});

describe('a message that comes late', () => {
  /** So many seconds such a rule waits for late points. */
  const grace = 15;
  const lateLine = () => /This is how it was at <!date\^(\d+)/u.exec(JSON.stringify(app.slackServer.messages()))?.[1];

  it('because Slack was away says of when it is', async () => {
    const address = await alert();
    const endOfWindow = Math.floor(app.clock.now() / minute) * 60;
    app.clock.advance(10 * hour);
    await renderAlert(app, address);
    expect(lateLine()).toBe(String(endOfWindow + grace));
  });

  it('because its window is made up for says so, however quickly it is sent then', async () => {
    await sendErrors(app, 11);
    const endOfWindow = (Math.floor(app.clock.now() / minute) + 1) * 60;
    app.clock.advance(30 * minute);
    await schedule(app);
    for (const message of app.evaluations.takeAll()) await evaluateAlert(app, message);
    const [first] = app.notifications.takeAll();
    if (first === undefined) throw new TypeError('nothing is to be told');
    await renderAlert(app, first);
    expect(lateLine()).toBe(String(endOfWindow + grace));
  });

  it('by no more than a minute does not', async () => {
    await renderAlert(app, await alert());
    expect(titles()).toEqual(['Critical']);
    expect(lateLine()).toBeUndefined();
  });
});

describe('what waits for long', () => {
  async function stateOfRule(): Promise<RuleState> {
    const pages = await Promise.all(
      dueShardNumbers.map((shard) => Array.fromAsync(loadDue(app, shard, '2999-01-01T00:00:00.000Z'))),
    );
    const [state] = pages.flat(2);
    if (state === undefined) throw new TypeError('there is no state');
    return state;
  }

  it('fails after a day also when nobody looked before the pause it was asked for ended, and what comes after is told', async () => {
    const first = await alert();
    app.clock.advance(24 * hour - 10 * minute);
    app.slackServer.fail('chat.postMessage', { status: 429, retryAfterSeconds: 3_600 });
    await expect(renderAlert(app, first)).rejects.toMatchObject({ code: 'slack_busy' });
    const resolved = await evaluate(75 * minute);
    expect(await stored(first)).toMatchObject({ state: 'failed', error: { code: 'too_late' } });
    expect(app.counted.get('integrations.slack.metric_alert.failure')).toBe(1);
    const { items } = await app.table.query({ index: 'gsi2', partition: 'ORG#acme#NOTIFICATIONS#failed' });
    expect(items).toMatchObject([{ change: first.change }]);
    await renderAlert(app, resolved);
    expect(titles()).toEqual(['Resolved']);
    expect((await stateOfRule()).unconfirmed).toEqual([resolved]);
  });

  it('stays small enough for the state of the rule, and is read with few requests', async () => {
    const address = await alert();
    const first = await stored(address);
    const changes = Array.from({ length: 310 }, (_, index) => index + 100);
    for (let from = 0; from < changes.length; from += 100) {
      const some = changes.slice(from, from + 100);
      await app.table.write(
        some.map((change) => ({
          put: {
            ...first,
            pk: first?.['pk'],
            change,
            sk: `NOTIFICATION#${sortableNumber(change)}#${address.target}`,
          } as Item,
        })),
      );
    }
    const before = await stateOfRule();
    const unconfirmed = [address, ...changes.map((change) => ({ ...address, change }))];
    const { put } = replaceState({ ...before, unconfirmed }, before);
    await app.table.put(put);
    await sendErrors(app, 11);
    app.clock.advance(minute);
    await schedule(app);
    let gets = 0;
    const get: Table['get'] = (...args) => {
      gets += 1;
      return app.table.get(...args);
    };
    for (const message of app.evaluations.takeAll())
      await evaluateAlert({ ...app, table: { ...app.table, get } }, message);
    expect((await stateOfRule()).unconfirmed).toEqual(unconfirmed.slice(-300));
    expect(await stored(address)).toMatchObject({ state: 'failed', error: { code: 'too_many_waiting' } });
    expect(gets).toBeLessThan(10);
  });
});

describe('many rules that fire at once', () => {
  it('are all told at the first delivery, and their incidents are numbered without a gap', async () => {
    for (let number = 2; number <= 50; number += 1) await createRule(app, { name: `Rule ${number}` });
    await sendErrors(app, 11);
    app.clock.advance(1_000);
    await schedule(app);
    const due = app.evaluations.takeAll();
    expect(due.map(({ ruleIds }) => ruleIds.length)).toEqual([25, 25]);
    await Promise.all(due.map((message) => evaluateAlert(app, message)));
    const incidents = app.notifications.takeAll().map(({ incident }) => incident);
    expect(incidents.sort((left, right) => left - right)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    expect(app.counted.get('incidents.alert_rules.trigger.fire')).toBe(50);
  }, 60_000);

  it('are tried again later when others take the numbers for as long as a Lambda has patience', async () => {
    await sendErrors(app, 11);
    app.clock.advance(1_000);
    await schedule(app);
    const [message] = app.evaluations.takeAll();
    if (message === undefined) throw new TypeError('the rule was not due');
    const waits: number[] = [];
    const write = () => Promise.reject(new ConditionFailedError([undefined, undefined, true]));
    const wait = async (milliseconds: number) => void waits.push(milliseconds);
    await expect(evaluateAlert({ ...app, table: { ...app.table, write }, wait }, message)).rejects.toThrow(
      'Other rules of the organization take the numbers of incidents all the time.',
    );
    const waitedMs = waits.reduce((sum, waited) => sum + waited, 0);
    expect(waitedMs).toBeGreaterThan(14_000);
    expect(waitedMs).toBeLessThanOrEqual(15_000);
    await evaluateAlert(app, message);
    expect(app.notifications.takeAll()).toHaveLength(1);
  });
});

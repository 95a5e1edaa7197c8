import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { renderAlert } from '../lib/alerts/index.ts';
import { dueShardNumbers, loadDue, type RuleState, replaceState } from '../lib/alerts/rule-state-store.ts';
import { sortableNumber } from '../lib/platform/sortable-number.ts';
import type { Item, Table } from '../lib/platform/table.ts';
import { evaluateAfter, newsAfter, newsOfAlert, storedNotification } from './support/alert-rounds.ts';
import { alertTitles } from './support/alert-titles.ts';
import { type AlertingApp, createAlertingApp, createRule, sendErrors } from './support/alerting-app.ts';

let app: AlertingApp;
beforeEach(async () => {
  app = await createAlertingApp();
  await createRule(app);
});
afterEach(() => app.slackServer.stop());

const minute = 60_000;
const hour = 60 * minute;

describe('a notification that could not be sent', () => {
  it('because Slack asked to wait is queued by the first evaluation after that, however quiet those before were', async () => {
    const address = await newsOfAlert(app);
    app.slackServer.fail('chat.postMessage', { status: 429, retryAfterSeconds: 150 });
    await expect(renderAlert(app, address)).rejects.toMatchObject({ code: 'slack_busy' });
    await sendErrors(app, 11);
    expect(await evaluateAfter(app, 50_000)).toEqual([]);
    await sendErrors(app, 11);
    expect(await evaluateAfter(app, 50_000)).toEqual([]);
    await sendErrors(app, 11);
    expect(await evaluateAfter(app, 50_000)).toEqual([address]);
    await renderAlert(app, address);
    expect(alertTitles(app)).toEqual(['Critical']);
    await sendErrors(app, 11);
    expect(await evaluateAfter(app, 50_000)).toEqual([]);
  });

  it('because Slack was away is queued by every evaluation until it is sent', async () => {
    const address = await newsOfAlert(app);
    for (let minutes = 0; minutes < 4; minutes += 1) {
      app.slackServer.fail('chat.postMessage', { status: 503 });
      await expect(renderAlert(app, address)).rejects.toMatchObject({ code: 'slack_uncertain' });
      await sendErrors(app, 11);
      expect(await evaluateAfter(app, 50_000)).toEqual([address]);
    }
    await renderAlert(app, address);
    expect(alertTitles(app)).toEqual(['Critical']);
  });

  it('because an earlier one was not is queued by the first evaluation after that one is sent', async () => {
    const first = await newsOfAlert(app);
    const resolved = await newsAfter(app, 120_000);
    await expect(renderAlert(app, resolved)).rejects.toThrow('An earlier notification');
    expect(await evaluateAfter(app, 60_000)).toEqual([first]);
    await renderAlert(app, first);
    expect(await evaluateAfter(app, 60_000)).toEqual([resolved]);
    await renderAlert(app, resolved);
    expect(alertTitles(app)).toEqual(['Resolved', 'Resolved']);
    expect(await evaluateAfter(app, 60_000)).toEqual([]);
  });
});

describe('a message that comes late', () => {
  /** So many seconds such a rule waits for late points. */
  const grace = 15;
  const lateLine = () => /This is how it was at <!date\^(\d+)/u.exec(JSON.stringify(app.slackServer.messages()))?.[1];

  it('because Slack was away says of when it is', async () => {
    const address = await newsOfAlert(app);
    const endOfWindow = Math.floor(app.clock.now() / minute) * 60;
    app.clock.advance(10 * hour);
    await renderAlert(app, address);
    expect(lateLine()).toBe(String(endOfWindow + grace));
  });

  it('because its window is made up for says so, however quickly it is sent then', async () => {
    await sendErrors(app, 11);
    const endOfWindow = (Math.floor(app.clock.now() / minute) + 1) * 60;
    const [first] = await evaluateAfter(app, 30 * minute);
    if (first === undefined) throw new TypeError('nothing is to be told');
    await renderAlert(app, first);
    expect(lateLine()).toBe(String(endOfWindow + grace));
  });

  it('by no more than a minute does not', async () => {
    await renderAlert(app, await newsOfAlert(app));
    expect(alertTitles(app)).toEqual(['Critical']);
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
    const first = await newsOfAlert(app);
    app.clock.advance(24 * hour - 10 * minute);
    app.slackServer.fail('chat.postMessage', { status: 429, retryAfterSeconds: 3_600 });
    await expect(renderAlert(app, first)).rejects.toMatchObject({ code: 'slack_busy' });
    const resolved = await newsAfter(app, 75 * minute);
    expect(await storedNotification(app, first)).toMatchObject({ state: 'failed', error: { code: 'too_late' } });
    expect(app.counted.get('integrations.slack.metric_alert.failure')).toBe(1);
    const { items } = await app.table.query({ index: 'gsi2', partition: 'ORG#acme#NOTIFICATIONS#failed' });
    expect(items).toMatchObject([{ change: first.change }]);
    await renderAlert(app, resolved);
    expect(alertTitles(app)).toEqual(['Resolved']);
    expect((await stateOfRule()).unconfirmed).toEqual([resolved]);
  });

  it('stays small enough for the state of the rule, and is read with few requests', async () => {
    const address = await newsOfAlert(app);
    const first = await storedNotification(app, address);
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
    let gets = 0;
    const get: Table['get'] = (...args) => {
      gets += 1;
      return app.table.get(...args);
    };
    await evaluateAfter({ ...app, table: { ...app.table, get } }, minute);
    expect((await stateOfRule()).unconfirmed).toEqual(unconfirmed.slice(-300));
    expect(await storedNotification(app, address)).toMatchObject({
      state: 'failed',
      error: { code: 'too_many_waiting' },
    });
    expect(gets).toBeLessThan(10);
  });
});

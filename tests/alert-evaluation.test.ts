import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findNewestIncidents } from '../lib/alerts/incident-store.ts';
import {
  type AlertRule,
  alertRuleChangesBody,
  changeAlertRule,
  type EvaluationMessage,
  evaluateAlert,
  scheduleAlerts,
} from '../lib/alerts/index.ts';
import { loadState } from '../lib/alerts/rule-state-store.ts';
import { isoTime } from '../lib/platform/clock.ts';
import type { Item, Table } from '../lib/platform/table.ts';
import { alertTitles } from './support/alert-titles.ts';
import {
  type AlertingApp,
  createAlertingApp,
  createRule,
  drain,
  schedule,
  sendErrors,
} from './support/alerting-app.ts';

const minute = 60_000;
let app: AlertingApp;
beforeEach(async () => {
  app = await createAlertingApp();
});
afterEach(() => app.slackServer.stop());

const said = () => alertTitles(app);
const stateOf = ({ id: ruleId, projectId }: AlertRule) => loadState(app, { ruleId, projectId });

/** Sends what comes in each minute, and lets the schedule rest meanwhile. */
async function pass(errors: readonly number[]): Promise<void> {
  for (const count of errors) {
    if (count > 0) await sendErrors(app, count);
    app.clock.advance(minute);
  }
}

/** Changes what is stored of a rule, whatever the API would say about it. */
async function change({ id }: AlertRule, name: string, value: string | number): Promise<void> {
  const set = { expression: 'SET #name = :value', names: { '#name': name }, values: { ':value': value } };
  await app.table.update({ pk: `ALERT_RULE#${id}`, sk: 'RULE' }, set);
}

async function evaluateAll(messages: readonly EvaluationMessage[], world: AlertingApp = app): Promise<void> {
  for (const message of messages) await evaluateAlert(world, message);
}

describe('windows that were missed', () => {
  it('are judged in order, as if nothing had been missed', async () => {
    const rule = await createRule(app);
    await pass([11, 15, 0, 0]);
    await schedule(app);
    await drain(app);
    expect(said()).toEqual(['Resolved', 'Resolved']);
    const [incident] = await findNewestIncidents(app, rule, 1);
    expect(incident).toMatchObject({
      ...{ status: 'closed', worstValue: 15, startedAt: '2026-03-02T09:00:00.000Z' },
      ...{ detectedAt: '2026-03-02T09:01:00.000Z', closedAt: '2026-03-02T09:02:00.000Z' },
    });
    expect(await stateOf(rule)).toMatchObject({
      lastUpdate: '2026-03-02T09:04:00.000Z',
      nextEvaluationAt: '2026-03-02T09:05:00.000Z',
    });
  });

  it('are not judged when they ended more than an hour ago, and what agreed before does not count', async () => {
    const rule = await createRule(app);
    await change(rule, 'thresholdPeriod', 2);
    await pass([11]);
    await schedule(app);
    await drain(app);
    expect((await stateOf(rule))?.triggers['critical']).toMatchObject({ alertCount: 1 });
    app.clock.advance(62 * minute);
    await sendErrors(app, 11);
    app.clock.advance(minute);
    await schedule(app);
    await drain(app);
    expect((await stateOf(rule))?.triggers['critical']).toMatchObject({ active: false, alertCount: 1 });
    expect(said()).toEqual([]);
  });
});

describe('two schedules at once', () => {
  it('open one incident, and tell of it once', async () => {
    const rules = [await createRule(app), await createRule(app, { name: 'Another' })];
    await pass([11]);
    const run = () => scheduleAlerts(app, { scheduledTime: isoTime(app.clock.now()) });
    await Promise.all([run(), run()]);
    const messages = app.evaluations.takeAll();
    expect(messages).toHaveLength(2);
    await Promise.all(messages.map((message) => evaluateAlert(app, message)));
    await drain(app);
    expect(said()).toEqual(['Critical', 'Critical']);
    for (const one of rules) expect(await findNewestIncidents(app, one, 9)).toHaveLength(1);
  });

  it('of which one is a minute late change nothing', async () => {
    const rule = await createRule(app);
    await pass([11]);
    await schedule(app);
    const late = app.evaluations.takeAll();
    await pass([0]);
    await schedule(app);
    await drain(app);
    const state = await stateOf(rule);
    await evaluateAll(late);
    await drain(app);
    expect(await stateOf(rule)).toEqual(state);
    expect(said()).toEqual(['Resolved', 'Resolved']);
  });
});

describe('a rule that is changed while it is evaluated', () => {
  it('is not judged by what it was', async () => {
    const rule = await createRule(app);
    await pass([11]);
    await schedule(app);
    const { metricsTable } = app;
    const [trigger] = rule.triggers;
    const triggers = [{ label: trigger?.label, alertThreshold: 100, actions: [] }];
    const meanwhile: Table = {
      ...metricsTable,
      async *queryAll(query) {
        const changes = alertRuleChangesBody.parse({ triggers });
        await changeAlertRule(app, { caller: { organization: 'acme' }, ruleId: rule.id, changes }).catch(
          () => undefined,
        );
        yield* metricsTable.queryAll(query);
      },
    };
    await evaluateAll(app.evaluations.takeAll(), { ...app, metricsTable: meanwhile });
    await drain(app);
    expect(said()).toEqual([]);
    expect(await findNewestIncidents(app, rule, 9)).toEqual([]);
    await pass([99, 101]);
    await schedule(app);
    await drain(app);
    expect((await findNewestIncidents(app, rule, 9)).map(({ worstValue }) => worstValue)).toEqual([101]);
  });
});

describe('rules that are evaluated together', () => {
  /** A table that refuses to write the state of one rule. */
  function without(rule: AlertRule): Table {
    const refuse = (item: Item | undefined) => {
      if (item?.pk === `ALERT_RULE#${rule.id}`) throw new Error('the table does not answer');
    };
    const { table } = app;
    return {
      ...table,
      async put(item, ...more) {
        refuse(item);
        return table.put(item, ...more);
      },
      async write(actions) {
        for (const action of actions) refuse('put' in action ? action.put : undefined);
        return table.write(actions);
      },
    };
  }

  it('are all evaluated but for the one that fails, which comes again', async () => {
    const rules = [];
    for (const name of ['one', 'two', 'three']) rules.push(await createRule(app, { name }));
    const [first, second, third] = rules as [AlertRule, AlertRule, AlertRule];
    await pass([11]);
    await schedule(app);
    const messages = app.evaluations.takeAll();
    await expect(evaluateAll(messages, { ...app, table: without(second) })).rejects.toThrow('does not answer');
    const open = async () => Promise.all([first, second, third].map(async (rule) => (await stateOf(rule))?.incident));
    expect((await open()).map((incident) => incident !== null)).toEqual([true, false, true]);
    const states = [await stateOf(first), await stateOf(third)];
    app.notifications.takeAll();
    await evaluateAll(messages);
    expect((await open()).map((incident) => incident?.identifier).toSorted()).toEqual([1, 2, 3]);
    expect([await stateOf(first), await stateOf(third)]).toEqual(states);
  });

  it('are all evaluated but for the one whose query makes no sense, which is looked at every time', async () => {
    const broken = await createRule(app, { name: 'broken' });
    await createRule(app);
    await change(broken, 'aggregate', 'sum(');
    await pass([11]);
    await schedule(app);
    await drain(app);
    expect(said()).toEqual(['Critical']);
    expect(app.counted.get('incidents.alert_rules.skipping_update_query_refused')).toBe(1);
    expect(await stateOf(broken)).toMatchObject({ lastUpdate: '2026-03-02T09:01:00.000Z', incident: null });
  });
});

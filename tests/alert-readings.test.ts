import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AlertRule, alertRuleChangesBody, changeAlertRule } from '../lib/alerts/index.ts';
import { loadState } from '../lib/alerts/rule-state-store.ts';
import { foldMessages } from '../lib/metrics/index.ts';
import type { Table } from '../lib/platform/table.ts';
import { alertTitles } from './support/alert-titles.ts';
import {
  type AlertingApp,
  createAlertingApp,
  createRule,
  drain,
  schedule,
  sendErrors,
} from './support/alerting-app.ts';
import { messageOf, pointOf } from './support/folding-app.ts';

// Rules whose metric has so many combinations of tags that a look cannot read it.

const minute = 60_000;
const noisy = { name: 'Noisy', metric: 'noise@none' };
let app: AlertingApp;
/** How often the metrics were asked for something. */
let reads: string[] = [];
let onRead = () => {};

beforeEach(async () => {
  const made = await createAlertingApp();
  const { metricsTable } = made;
  reads = [];
  onRead = () => {};
  const watched: Table = {
    ...metricsTable,
    async *queryAll(query) {
      reads.push(query.partition);
      onRead();
      yield* metricsTable.queryAll(query);
    },
  };
  app = Object.assign(made, { metricsTable: watched, evaluationLimits: limits(20) });
});
afterEach(() => app.slackServer.stop());

const limits = (buckets: number) => ({ partitions: 1_000, buckets, numbers: 1_000_000 });
const stateOf = ({ id: ruleId, projectId }: AlertRule) => loadState(app, { ruleId, projectId });
const difficultyOf = async (rule: AlertRule) => (await stateOf(rule))?.difficulty;
const isNoise = (partition: string) => partition.includes('noise');

/** A point of each of so many series in each of some minutes up to now. */
async function sendNoise(series: number, minutes = 1): Promise<void> {
  const receivedAtSeconds = app.clock.now() / 1_000;
  const points = Array.from({ length: series * minutes }, (_, index) =>
    pointOf(
      'c:custom/noise@none',
      { type: 'c', increment: 1 },
      { tags: { n: String(index % series) }, at: receivedAtSeconds - 60 * Math.floor(index / series) },
    ),
  );
  const message = { ...messageOf(receivedAtSeconds, points), projectId: app.project.id, receivedAtSeconds };
  for (const reason of (await foldMessages(app, [message])).values()) throw reason;
}

async function look(minutes = 1): Promise<void> {
  app.clock.advance(minutes * minute);
  reads = [];
  await schedule(app);
  await drain(app);
}

const said = () => alertTitles(app);

describe('a rule whose metric is too much to be read', () => {
  it('says since when and why, and lets the others of its message be judged', async () => {
    const rule = await createRule(app, noisy);
    await createRule(app);
    await sendNoise(21);
    await sendErrors(app, 11);
    await look();
    expect(said()).toEqual(['Critical']);
    expect(await difficultyOf(rule)).toEqual({
      ...{ reads: 'nothing', because: 'too-much' },
      ...{ since: '2026-03-02T09:01:00.000Z', foundAt: '2026-03-02T09:01:00.000Z' },
      triedAt: '2026-03-02T09:01:00.000Z',
    });
  });

  it('is not asked for again for ten minutes, and then apart from the others', async () => {
    const rule = await createRule(app, noisy);
    await createRule(app);
    await sendNoise(21);
    await look();
    await sendNoise(21);
    await look();
    expect(reads.filter(isNoise)).toEqual([]);
    expect(reads).not.toEqual([]);
    expect(await stateOf(rule)).toMatchObject({
      lastUpdate: '2026-03-02T09:02:00.000Z',
      difficulty: { since: '2026-03-02T09:01:00.000Z', triedAt: '2026-03-02T09:01:00.000Z' },
    });
    for (let minutes = 0; minutes < 8; minutes += 1) await look();
    app.clock.advance(minute - 1);
    await sendNoise(21);
    expect(app.counted.get('incidents.alert_rules.unreadable')).toBeUndefined();
    await look(0);
    expect(app.counted.get('incidents.alert_rules.unreadable'), 'an alarm counts it').toBe(1);
    expect(reads.filter(isNoise)).not.toEqual([]);
    expect(await difficultyOf(rule)).toMatchObject({
      since: '2026-03-02T09:01:00.000Z',
      triedAt: '2026-03-02T09:11:00.000Z',
    });
  });

  it('is judged again as soon as it can be read, and says nothing any more', async () => {
    const rule = await createRule(app, noisy);
    await sendNoise(21);
    await look();
    app.clock.advance(9 * minute);
    await sendNoise(19);
    await look();
    expect(said()).toEqual(['Critical']);
    expect(await stateOf(rule)).not.toHaveProperty('difficulty');
  });

  it('is asked for anew when the rule is changed', async () => {
    const rule = await createRule(app, noisy);
    await sendNoise(21);
    await look();
    const changes = alertRuleChangesBody.parse({ query: 'n:1' });
    await changeAlertRule(app, { caller: { organization: 'acme' }, ruleId: rule.id, changes });
    expect(await difficultyOf(rule)).toBeUndefined();
  });

  it('is read in whole hours when its window has them', async () => {
    const rule = await createRule(app, { ...noisy, windowSeconds: 3_600 });
    await sendNoise(15, 5);
    await look(3);
    expect(said(), 'the last full hour was over before').toEqual([]);
    expect(await difficultyOf(rule)).toMatchObject({ reads: 'hours', because: 'too-much' });
    await sendNoise(15);
    await look(60);
    expect(said()).toEqual(['Critical']);
    const granularities = new Set(reads.filter(isNoise).map((partition) => partition.split('#')[4]));
    expect(granularities).toEqual(new Set(['3600']));
  });
});

describe('windows of whole hours', () => {
  it('end no incident with an hour that was over before it began', async () => {
    const rule = await createRule(app, { ...noisy, windowSeconds: 3_600 });
    await sendNoise(15);
    await look(3);
    expect(said()).toEqual(['Critical']);
    for (let minutes = 3; minutes < 57; minutes += 3) {
      await sendNoise(15);
      await look(3);
    }
    expect(await difficultyOf(rule)).toMatchObject({ reads: 'hours' });
    expect(said()).toEqual(['Critical']);
    await look(6);
    expect((await stateOf(rule))?.incident).toMatchObject({ status: 'critical' });
    await look(60);
    expect((await stateOf(rule))?.incident, 'an hour without anything').toBeNull();
  });
});

describe('windows that were missed', () => {
  it('are judged in order, also where they are too much to be read together', async () => {
    const rule = await createRule(app, { ...noisy, windowSeconds: 300 });
    app.clock.advance(29 * minute);
    await sendNoise(3, 30);
    await look();
    expect(said()).toEqual(['Critical']);
    expect(await stateOf(rule)).toMatchObject({ lastUpdate: '2026-03-02T09:30:00.000Z' });
    expect(await difficultyOf(rule)).toBeUndefined();
  });
});

describe('reading that takes too long', () => {
  it('is left to the next minute, in which what was left comes first', async () => {
    const rules = [await createRule(app), await createRule(app, noisy)];
    Object.assign(app, { evaluationLimits: limits(10) });
    // Together they are too much, and trying that takes all the time.
    await sendNoise(10);
    await sendErrors(app, 11);
    onRead = () => app.clock.advance(8_000);
    await look();
    const judged = async () => (await Promise.all(rules.map(stateOf))).map((state) => state?.lastUpdate !== null);
    expect((await judged()).filter(Boolean), 'one of them is read, however long it takes').toHaveLength(1);
    expect(app.counted.get('incidents.alert_rules.postponed')).toBe(1);
    await look();
    expect(await judged()).toEqual([true, true]);
    expect(said()).toHaveLength(2);
  });
});

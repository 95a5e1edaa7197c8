import { describe, expect, it } from 'vitest';
import { type AlertRule, insertRule } from '../lib/alerts/alert-rule-store.ts';
import { HistoryModel } from '../lib/alerts/history-model.fixture.ts';
import { loadActivities } from '../lib/alerts/incident-activity-store.ts';
import { findNewestIncidents } from '../lib/alerts/incident-store.ts';
import {
  type DigestJob,
  type EvaluationMessage,
  evaluateAlert,
  type NotificationAddress,
  scheduleAlerts,
} from '../lib/alerts/index.ts';
import { insertState } from '../lib/alerts/rule-state-store.ts';
import { firstState } from '../lib/alerts/rules/first-state.ts';
import type { Reading } from '../lib/alerts/weigh-reading.ts';
import { foldMessages } from '../lib/metrics/index.ts';
import type { MetricPoint, Sample } from '../lib/metrics/metric-point.ts';
import { createOrganization } from '../lib/organizations/index.ts';
import { isoTime } from '../lib/platform/clock.ts';
import { randomText } from '../lib/platform/random-text.ts';
import { createProject } from '../lib/projects/index.ts';
import type { SlackJobOf } from '../lib/slack/index.ts';
import { type ArrayQueue, arrayQueue } from './support/array-queue.ts';
import { createFoldingApp, type FoldingTestApp, messageOf, pointOf } from './support/folding-app.ts';
import { Dice } from './support/pseudo-random.ts';
import { aRule } from './support/telling.ts';

const minute = 60;
const metrics = {
  errors: 'c:custom/errors@none',
  load: 'd:custom/load@none',
  users: 's:custom/users@none',
  sessions: 'c:sessions/session@none',
} as const;

/** What was sent, as the test itself remembers it. */
interface Sent {
  readonly metric: keyof typeof metrics;
  readonly at: number;
  readonly value: number;
  readonly status?: string;
}

/** A rule, and what the model says of it. */
interface Walker {
  readonly rule: AlertRule;
  readonly read: (sent: readonly Sent[]) => Reading;
  readonly model: HistoryModel;
  readonly changes: string[];
  /** The end of the window that the model is to judge next. */
  due: string;
}

const sum = (sent: readonly Sent[]) => sent.reduce((total, { value }) => total + value, 0);
const valuesOf = (metric: Sent['metric'], combine: (sent: readonly Sent[]) => number, isCount: boolean) => {
  return (sent: readonly Sent[]): Reading => {
    const mine = sent.filter((one) => one.metric === metric);
    return { kind: 'value', value: mine.length === 0 ? null : combine(mine), isCount };
  };
};
const errors = valuesOf('errors', sum, true);
const load = valuesOf('load', (sent) => Math.max(...sent.map(({ value }) => value)), false);
const users = valuesOf('users', (sent) => new Set(sent.map(({ value }) => value)).size, true);
const sessions = (sent: readonly Sent[]): Reading => {
  const of = (status: string) => sum(sent.filter((one) => one.metric === 'sessions' && one.status === status));
  return { kind: 'sessions', total: of('init'), crashed: of('crashed') };
};

const critical = (threshold: number) => ({ label: 'critical' as const, threshold, actions: [] });
const warning = (threshold: number) => ({ label: 'warning' as const, threshold, actions: [] });
const kinds: readonly [Partial<AlertRule>, Walker['read']][] = [
  [{ aggregate: `sum(${metrics.errors})`, triggers: [critical(6), warning(3)], resolveThreshold: 2 }, errors],
  [{ aggregate: `sum(${metrics.errors})`, triggers: [critical(9)], thresholdPeriod: 2, windowSeconds: 180 }, errors],
  [{ aggregate: `sum(${metrics.errors})`, triggers: [critical(2)], thresholdType: 'below', noData: 'alert' }, errors],
  [{ aggregate: `sum(${metrics.errors})`, triggers: [critical(150)], comparisonSeconds: 300, noData: 'keep' }, errors],
  [{ aggregate: `max(${metrics.load})`, triggers: [critical(5), warning(5)], noData: 'keep' }, load],
  [{ aggregate: `max(${metrics.load})`, triggers: [critical(4)], noData: 'alert', resolutionSeconds: 120 }, load],
  [{ aggregate: `count_unique(${metrics.users})`, triggers: [critical(3)], resolveThreshold: 1 }, users],
  [
    {
      ...{ aggregate: 'percentage(sessions_crashed, sessions)', thresholdType: 'below', windowSeconds: 120 },
      ...{ triggers: [critical(80), warning(95)], minimumSessions: 3 },
    },
    sessions,
  ],
];

/** Everything that a walk passes through. */
interface World extends FoldingTestApp {
  readonly projectId: string;
  readonly evaluations: ArrayQueue<EvaluationMessage>;
  readonly notifications: ArrayQueue<NotificationAddress>;
  readonly charts: ArrayQueue<DigestJob>;
  readonly outgoing: ArrayQueue<SlackJobOf<'outgoing-message'>>;
  readonly publicUrl: string;
  readonly walkers: readonly Walker[];
  readonly sent: Sent[];
  readonly modelCounts: Map<string, number>;
}

async function createWorld(): Promise<World> {
  const app = { ...(await createFoldingApp()), randomText };
  await createOrganization(app, { slug: 'acme', name: 'Acme' });
  const { id: projectId } = await createProject(app, { organization: 'acme', name: 'Web', slug: 'web' });
  const now = isoTime(app.clock.now());
  const walkers = kinds.map(([terms, read], index): Walker => {
    const rule = aRule({ projectId, id: String(index + 1), windowSeconds: minute, ...terms });
    return {
      rule,
      read,
      model: new HistoryModel(rule),
      changes: [],
      due: firstState(rule, now).nextEvaluationAt ?? '',
    };
  });
  for (const { rule } of walkers) await app.table.write([insertRule(rule), insertState(firstState(rule, now))]);
  const queues = { evaluations: arrayQueue<EvaluationMessage>(), notifications: arrayQueue<NotificationAddress>() };
  const told = { outgoing: arrayQueue<SlackJobOf<'outgoing-message'>>(), publicUrl: 'https://postflow.example' };
  return { ...app, ...queues, ...told, charts: arrayQueue(), projectId, walkers, sent: [], modelCounts: new Map() };
}

/** Some points of the minute that begins now, or none. */
function somePoints(dice: Dice, from: number): Sent[] {
  const at = () => from + dice.between(0, minute - 1);
  const some = (often: number, most: number, make: () => Sent) =>
    dice.happens(often) ? Array.from({ length: dice.between(1, most) }, make) : [];
  return [
    ...some(0.7, 4, () => ({ metric: 'errors', at: at(), value: dice.between(0, 4) })),
    ...some(0.6, 3, () => ({ metric: 'load', at: at(), value: dice.between(0, 8) })),
    ...some(0.7, 6, () => ({ metric: 'users', at: at(), value: dice.between(1, 5) })),
    ...some(0.7, 6, () => ({ metric: 'sessions', at: at(), value: 1, status: 'init' })),
    ...some(0.3, 2, () => ({ metric: 'sessions', at: at(), value: 1, status: 'crashed' })),
  ];
}

async function send(world: World, points: readonly Sent[]): Promise<void> {
  const wire = points.map(({ metric, at, value, status }): MetricPoint => {
    const sample: Sample =
      metric === 'load'
        ? { type: 'd', values: [value] }
        : metric === 'users'
          ? { type: 's', members: [String(value)] }
          : { type: 'c', increment: value };
    return pointOf(metrics[metric], sample, { at, tags: status === undefined ? {} : { 'session.status': status } });
  });
  world.sent.push(...points);
  const message = { ...messageOf(world.clock.now(), wire), projectId: world.projectId };
  const failed = await foldMessages(world, [{ ...message, receivedAtSeconds: world.clock.now() / 1_000 }]);
  expect([...failed.values()]).toEqual([]);
}

/** Has the model judge what has become due, from what the test remembers. */
function walk({ clock, sent, modelCounts }: World, walker: Walker): void {
  const { rule, read, model, changes } = walker;
  const { windowSeconds, resolutionSeconds, comparisonSeconds: back } = rule;
  const before = (end: number) => read(sent.filter(({ at }) => at >= end - windowSeconds && at < end));
  let end = Date.parse(walker.due) / 1_000;
  for (; end * 1_000 <= clock.now(); end += resolutionSeconds) {
    let reading = before(end);
    if (back !== null && reading.kind === 'value') {
      const earlier = before(end - back);
      reading = { ...reading, earlier: earlier.kind === 'value' ? earlier.value : null };
    }
    const answer = model.answer({ timestampMs: end * 1_000, nowMs: clock.now(), reading });
    changes.push(...answer.changes);
    for (const counter of answer.counters) {
      const name = `incidents.alert_rules.${counter}`;
      modelCounts.set(name, (modelCounts.get(name) ?? 0) + 1);
    }
  }
  walker.due = isoTime(end * 1_000);
}

/** What became of the incidents of a rule, the first first. */
async function storedChanges(world: World, rule: AlertRule): Promise<string[]> {
  const incidents = (await findNewestIncidents(world, rule, 99)).toReversed();
  const activities = await Promise.all(incidents.map((incident) => loadActivities(world, incident)));
  return activities.flat().flatMap(({ type, from, to }) => (type === 'status_change' ? [`${from} ${to}`] : []));
}

describe('random metrics', () => {
  it.each([1, 2])(
    'lead rules from points to incidents as a model says that only looks back (%i)',
    async (seed) => {
      const dice = new Dice(seed);
      const world = await createWorld();
      for (let passed = 0; passed < 36; passed += 1) {
        await send(world, somePoints(dice, world.clock.now() / 1_000));
        world.clock.advance(minute * 1_000);
        // The schedule rests now and then, but not at the end; and what it sends may come twice.
        if (passed < 35 && dice.happens(0.2)) continue;
        await scheduleAlerts(world, { scheduledTime: isoTime(world.clock.now()) });
        const messages = world.evaluations.takeAll();
        const repeated = dice.happens(0.2) ? messages : [];
        for (const message of [...messages, ...repeated]) await evaluateAlert(world, message);
        for (const walker of world.walkers) walk(world, walker);
      }
      const all = await Promise.all(world.walkers.map(({ rule }) => storedChanges(world, rule)));
      expect(all).toEqual(world.walkers.map(({ changes }) => changes));
      expect(all.flat().length).toBeGreaterThan(30);
      const counted = [...world.counted].filter(
        ([name]) => name.startsWith('incidents.') && !name.endsWith('already_processed_update'),
      );
      expect(new Map(counted)).toEqual(world.modelCounts);
    },
    60_000,
  );
});

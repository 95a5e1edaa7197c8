import { type AlertRule, insertRule } from '../lib/alerts/alert-rule-store.ts';
import {
  type ChartJob,
  type EvaluationMessage,
  evaluateAlert,
  type NotificationAddress,
  scheduleAlerts,
} from '../lib/alerts/index.ts';
import { insertState } from '../lib/alerts/rule-state-store.ts';
import { firstState } from '../lib/alerts/rules/first-state.ts';
import { foldMessages } from '../lib/metrics/index.ts';
import { createOrganization } from '../lib/organizations/index.ts';
import { isoTime } from '../lib/platform/clock.ts';
import { eachLimited } from '../lib/platform/each-limited.ts';
import { postOutside } from '../lib/platform/post-outside.ts';
import { randomText } from '../lib/platform/random-text.ts';
import { createProject } from '../lib/projects/index.ts';
import { addWorkspace, type SlackJobOf, slackClient } from '../lib/slack/index.ts';
import type { Engines } from '../tests/support/app-over-engines.ts';
import { arrayQueue } from '../tests/support/array-queue.ts';
import { slackWorkspace } from '../tests/support/slack-server.ts';
import { aRule } from '../tests/support/telling.ts';
import { type MetricStage, setMetricStage } from './metric-stage.ts';

/** infra/functions.ts: so many functions evaluate at the same time at most. */
const evaluatorsAtOnce = 5;
const rulesTogether = 40;

/** The way of points, with the queues that rules need. */
export interface AlertStage extends MetricStage {
  readonly app: MetricStage['app'] & {
    readonly evaluations: ReturnType<typeof arrayQueue<EvaluationMessage>>;
    readonly notifications: ReturnType<typeof arrayQueue<NotificationAddress>>;
    readonly charts: ReturnType<typeof arrayQueue<ChartJob>>;
    readonly outgoing: ReturnType<typeof arrayQueue<SlackJobOf<'outgoing-message'>>>;
    readonly publicUrl: string;
  };
}

/** A project of an organization. */
export interface Place {
  readonly organization: string;
  readonly projectId: string;
}

/** Founds `acme` with its project `web`, and gives everything up to the messages. */
export async function setAlertStage(engines: Engines): Promise<AlertStage> {
  const stage = await setMetricStage(engines);
  const queues = {
    evaluations: arrayQueue<EvaluationMessage>(),
    notifications: arrayQueue<NotificationAddress>(),
    charts: arrayQueue<ChartJob>(),
    outgoing: arrayQueue<SlackJobOf<'outgoing-message'>>(),
  };
  return { ...stage, app: { ...stage.app, ...queues, publicUrl: 'https://postflow.example' } };
}

/** Connects a Slack to `acme`, and gives what sending needs. */
export async function withSlack({ app }: AlertStage, apiUrl: string) {
  const tokenEncryptionKey = 'a key for sealing tokens';
  await addWorkspace({ ...app, tokenEncryptionKey }, { organization: 'acme', ...slackWorkspace });
  const { table, clock } = app;
  const slack = slackClient({ table, clock, tokenEncryptionKey, apiUrl });
  const more = { publicUrl: 'https://postflow.example', post: postOutside(), randomText };
  return { ...app, ...more, slack, tokenEncryptionKey };
}

/** Founds another organization with a project. */
export async function foundPlace({ app }: AlertStage, slug: string): Promise<Place> {
  await createOrganization(app, { slug, name: slug });
  const { id: projectId } = await createProject(app, { organization: slug, name: 'Web', slug: 'web' });
  return { organization: slug, projectId };
}

/** The name of one of the metrics that the rules of a benchmark watch. */
export function metricName(number: number): string {
  return `bench_${[...String(number)].map((digit) => String.fromCharCode(97 + Number(digit))).join('')}`;
}

/** Counts a point in each of the last minutes, or longer times, for each of the metrics of a place. */
export async function countPoints(
  { app }: AlertStage,
  place: Place,
  metrics: number,
  times: number,
  everySeconds = 60,
): Promise<void> {
  const receivedAtSeconds = app.clock.now() / 1_000;
  const points = Array.from({ length: metrics * times }, (_, index) => ({
    metric: { type: 'c', namespace: 'custom', name: metricName(index % metrics), unit: 'none' } as const,
    sample: { type: 'c', increment: 1 } as const,
    tags: {},
    timestamp: receivedAtSeconds - everySeconds * Math.floor(index / metrics) - 1,
  }));
  const failed = await foldMessages(app, [
    { ...place, batchId: `bench-${place.projectId}-${receivedAtSeconds}`, receivedAtSeconds, points },
  ]);
  for (const reason of failed.values()) throw reason;
}

/** Makes rules of a place that look at windows of ten minutes, each of one of so many metrics. */
export async function makeRules(
  { app }: AlertStage,
  place: Place,
  { count, metrics, threshold = 1_000_000, ...more }: Making,
): Promise<AlertRule[]> {
  const now = isoTime(app.clock.now());
  const rules = Array.from({ length: count }, (_, index) =>
    aRule({
      ...{ ...place, id: `${place.projectId}${String(index).padStart(3, '0')}`, name: `Rule ${index}` },
      aggregate: `sum(c:custom/${metricName(index % metrics)}@none)`,
      triggers: [{ label: 'critical', threshold, actions: [] }],
      ...more,
    }),
  );
  for (let start = 0; start < rules.length; start += rulesTogether) {
    const some = rules.slice(start, start + rulesTogether);
    await app.table.write(some.flatMap((rule) => [insertRule(rule), insertState(firstState(rule, now))]));
  }
  return rules;
}

/** Which rules to make. */
export interface Making extends Partial<Pick<AlertRule, 'id' | 'triggers'>> {
  readonly count: number;
  readonly metrics: number;
  readonly threshold?: number;
}

/** The next minute begins, and the schedule hands out what is due. */
export async function scheduleNext({ app }: AlertStage): Promise<EvaluationMessage[]> {
  app.clock.advance(60_000 - (app.clock.now() % 60_000));
  await scheduleAlerts(app, { scheduledTime: isoTime(app.clock.now()) });
  return app.evaluations.takeAll();
}

/** Evaluates messages as so many functions do that work at the same time. */
export async function evaluateAll({ app }: AlertStage, messages: readonly EvaluationMessage[]): Promise<void> {
  await eachLimited(messages, evaluatorsAtOnce, (message) => evaluateAlert(app, message));
}

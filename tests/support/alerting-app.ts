import {
  type AlertRule,
  alertRuleInput,
  type ChartJob,
  createAlertRule,
  type EvaluationMessage,
  evaluateAlert,
  type NotificationAddress,
  renderAlert,
  scheduleAlerts,
} from '../../lib/alerts/index.ts';
import {
  type FoldingApp,
  type FoldMemory,
  foldMemory,
  foldMessages,
  ingestEnvelope,
  pointMessage,
  type WireMessage,
} from '../../lib/metrics/index.ts';
import { createOrganization } from '../../lib/organizations/index.ts';
import { isoTime } from '../../lib/platform/clock.ts';
import { type PostOutside, postOutside } from '../../lib/platform/post-outside.ts';
import { type RandomText, randomText } from '../../lib/platform/random-text.ts';
import { createProject, type Project } from '../../lib/projects/index.ts';
import { addWorkspace, type Slack, type SlackJobOf, sendOutgoing, slackClient } from '../../lib/slack/index.ts';
import { type ArrayQueue, arrayQueue } from './array-queue.ts';
import { asFunction } from './granted-actions.ts';
import { type SlackServer, slackChannels, slackWorkspace, startSlackServer } from './slack-server.ts';
import { createTestApp, type TestApp } from './test-app.ts';

/** Everything that an alert passes through, with one organization, project and workspace in it. */
export interface AlertingApp extends TestApp {
  readonly slack: Slack;
  readonly slackServer: SlackServer;
  readonly evaluations: ArrayQueue<EvaluationMessage>;
  readonly notifications: ArrayQueue<NotificationAddress>;
  readonly charts: ArrayQueue<ChartJob>;
  /** Messages of the outbox that were to be sent. */
  readonly outgoing: ArrayQueue<SlackJobOf<'outgoing-message'>>;
  readonly publicUrl: string;
  /** Calls webhooks; those on this machine too. */
  readonly post: PostOutside;
  readonly tokenEncryptionKey: string;
  readonly project: Project;
  /** What was sent to be counted. */
  readonly points: ArrayQueue<WireMessage>;
  readonly memory: FoldMemory;
  readonly randomText: RandomText;
  /** How long Slack's client waited, in milliseconds. */
  readonly waits: readonly number[];
}

/** Somebody who is in the stand-in's workspace. */
export const slackPerson = { id: 'U0ADA00001', name: 'ada', email: 'ada@acme.example' } as const;

/** Somebody else who is. */
export const otherSlackPerson = { id: 'U0MIA00001', name: 'mia', email: 'mia@acme.example' } as const;

/** Builds the app and starts its Slack; `close` stops it. */
export async function createAlertingApp(given?: TestApp): Promise<AlertingApp> {
  const app = { ...(given ?? (await createTestApp())), randomText, tokenEncryptionKey: 'a key for sealing tokens' };
  const slackServer = await startSlackServer(app.clock, { users: [slackPerson, otherSlackPerson] });
  await createOrganization(app, { slug: 'acme', name: 'Acme' });
  const project = await createProject(app, { organization: 'acme', name: 'Web', slug: 'web' });
  await addWorkspace(app, { organization: 'acme', ...slackWorkspace });
  const waits: number[] = [];
  const slack = slackClient({
    table: app.table,
    apiUrl: slackServer.apiUrl,
    clock: app.clock,
    tokenEncryptionKey: app.tokenEncryptionKey,
    wait: async (milliseconds) => {
      waits.push(milliseconds);
      app.clock.advance(milliseconds);
    },
  });
  return {
    ...app,
    slack,
    slackServer,
    evaluations: arrayQueue(),
    notifications: arrayQueue(),
    charts: arrayQueue(),
    outgoing: arrayQueue(),
    publicUrl: 'https://postflow.example',
    post: postOutside({ mayCall: () => true, mayConnect: (address) => address === '127.0.0.1' }),
    project,
    points: arrayQueue(),
    memory: foldMemory(app.clock),
    waits,
  };
}

/** Makes a rule: more than 10 checkout errors in a minute, told in #alerts. */
export function createRule(app: AlertingApp, changes: Record<string, unknown> = {}): Promise<AlertRule> {
  return createAlertRule(
    app,
    alertRuleInput.parse({
      organization: 'acme',
      project: 'web',
      name: 'Checkout errors',
      metric: 'checkout.errors@none',
      threshold: 10,
      windowSeconds: 60,
      workspace: slackWorkspace.teamId,
      channelId: slackChannels.alerts.id,
      channelName: slackChannels.alerts.name,
      ...changes,
    }),
  );
}

/** Sends so many checkout errors, as the command line would, at this very second. */
export async function sendErrors(app: AlertingApp, count: number): Promise<void> {
  const seconds = Math.floor(app.clock.now() / 1_000);
  const item = `checkout.errors@none:${count}|c|#route:/pay|T${seconds}`;
  const body = Buffer.from(`{}\n{"type":"statsd","length":${item.length}}\n${item}\n`);
  const message = { organization: 'acme', projectId: app.project.id, body };
  await asFunction('ingest-envelope', () => ingestEnvelope(app, message));
  await countPoints(app);
}

/** Counts what was sent, as the worker does it. */
export async function countPoints(app: FoldingApp & { readonly points: ArrayQueue<WireMessage> }): Promise<void> {
  const messages = app.points.takeAll().map((message) => pointMessage.parse(message));
  const failed = await asFunction('fold-points', () => foldMessages(app, messages));
  for (const reason of failed.values()) throw reason;
}

/** Waits for the next whole minute, as the schedule does, and runs it. */
export async function schedule(app: AlertingApp): Promise<void> {
  app.clock.advance((60_000 - (app.clock.now() % 60_000)) % 60_000);
  await asFunction('schedule-alerts', () => scheduleAlerts(app, { scheduledTime: isoTime(app.clock.now()) }));
}

/** Works on everything that stands in the queues, until all are empty. */
export async function drain(app: AlertingApp): Promise<void> {
  for (;;) {
    const evaluations = app.evaluations.takeAll();
    const notifications = app.notifications.takeAll();
    const outgoing = app.outgoing.takeAll();
    if (evaluations.length + notifications.length + outgoing.length === 0) return;
    for (const message of evaluations) await asFunction('evaluate-alert', () => evaluateAlert(app, message));
    for (const address of notifications) await asFunction('render-alert', () => renderAlert(app, address));
    for (const { id } of outgoing) await asFunction('slack-worker', () => sendOutgoing(app, id));
  }
}

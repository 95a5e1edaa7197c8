import type { AlertRule } from '../../../lib/alerts/alert-rule-store.ts';
import { type Destination, targetOf } from '../../../lib/alerts/destination.ts';
import { insertNotification, loadNotifications, type Notification } from '../../../lib/alerts/notification-store.ts';
import { planNotifications } from '../../../lib/alerts/plan-notifications.ts';
import type { RenderApp } from '../../../lib/alerts/render-alert.ts';
import { createOrganization } from '../../../lib/organizations/index.ts';
import { randomText } from '../../../lib/platform/random-text.ts';
import { createProject } from '../../../lib/projects/index.ts';
import { addWorkspace, slackClient } from '../../../lib/slack/index.ts';
import { appOver, type Engines, type TestApp } from '../../support/app-over-engines.ts';
import { type RecordingSlack, startRecordingSlack } from '../slack/recording-slack.ts';
import type { NotificationGiven, NotificationWhen } from './notification-forms.ts';

const teamId = 'T0CASE001';
const channelId = 'C0CASE001';
const organization = 'acme';
const firstChange = 3;

/** The world of a case: an incident that is to be told, in a channel of a workspace. */
export interface NotificationWorld {
  readonly app: TestApp & RenderApp;
  readonly slack: RecordingSlack;
  /** What is to be told. */
  readonly told: Notification;
  /** Which change each message of the case is, by its id. */
  readonly changes: ReadonlyMap<number, number>;
}

const destination: Destination = { kind: 'channel', teamId, channelId, channelName: 'alerts' };

/** Builds it. */
export async function buildNotificationWorld(
  engines: Engines,
  given: NotificationGiven,
  when: NotificationWhen,
): Promise<NotificationWorld> {
  const base = { ...(await appOver(engines)), tokenEncryptionKey: 'the key that seals tokens', randomText };
  await createOrganization(base, { slug: organization, name: 'Acme' });
  const { id: projectId } = await createProject(base, { organization, name: 'Web', slug: 'web' });
  const workspace = { teamId, name: 'The workspace', botUserId: 'U0POSTFLOW', botToken: 'xoxb-of-the-case' };
  await addWorkspace(base, { organization, ...workspace });
  if (given.integration_status !== undefined && given.integration_status !== 'active') await switchOff(base);
  const place = { teamId, botToken: workspace.botToken, channels: [channelId], people: [] };
  const slack = await startRecordingSlack(base.clock, place, given.slack_reply);
  const { table, clock, tokenEncryptionKey } = base;
  const wait = async (milliseconds: number) => clock.advance(milliseconds);
  const client = slackClient({ table, clock, tokenEncryptionKey, apiUrl: slack.apiUrl, wait });
  const app = { ...base, slack: client, publicUrl: 'https://postflow.example' };
  const rule = ruleOf(given, projectId, clock.now());
  const before = [
    ...(given.existing_parent_message ? [given.existing_parent_message] : []),
    ...given.existing_messages,
  ];
  const changes = new Map(before.map(({ id }, index) => [id, firstChange + index]));
  for (const message of before) {
    const change = changes.get(message.id) ?? firstChange;
    await store(app, {
      ...tellingOf(rule, change, given.incident_status ?? 'critical', clock.now()),
      ...endOf(message),
    });
  }
  const change = firstChange + before.length;
  const status = when.new_status ?? (when.method === 'fire' ? 'critical' : 'closed');
  const told = tellingOf(rule, change, status, clock.now(), when.metric_value);
  await store(app, told);
  return { app, slack, told, changes };
}

/** All that is stored of what was told, the first first. */
export function storedNotifications({ app }: NotificationWorld): Promise<Notification[]> {
  return loadNotifications(app, { organization, incident: 1 });
}

async function store({ table }: RenderApp, notification: Notification): Promise<void> {
  await table.write([insertNotification(notification)]);
}

async function switchOff({ table }: TestApp): Promise<void> {
  const set = {
    expression: 'SET #status = :off',
    names: { '#status': 'status' },
    values: { ':off': 'disabled' },
  };
  await table.update({ pk: `WORKSPACE#${teamId}`, sk: 'WORKSPACE' }, set);
}

function tellingOf(
  rule: AlertRule,
  change: number,
  status: Notification['status'],
  nowMs: number,
  value: number | null = 101,
): Notification {
  const incident = { identifier: 1, projectId: rule.projectId, startedAt: new Date(nowMs - 60_000).toISOString() };
  const told = { rule, incident, change, status, value, notificationId: `u-${change}`, nowMs };
  const [notification] = planNotifications(told, [destination]);
  if (notification === undefined) throw new TypeError(`nothing is told at ${targetOf(destination)}`);
  return notification;
}

function endOf({
  message_identifier: messageTs,
  error_code: code,
}: NotificationGiven['existing_messages'][number]): Partial<Notification> {
  if (code != null) return { state: 'failed', error: { code: String(code), detail: 'It failed.' } };
  return { state: 'sent', ...(messageTs != null && { messageTs, messageChannel: channelId }) };
}

function ruleOf(
  { rule_snoozed_for: whom, thread_flag: threads }: NotificationGiven,
  projectId: string,
  now: number,
): AlertRule {
  const isForAll = whom !== undefined && /every|all/u.test(whom);
  return {
    ...{ id: '7', organization, projectId, name: 'My Rule', aggregate: 'count()', query: '', environment: null },
    ...{ windowSeconds: 600, resolutionSeconds: 60, thresholdType: 'above', resolveThreshold: null },
    ...{ thresholdPeriod: 1, comparisonSeconds: null, noData: 'ok', graceSeconds: 0, owner: null, description: '' },
    triggers: [{ label: 'critical', threshold: 100, actions: [] }],
    threads: threads ? 'thread' : 'messages',
    broadcast: true,
    snooze: isForAll ? { until: null, by: 'user-1', at: new Date(now).toISOString() } : null,
    createdAt: new Date(now).toISOString(),
    revision: 1,
  };
}

import { type AlertRule, insertRule } from '../../../lib/alerts/alert-rule-store.ts';
import type { ChartJob } from '../../../lib/alerts/charts/chart-job.ts';
import type { IncidentChartApp } from '../../../lib/alerts/charts/send-incident-chart.ts';
import type { Destination } from '../../../lib/alerts/destination.ts';
import { loadNotifications, type Notification } from '../../../lib/alerts/notification-store.ts';
import type { NotificationAddress } from '../../../lib/alerts/queue-messages.ts';
import type { RenderApp } from '../../../lib/alerts/render-alert.ts';
import { createOrganization } from '../../../lib/organizations/index.ts';
import { postOutside } from '../../../lib/platform/post-outside.ts';
import { randomText } from '../../../lib/platform/random-text.ts';
import { createProject } from '../../../lib/projects/index.ts';
import { addWorkspace, slackClient } from '../../../lib/slack/index.ts';
import { appOver, type Engines, type TestApp } from '../../support/app-over-engines.ts';
import { type ArrayQueue, arrayQueue } from '../../support/array-queue.ts';
import { aRule, storeTelling } from '../../support/telling.ts';
import { type RecordingSlack, startRecordingSlack } from '../slack/recording-slack.ts';
import type { NotificationGiven, NotificationWhen } from './notification-forms.ts';

const teamId = 'T0CASE001';
const channelId = 'C0CASE001';
const organization = 'acme';
const firstChange = 3;

/** The world of a case: an incident that is to be told, in a channel of a workspace. */
export interface NotificationWorld {
  readonly app: TestApp & RenderApp & IncidentChartApp & { readonly charts: ArrayQueue<ChartJob> };
  readonly slack: RecordingSlack;
  /** What is to be told. */
  readonly told: NotificationAddress;
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
  const app = {
    ...base,
    slack: client,
    publicUrl: 'https://postflow.example',
    post: postOutside(),
    charts: arrayQueue<ChartJob>(),
    wait,
    draw: async () => {
      if (given.chart === 'raises') throw new Error('it cannot be drawn');
      return new Uint8Array(9);
    },
  };
  const rule = ruleOf(given, projectId);
  await table.write([insertRule(rule)]);
  const before = [
    ...(given.existing_parent_message ? [given.existing_parent_message] : []),
    ...given.existing_messages,
  ].toSorted((one, other) => Number(one.parent_id != null) - Number(other.parent_id != null));
  const changes = new Map(before.map(({ id }, index) => [id, firstChange + index]));
  for (const message of before) {
    const change = changes.get(message.id) ?? firstChange;
    await storeTelling(
      app,
      { rule, change, status: given.incident_status ?? 'critical' },
      [destination],
      endOf(message),
    );
  }
  const change = firstChange + before.length;
  const status = toldStatus(when);
  const [told] = await storeTelling(app, { rule, change, status, value: when.metric_value ?? null }, [destination]);
  if (told === undefined) throw new TypeError('nothing is told');
  return { app, slack, told, changes };
}

/** The status that is told; by the method where the case tells none. */
export function toldStatus({ new_status: status, method }: NotificationWhen) {
  return status ?? (method === 'fire' ? 'critical' : 'closed');
}

/** All that is stored of what was told, the first first. */
export function storedNotifications({ app }: NotificationWorld): Promise<Notification[]> {
  return loadNotifications(app, { organization, incident: 1 });
}

async function switchOff({ table }: TestApp): Promise<void> {
  const set = {
    expression: 'SET #status = :off',
    names: { '#status': 'status' },
    values: { ':off': 'disabled' },
  };
  await table.update({ pk: `WORKSPACE#${teamId}`, sk: 'WORKSPACE' }, set);
}

function endOf({
  message_identifier: messageTs,
  error_code: code,
}: NotificationGiven['existing_messages'][number]): Partial<Notification> {
  if (code != null) return { state: 'failed', error: { code: String(code), detail: 'It failed.' } };
  return { state: 'sent', ...(messageTs != null && { messageTs, messageChannel: channelId }) };
}

function ruleOf({ rule_snoozed_for: whom, thread_flag: threads }: NotificationGiven, projectId: string): AlertRule {
  const isForAll = whom != null && /every|all/u.test(whom);
  return aRule({
    projectId,
    threads: threads ? 'thread' : 'messages',
    snooze: isForAll ? { until: null, by: 'user-1', at: '2026-01-01T00:00:00.000Z' } : null,
  });
}

import { AssertionError } from 'node:assert/strict';
import { sendIncidentChart } from '../../../lib/alerts/charts/send-incident-chart.ts';
import type { Notification } from '../../../lib/alerts/notification-store.ts';
import { renderAlert } from '../../../lib/alerts/render-alert.ts';
import type { Table } from '../../../lib/platform/table.ts';
import { delivery } from '../../support/drawing-app.ts';
import type { CaseAdapter } from '../case.ts';
import { same } from '../releases/compare.ts';
import {
  type NotificationGiven,
  type NotificationThen,
  type NotificationWhen,
  notificationGiven,
  notificationThen,
  notificationWhen,
} from './notification-forms.ts';
import {
  buildNotificationWorld,
  type NotificationWorld,
  storedNotifications,
  toldStatus,
} from './notification-world.ts';

/** As often as its queue delivers a message, and later than any claim that was left behind. */
const deliveries = 5;
const laterMs = 120_000;

/** Cases of what is sent of an incident, and what is stored of that. */
export const notificationCase: CaseAdapter = async (testCase, engines) => {
  const given = notificationGiven.parse(testCase.given);
  const expected = notificationThen.parse(testCase.then);
  const when = notificationWhen.parse(testCase.when);
  const world = await buildNotificationWorld(engines, given, when);
  try {
    await deliver(world, given);
    await drawCharts(world);
    const { stored_messages: count, analytics, image_block: hasImage, ...rest } = expected;
    const [asFound, ...otherwise] = meantOtherwise(given, when, rest);
    await judge(world, asFound);
    const reasons = [
      ...otherwise,
      hasImage === undefined ? undefined : judgeImage(world, given, hasImage),
      count === undefined ? undefined : await judgeCount(world, given, count),
    ].filter((reason) => reason !== undefined);
    return {
      ...(analytics !== undefined && { notExpressed: 'nothing is told to analytics' }),
      ...(reasons.length > 0 && { differsOnPurpose: reasons.join('; ') }),
    };
  } finally {
    await world.slack.close();
  }
};

/** What is expected in the sense of what we decided, and the reasons where that is another sense. */
function meantOtherwise(
  given: NotificationGiven,
  when: NotificationWhen,
  expected: NotificationThen,
): [NotificationThen, ...string[]] {
  const status = toldStatus(when);
  const first = firstMessage(given);
  const isLive = given.incident_status !== undefined && given.incident_status !== status;
  const isBroadcast = status === 'critical' && given.thread_flag && first !== undefined;
  if (isLive && expected.reply_broadcast === !isBroadcast) {
    const reason = 'whether an answer is shown in the channel follows from what it tells, however things stand by then';
    return [{ ...expected, reply_broadcast: isBroadcast }, reason];
  }
  const isLinked = expected.parent != null || expected.stored?.['parent_id'] != null;
  if (given.existing_parent_message == null || first !== undefined || !isLinked) return [expected];
  const { parent, stored, ...others } = expected;
  const unlinked = {
    ...(parent != null && { parent: null }),
    ...(stored && { stored: { ...stored, parent_id: null } }),
  };
  return [{ ...others, ...unlinked }, 'a message that is nowhere in Slack has no thread to answer in'];
}

/** What is answered to. */
function firstMessage({ existing_parent_message: parent, existing_messages: messages }: NotificationGiven) {
  return [...(parent ? [parent] : []), ...messages].find(({ message_identifier: id }) => id != null);
}

/** A message gets its picture when that is drawn, which is later. @returns why we differ on purpose */
function judgeImage({ slack }: NotificationWorld, given: NotificationGiven, expected: boolean): string | undefined {
  const messages = slack.calls.filter(({ method }) => method === 'chat.postMessage' || method === 'chat.update');
  const hasImage = messages.some((call) => JSON.stringify(call.arguments).includes('"type":"image"'));
  const isOn = (given.features ?? []).some((feature) => feature.endsWith('chartcuterie'));
  if (hasImage && !expected && !isOn) return 'what the other system can do when it is switched on, ours does';
  same(hasImage, expected);
  return undefined;
}

/** How many messages were tried. @returns why we differ on purpose */
async function judgeCount(
  world: NotificationWorld,
  given: NotificationGiven,
  expected: number,
): Promise<string | undefined> {
  const stored = await attempted(world);
  if (isGone(given) && expected === 0 && stored.length === 1) {
    same(stored[0]?.error?.code, 'workspace_gone');
    return 'what cannot be sent is stored with its reason, so that operators see it';
  }
  same(stored.length, expected);
  return undefined;
}

/** Those who draw; without a picture a message is whole, too. */
async function drawCharts({ app }: NotificationWorld): Promise<void> {
  for (const job of app.charts.takeAll()) {
    if (job.kind === 'incident-chart') await sendIncidentChart(app, job, delivery).catch(() => undefined);
  }
}

function isGone({ integration_status: status = 'active' }: NotificationGiven): boolean {
  return status !== 'active';
}

/** As the queue does it: again until it is done with. */
async function deliver({ app, told }: NotificationWorld, given: NotificationGiven): Promise<void> {
  for (let delivery = 0; delivery < deliveries; delivery += 1) {
    const table = delivery === 0 ? brokenLike(given, app.table) : app.table;
    try {
      return await renderAlert({ ...app, table }, told);
    } catch {
      app.clock.advance(laterMs);
    }
  }
}

/** The table as the first delivery finds it. */
function brokenLike(given: NotificationGiven, table: Table): Table {
  if (given.parent_lookup !== undefined) return { ...table, queryAll: () => raising() };
  return given.store_message === undefined ? table : withoutLastWrite(table);
}

// biome-ignore lint/correctness/useYield: it fails before there is anything to give.
async function* raising(): AsyncGenerator<never> {
  throw new Error('the table does not answer');
}

/** A table that takes the claim and then nothing more. */
function withoutLastWrite(table: Table): Table {
  let writes = 0;
  const update: Table['update'] = (...args) => {
    writes += 1;
    return writes > 1 ? Promise.reject(new Error('the table does not answer')) : table.update(...args);
  };
  return { ...table, update };
}

async function attempted(world: NotificationWorld): Promise<Notification[]> {
  const stored = await storedNotifications(world);
  return stored.filter(({ change, state }) => change === world.told.change && (state === 'sent' || state === 'failed'));
}

async function judge(world: NotificationWorld, { metric, stored, ...expected }: NotificationThen): Promise<void> {
  const all = await storedNotifications(world);
  const mine = all.find(({ change }) => change === world.told.change);
  const posts = world.slack.calls.filter(({ method }) => method === 'chat.postMessage').map((call) => call.arguments);
  const [post] = posts;
  const parent = idOf(
    world,
    all.find(({ messageTs }) => messageTs !== undefined && messageTs === post?.['thread_ts']),
  );
  const found: Readonly<Record<string, unknown>> = {
    result: mine?.state === 'sent',
    posted: posts.length === 1,
    thread_ts: post?.['thread_ts'] ?? null,
    reply_broadcast: String(post?.['reply_broadcast'] ?? false) === 'true',
    parent,
    unfurl_links: String(post?.['unfurl_links'] ?? true) === 'true',
    unfurl_media: String(post?.['unfurl_media'] ?? true) === 'true',
  };
  for (const [key, value] of Object.entries(expected)) {
    const [, id] = /^child_messages_of_(\d+)$/u.exec(key) ?? [];
    if (id !== undefined) same(sentAfter(world, all, Number(id)), value);
    else if (key in found) same(found[key], value);
    else throw new AssertionError({ message: `nothing of ours is called ${key}` });
  }
  if (metric !== undefined) same(world.app.counted.get(metric[0].replace(/^sentry\./u, '')), 1);
  if (stored !== undefined) judgeStored(mine, parent, stored);
}

function idOf({ changes }: NotificationWorld, parent: Notification | undefined): number | null {
  return [...changes].find(([, change]) => change === parent?.change)?.[0] ?? null;
}

/** What was told in the same place after a message. */
function sentAfter({ changes }: NotificationWorld, all: readonly Notification[], id: number): number {
  const first = changes.get(id) ?? 0;
  return all.filter(({ change, state }) => change > first && state === 'sent').length;
}

/** They keep the status of the answer and the answer; ours is Slack's own word, and that it failed. */
function judgeStored(mine: Notification | undefined, parent: number | null, expected: Record<string, unknown>): void {
  for (const [key, value] of Object.entries(expected)) {
    switch (key) {
      case 'error_code':
        same(mine?.state === 'failed', value !== null);
        break;
      case 'error_details.data':
        same(mine?.error?.code, (value as { error?: string }).error);
        break;
      case 'message_identifier':
        same(value === null ? mine?.messageTs : mine?.messageTs !== undefined, value === null ? undefined : true);
        break;
      case 'parent_id':
        same(parent, value);
        break;
      default:
        throw new AssertionError({ message: `nothing that is stored is called ${key}` });
    }
  }
}

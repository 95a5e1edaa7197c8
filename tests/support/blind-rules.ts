import { type AlertAction, insertRule } from '../../lib/alerts/alert-rule-store.ts';
import type { AlertRule } from '../../lib/alerts/index.ts';
import { insertState, loadState } from '../../lib/alerts/rule-state-store.ts';
import { firstState } from '../../lib/alerts/rules/first-state.ts';
import { isoTime } from '../../lib/platform/clock.ts';
import { readDueOutgoing, sendOutgoing } from '../../lib/slack/index.ts';
import { type AlertingApp, drain, schedule } from './alerting-app.ts';
import { slackChannels, slackWorkspace } from './slack-server.ts';
import { aRule } from './telling.ts';

// Rules whose metric cannot be read, and what is said of them.

/** The action of the channel. */
export const alerts: AlertAction = {
  ...{ type: 'slack', teamId: slackWorkspace.teamId },
  ...{ channelId: slackChannels.alerts.id, channelName: slackChannels.alerts.name },
};

/** What the channel reads while a rule cannot be read. */
export const blind = `Cannot be read in ${slackChannels.alerts.id}`;
/** What that message shows when it can be again. */
export const ended = `Read again in ${slackChannels.alerts.id}`;
/** The answer to it. */
export const again = `→ ${ended}`;

/** Every read is too much from now on, or none. */
export function canRead(app: AlertingApp, isReadable: boolean): void {
  const evaluationLimits = isReadable ? undefined : { partitions: 0, buckets: 0, numbers: 0 };
  Object.assign(app, { evaluationLimits });
}

/** One run of the schedule, so much later, with all that follows from it. */
export async function look(app: AlertingApp, minutes = 1): Promise<void> {
  app.clock.advance(minutes * 60_000);
  await schedule(app);
  await drain(app);
}

/** Looks at 9:01 and at 9:12 cannot read anything. */
export async function tenBlindMinutes(app: AlertingApp): Promise<void> {
  canRead(app, false);
  await look(app);
  await look(app, 11);
}

/** What the sweeper finds in the outbox, and the worker sends. */
export async function sweep(app: AlertingApp): Promise<void> {
  for (const id of await readDueOutgoing(app.table, { now: isoTime(app.clock.now()), limit: 100 })) {
    await sendOutgoing(app, id);
  }
}

/** Where the evaluation of a rule stands. */
export const stateOf = (app: AlertingApp, { id: ruleId, projectId }: AlertRule) =>
  loadState(app, { ruleId, projectId });

/** Titles of all messages, with their channels; those in threads with an arrow. */
export const said = (app: AlertingApp) =>
  app.slackServer.messages().map(({ channel, text, thread_ts: thread }) => {
    const title = /\|\*([^:]+)/u.exec(text)?.[1];
    return `${thread === undefined ? '' : '→ '}${title} in ${channel}`;
  });

/** All of the newest message. */
export const lastMessage = (app: AlertingApp) => JSON.stringify(app.slackServer.messages().at(-1));

/** A rule of errors that tells all of these. */
export async function ruleTelling(
  app: AlertingApp,
  actions: readonly AlertAction[],
  changes: Partial<AlertRule> = {},
): Promise<AlertRule> {
  const rule = aRule({
    projectId: app.project.id,
    triggers: [
      { label: 'critical', threshold: 100, actions: [...actions] },
      { label: 'warning', threshold: 50, actions: [...actions] },
    ],
    ...changes,
  });
  await app.table.write([insertRule(rule), insertState(firstState(rule, isoTime(app.clock.now())))]);
  return rule;
}

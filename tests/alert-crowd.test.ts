import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AlertRule } from '../lib/alerts/alert-rule-store.ts';
import { endIncidentForRule } from '../lib/alerts/end-incident-for-rule.ts';
import { putSubscription } from '../lib/alerts/incident-talk-store.ts';
import { resolveIncident } from '../lib/alerts/index.ts';
import { loadNotifications } from '../lib/alerts/notification-store.ts';
import type { Lookup } from '../lib/platform/lookup.ts';
import { putTeamChannel } from '../lib/slack/channel-link-store.ts';
import { evaluateAfter } from './support/alert-rounds.ts';
import { type AlertingApp, createAlertingApp, createRule, sendErrors } from './support/alerting-app.ts';
import { linkedMember } from './support/people-in-slack.ts';

// A transaction of DynamoDB takes a hundred writes; more people than that may be to be told of one change.

const organization = 'acme';
const reach: Lookup<() => boolean> = { keys: [], read: () => () => true };

let app: AlertingApp;
beforeEach(async () => {
  app = await createAlertingApp();
});
afterEach(() => app.slackServer.stop());

/** A rule that tells so many teams, each with a channel in so many workspaces, and nobody else. */
async function ruleOf(teams: number, workspaces: number): Promise<AlertRule> {
  const rule = await createRule(app);
  const names = Array.from({ length: teams }, (_, index) => `team-${index}`);
  for (let workspace = 0; workspace < workspaces; workspace += 1) {
    const channels = names.map((team, index) => ({
      ...{ organization, team, teamId: `T${workspace}` },
      channelId: `C${workspace}-${index}`,
    }));
    await app.table.write(channels.map((channel) => putTeamChannel(channel, undefined)));
  }
  const triggers = rule.triggers.map((trigger) => ({
    ...trigger,
    actions: names.map((team) => ({ type: 'team' as const, team })),
  }));
  const set = {
    expression: 'SET #triggers = :triggers',
    names: { '#triggers': 'triggers' },
    values: { ':triggers': triggers },
  };
  await app.table.update({ pk: `ALERT_RULE#${rule.id}`, sk: 'RULE' }, set);
  return { ...rule, triggers };
}

async function subscribers(count: number): Promise<void> {
  const people = await Promise.all(
    Array.from({ length: count }, (_, index) =>
      linkedMember(app, { id: `U${index}`, name: `Person ${index}`, email: `person${index}@acme.example` }),
    ),
  );
  await app.table.write(people.map((userId) => putSubscription({ organization, identifier: 1, userId, at: '' })));
}

async function open(): Promise<void> {
  await sendErrors(app, 11);
  await evaluateAfter(app, 1_000);
}

/** How many of each kind are told of a change; and what those hear who are not. */
async function told(status: 'critical' | 'closed') {
  const all = await loadNotifications(app, { organization, incident: 1 });
  const ofChange = all.filter((one) => one.status === status);
  const pending = ofChange.filter(({ state }) => state === 'pending').map(({ destination }) => destination.kind);
  const skipped = ofChange.filter(({ state }) => state === 'skipped').map(({ target, error }) => [target, error?.code]);
  return {
    channels: pending.filter((kind) => kind === 'channel').length,
    people: pending.filter((kind) => kind === 'person').length,
    skipped,
  };
}

describe('a rule that tells more than fit into a transaction', () => {
  it('opens its incident, tells as many as fit, and says how many were left out and what to do', async () => {
    await ruleOf(34, 3);
    await open();
    expect(await told('critical')).toEqual({ channels: 89, people: 0, skipped: [['nobody:more:13', 'too_many']] });
    const [left] = (await loadNotifications(app, { organization, incident: 1 })).filter(
      (one) => one.state !== 'pending',
    );
    expect(left?.error?.detail).toMatch(/^13 more .*one channel/u);
  });

  it.each([
    ['its metric', () => evaluateAfter(app, 120_000)],
    ['an edit of its rule', (rule: AlertRule) => endIncidentForRule(app, { rule, edited: rule, writes: [] })],
    [
      'a person',
      () => resolveIncident(app, { organization, identifier: 1, reach, by: { userId: 'u-eve', name: 'Eve' } }),
    ],
  ] as const)('closes it by %s, and leaves out subscribers first', async (_, end) => {
    const rule = await ruleOf(29, 2);
    await open();
    expect(await told('critical')).toEqual({ channels: 58, people: 0, skipped: [] });
    await subscribers(41);
    await end(rule);
    const skipped = [
      ['nobody:more:10', 'too_many'],
      ['nobody:subscribers:1', 'nobody_to_tell'],
    ];
    expect(await told('closed')).toEqual({ channels: 58, people: 30, skipped });
  });
});

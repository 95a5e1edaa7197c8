import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changeRule, loadRule } from '../lib/alerts/alert-rule-store.ts';
import { loadIncident } from '../lib/alerts/incident-store.ts';
import {
  type AlertRule,
  changeAlertRule,
  endSnooze,
  eraseProjectRules,
  removeAlertRule,
  snoozeAlertRule,
} from '../lib/alerts/index.ts';
import { loadNotifications } from '../lib/alerts/notification-store.ts';
import { loadState } from '../lib/alerts/rule-state-store.ts';
import { alertTitle } from './support/alert-titles.ts';
import {
  type AlertingApp,
  createAlertingApp,
  createRule,
  drain,
  schedule,
  sendErrors,
} from './support/alerting-app.ts';
import { linkPersonAndTeam } from './support/people-in-slack.ts';

const caller = { organization: 'acme' };
let app: AlertingApp;
let rule: AlertRule;
beforeEach(async () => {
  app = await createAlertingApp();
  rule = await createRule(app);
});
afterEach(() => app.slackServer.stop());

/** A minute with so many errors, and what the rule makes of it. */
async function minuteWith(errors: number): Promise<void> {
  app.clock.advance(1_000);
  if (errors > 0) await sendErrors(app, errors);
  await schedule(app);
  await drain(app);
}

/** Titles of all messages; those in threads with an arrow. */
const said = () =>
  app.slackServer.messages().map(({ text, thread_ts }) => `${thread_ts === undefined ? '' : '→ '}${alertTitle(text)}`);
const lastMessage = () => JSON.stringify(app.slackServer.messages().at(-1));
const change = (changes: object) => changeAlertRule(app, { caller, ruleId: rule.id, changes });

describe('a rule that is changed while its incident is open', () => {
  it('ends it with that reason, and finds what is wrong by its new terms as another', async () => {
    await minuteWith(11);
    await change({ name: 'Checkout is broken', revision: 1 });
    await drain(app);
    expect(said()).toEqual(['Resolved', '→ Resolved']);
    expect(lastMessage()).toContain('The rule was changed');
    await minuteWith(11);
    expect(said()).toEqual(['Resolved', '→ Resolved', 'Critical']);
    expect(lastMessage()).toContain('Checkout is broken');
  });

  it('goes on as it is when nothing is different', async () => {
    await minuteWith(11);
    await change({ name: rule.name });
    await drain(app);
    expect(said()).toEqual(['Critical']);
  });
});

describe('a rule that is deleted while its incident is open', () => {
  it('ends it, says so once, and leaves nothing to be judged', async () => {
    await minuteWith(11);
    await removeAlertRule(app, rule);
    await minuteWith(11);
    await minuteWith(11);
    expect(said()).toEqual(['Resolved', '→ Resolved']);
    expect(lastMessage()).toContain('The rule was deleted');
    expect(await loadState(app, { ruleId: rule.id, projectId: rule.projectId })).toBeUndefined();
  });
});

describe('what a deleted rule has found', () => {
  it('goes with its project, and nothing of another', async () => {
    await minuteWith(11);
    await removeAlertRule(app, rule);
    await minuteWith(0);
    const project = { organization: 'acme', projectId: rule.projectId };
    expect(await eraseProjectRules(app, { ...project, projectId: 'another' })).toBe('done');
    expect(await loadIncident(app, { organization: 'acme', identifier: 1 })).toBeDefined();
    for (let page = 0; page < 5 && (await eraseProjectRules(app, project)) === 'more'; page += 1);
    const left = await app.table.query({ partition: 'INCIDENT#acme#1', consistent: true });
    expect(left.items).toEqual([]);
  });
});

describe('a rule that is snoozed', () => {
  it('for everyone finds what it finds and tells nobody, until the next change behind its end', async () => {
    await snoozeAlertRule(app, { rule, userId: 'u-ada', target: 'everyone' });
    await minuteWith(11);
    expect(said()).toEqual([]);
    const skipped = { state: 'skipped', status: 'critical', error: { code: 'snoozed' } };
    expect(await loadNotifications(app, { organization: 'acme', incident: 1 })).toMatchObject([skipped]);
    await endSnooze(app, { rule, userId: 'u-mia', target: 'everyone' });
    await minuteWith(11);
    expect(said()).toEqual([]);
    await minuteWith(0);
    expect(said()).toEqual(['Resolved']);
  });

  it('for one person tells the others', async () => {
    const { user } = await linkPersonAndTeam(app);
    const actions = [{ type: 'user', targetIdentifier: user.userId }];
    const [critical] = rule.triggers;
    const triggers = [
      { label: 'critical', alertThreshold: critical?.threshold ?? 0, actions: [...channelOf(rule), ...actions] },
    ];
    await change({ triggers });
    const until = new Date(app.clock.now() + 90_000).toISOString();
    await snoozeAlertRule(app, { rule, userId: user.userId, target: 'me', until });
    await minuteWith(11);
    expect(app.slackServer.messages().map(({ channel }) => channel)).toEqual(['C0ALERTS01']);
    const told = await loadNotifications(app, { organization: 'acme', incident: 1 });
    const skipped = { state: 'skipped', error: { detail: expect.stringContaining('Ada has snoozed') as unknown } };
    expect(told).toMatchObject([skipped, { state: 'sent' }]);
    await minuteWith(0);
    const places = app.slackServer.messages().map(({ channel }) => channel.slice(0, 1));
    expect(places.filter((place) => place === 'D')).toHaveLength(1);
    expect(places).toHaveLength(3);
  });

  it('stays so when it is changed by who did not know of that', async () => {
    await snoozeAlertRule(app, { rule, userId: 'u-ada', target: 'everyone' });
    await app.table.write([changeRule({ ...rule, name: 'Other', revision: 2 }, rule)]);
    expect(await loadRule(app, rule.id)).toMatchObject({ name: 'Other', revision: 2, snooze: { by: 'u-ada' } });
  });
});

/** The channel that a rule tells, as it is sent. */
function channelOf({ triggers }: AlertRule) {
  return (triggers[0]?.actions ?? []).flatMap((action) =>
    action.type === 'slack'
      ? [{ type: action.type, inputChannelId: action.channelId, integrationId: action.teamId }]
      : [],
  );
}

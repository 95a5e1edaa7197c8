import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AlertAction, insertRule, snoozeRule } from '../lib/alerts/alert-rule-store.ts';
import {
  type AlertRule,
  changeAlertRule,
  eraseProjectRules,
  evaluateAlert,
  lookUpRuleNames,
  removeAlertRule,
  showAlert,
} from '../lib/alerts/index.ts';
import { insertState, loadState } from '../lib/alerts/rule-state-store.ts';
import { firstState } from '../lib/alerts/rules/first-state.ts';
import { isoTime } from '../lib/platform/clock.ts';
import { addWorkspace, readDueOutgoing, sendOutgoing, switchOffWorkspace } from '../lib/slack/index.ts';
import {
  type AlertingApp,
  createAlertingApp,
  createRule,
  drain,
  schedule,
  sendErrors,
} from './support/alerting-app.ts';
import { type Failure, failOnce } from './support/fail-once.ts';
import { linkPersonAndTeam } from './support/people-in-slack.ts';
import { slackChannels, slackWorkspace } from './support/slack-server.ts';
import { aRule } from './support/telling.ts';

// Rules whose metric cannot be read: who hears of that, and of its end.

const minute = 60_000;
const { teamId } = slackWorkspace;
const alerts: AlertAction = {
  ...{ type: 'slack', teamId, channelId: slackChannels.alerts.id, channelName: slackChannels.alerts.name },
};
let app: AlertingApp;
beforeEach(async () => {
  app = await createAlertingApp();
});
afterEach(() => app.slackServer.stop());

/** Every read is too much from now on, or none. */
const canRead = (isReadable: boolean) =>
  Object.assign(app, {
    evaluationLimits: isReadable ? undefined : { partitions: 0, buckets: 0, numbers: 0 },
  });

async function look(minutes = 1): Promise<void> {
  app.clock.advance(minutes * minute);
  await schedule(app);
  await drain(app);
}

/** Looks at 9:01 and at 9:12 cannot read anything. */
async function tenBlindMinutes(): Promise<void> {
  canRead(false);
  await look();
  await look(11);
}

/** What the sweeper finds in the outbox, and the worker sends. */
async function sweep(world = app): Promise<void> {
  for (const id of await readDueOutgoing(world.table, { now: isoTime(world.clock.now()), limit: 100 })) {
    await sendOutgoing(world, id);
  }
}

const stateOf = ({ id: ruleId, projectId }: AlertRule) => loadState(app, { ruleId, projectId });

/** Titles of all messages, with their channels; those in threads with an arrow. */
const said = () =>
  app.slackServer.messages().map(({ channel, text, thread_ts: thread }) => {
    const title = /\|\*([^:]+)/u.exec(text)?.[1];
    return `${thread === undefined ? '' : '→ '}${title} in ${channel}`;
  });
const blind = `Cannot be read in ${slackChannels.alerts.id}`;
/** What the first message shows by then, and the answer to it. */
const ended = `Read again in ${slackChannels.alerts.id}`;
const again = `→ ${ended}`;
const lastMessage = () => JSON.stringify(app.slackServer.messages().at(-1));

/** A rule of errors that tells all of these. */
async function ruleTelling(actions: readonly AlertAction[], changes: Partial<AlertRule> = {}): Promise<AlertRule> {
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

describe('a rule that cannot be read', () => {
  it('is told once after ten minutes, and once when it can be read again', async () => {
    const rule = await createRule(app);
    canRead(false);
    await look();
    for (let minutes = 0; minutes < 9; minutes += 1) await look();
    expect(said()).toEqual([]);
    await look();
    expect(said()).toEqual([blind]);
    expect(lastMessage()).toContain(`/organizations/acme/alerts/rules/details/${rule.id}/`);
    expect(lastMessage()).toContain('2026-03-02 09:01 UTC');
    expect(lastMessage()).toContain('Send it with fewer different values of tags');
    for (let minutes = 0; minutes < 12; minutes += 1) await look();
    expect(said()).toEqual([blind]);
    canRead(true);
    await look(10);
    expect(said()).toEqual([ended, again]);
    expect(lastMessage()).toMatch(/Nothing was judged from [^.]*09:01 UTC> to [^.]*09:24 UTC>/u);
    await look(20);
    expect(said()).toEqual([ended, again]);
    expect(await stateOf(rule)).not.toHaveProperty('outage');
  });

  it('is told anew when it happens anew', async () => {
    await createRule(app);
    await tenBlindMinutes();
    canRead(true);
    await look(10);
    await tenBlindMinutes();
    expect(said()).toEqual([ended, again, blind]);
  });

  it('says which incident stays open, and is silent about it no longer when it can be read', async () => {
    await createRule(app);
    await sendErrors(app, 11);
    await look();
    await tenBlindMinutes();
    expect(lastMessage()).toContain('Incident #1 stays open');
    canRead(true);
    await look(10);
    const [first, ...others] = said();
    expect(first).toContain('Resolved');
    expect(new Set(others)).toEqual(new Set([ended, `→ Resolved in ${slackChannels.alerts.id}`, again]));
  });

  it('is told in the channel again, when its rule wants no threads', async () => {
    await ruleTelling([alerts], { threads: 'messages' });
    await tenBlindMinutes();
    canRead(true);
    await look(10);
    expect(said()).toEqual([blind, ended]);
  });

  it('is told to channels, teams and people that its actions name, each once, and to no webhook', async () => {
    const { user, team } = await linkPersonAndTeam(app);
    const webhook: AlertAction = { type: 'webhook', url: 'https://a.example/', sealedSecret: 's' };
    await ruleTelling([alerts, team, user, webhook]);
    await tenBlindMinutes();
    expect(new Set(said())).toEqual(new Set([blind, 'Cannot be read in D0ADA00001']));
    expect(said()).toHaveLength(2);
    canRead(true);
    await look(10);
    const all = [ended, again, 'Read again in D0ADA00001', '→ Read again in D0ADA00001'];
    expect(new Set(said())).toEqual(new Set(all));
    expect(said()).toHaveLength(all.length);
  });

  it('is no good news below a link to it', async () => {
    const rule = await createRule(app);
    canRead(false);
    await look();
    const caller = { organization: 'acme', kind: 'organization', scopes: [], tokenId: '1', tokenHash: '' } as const;
    const box = await showAlert(app, { caller, ruleId: rule.id });
    expect(box).toMatchObject({
      color: '#FFC227',
      fallback: expect.stringContaining('Cannot be read: Checkout errors'),
    });
    expect(JSON.stringify(box)).not.toMatch(/Resolved|"actions"/u);
  });

  it('is counted for the alarm at every look from then on', async () => {
    await createRule(app);
    await tenBlindMinutes();
    await look();
    expect(app.counted.get('incidents.alert_rules.unreadable')).toBe(2);
  });
});

describe('nobody hears that a rule cannot be read', () => {
  const forEveryone = (until: string | null) => ({ until, by: 'u-1', at: '2026-01-01T00:00:00.000Z' });

  it('while it is snoozed for everyone; both are told when that is over', async () => {
    const rule = await createRule(app);
    await app.table.write([snoozeRule(rule.id, forEveryone(null))]);
    await tenBlindMinutes();
    expect(said()).toEqual([]);
    expect(app.counted.get('incidents.alert_rules.unreadable')).toBeUndefined();
    await app.table.write([snoozeRule(rule.id, null)]);
    await look();
    expect(said()).toEqual([blind]);
    await app.table.write([snoozeRule(rule.id, forEveryone(isoTime(app.clock.now() + 15 * minute)))]);
    canRead(true);
    await look(10);
    expect(said()).toEqual([blind]);
    await look(5);
    expect(lastMessage(), 'it was read again long before').toMatch(/ to [^.]*09:14 UTC>/u);
    expect(said()).toEqual([ended, again]);
  });

  it('when it is deleted before', async () => {
    const rule = await createRule(app);
    canRead(false);
    await look();
    await removeAlertRule(app, rule);
    await look(11);
    expect(said()).toEqual([]);
  });

  it.each([
    ['the rule', (rule: AlertRule) => removeAlertRule(app, rule)],
    ['its project', ({ projectId }: AlertRule) => eraseProjectRules(app, { organization: 'acme', projectId })],
  ])('when %s is deleted before Slack could take it', async (_, end) => {
    const rule = await createRule(app);
    app.slackServer.fail('chat.postMessage', { status: 429, retryAfterSeconds: 900 });
    await tenBlindMinutes();
    await end(rule);
    await look(16);
    await sweep();
    expect(said()).toEqual([]);
  });

  it('in a workspace that the organization is not connected to any more', async () => {
    const rule = await createRule(app);
    app.clock.advance(1_000);
    await switchOffWorkspace(app, { teamId, reason: 'app_uninstalled', eventTime: app.clock.now() / 1_000 });
    await tenBlindMinutes();
    expect(await stateOf(rule)).not.toHaveProperty('outage');
    expect(app.lines).toContainEqual(
      expect.objectContaining({ message: 'nobody can be told that a rule cannot be read', level: 'warn' }),
    );
    await addWorkspace(app, { organization: 'acme', ...slackWorkspace });
    await look();
    expect(said(), 'it is connected again').toEqual([blind]);
  });
});

describe('a rule that is changed while it cannot be read', () => {
  const caller = { organization: 'acme' };

  it('is told to those whom it names only now, and its end to all who were told', async () => {
    const { user } = await linkPersonAndTeam(app);
    const rule = await createRule(app);
    await tenBlindMinutes();
    const actions = [{ type: 'user', targetIdentifier: user.userId }];
    const triggers = [{ label: 'critical', alertThreshold: 20, actions }];
    await changeAlertRule(app, { caller, ruleId: rule.id, changes: { triggers } as never });
    await look();
    expect(said()).toEqual([blind]);
    await look(11);
    expect(said()).toEqual([blind, 'Cannot be read in D0ADA00001']);
    canRead(true);
    await look(10);
    expect(new Set(said().slice(2))).toEqual(new Set([again, '→ Read again in D0ADA00001']));
  });

  it('is told to be read again when that was the cure', async () => {
    const rule = await createRule(app);
    await tenBlindMinutes();
    await changeAlertRule(app, { caller, ruleId: rule.id, changes: { timeWindow: 5 } as never });
    canRead(true);
    await look();
    expect(said()).toEqual([ended, again]);
  });
});

describe('what is told of a rule that cannot be read', () => {
  it('is told once when two evaluate it at the same time, and again', async () => {
    await createRule(app);
    canRead(false);
    await look();
    app.clock.advance(11 * minute);
    await schedule(app);
    const [message] = app.evaluations.takeAll();
    if (message === undefined) throw new TypeError('nothing is due');
    await Promise.all([evaluateAlert(app, message), evaluateAlert(app, message)]);
    await evaluateAlert(app, message);
    await drain(app);
    await sweep();
    expect(said()).toEqual([blind]);
  });

  it('waits for as long as Slack asks, and its end waits for it', async () => {
    await createRule(app);
    canRead(false);
    await look();
    app.slackServer.fail('chat.postMessage', { status: 429, retryAfterSeconds: 900 });
    await look(11);
    expect(said()).toEqual([]);
    canRead(true);
    await look(10);
    await sweep();
    expect(said()).toEqual([]);
    app.clock.advance(6 * minute);
    await sweep();
    expect(said()).toEqual([ended, again]);
  });

  it('ends for everybody but those who wait for its beginning, and for them after it', async () => {
    const { user } = await linkPersonAndTeam(app);
    const rule = await ruleTelling([alerts, user]);
    canRead(false);
    await look();
    app.slackServer.fail('chat.postMessage', { status: 429, retryAfterSeconds: 900 });
    await look(11);
    expect(said()).toEqual(['Cannot be read in D0ADA00001']);
    canRead(true);
    await look(10);
    const hers = ['Read again in D0ADA00001', '→ Read again in D0ADA00001'];
    expect(said()).toEqual(hers);
    expect(await stateOf(rule)).not.toHaveProperty('outage');
    app.clock.advance(6 * minute);
    await sweep();
    expect(said()).toEqual([...hers, ended, again]);
  });

  it('has no end for whom Slack refuses its beginning late', async () => {
    await createRule(app);
    canRead(false);
    await look();
    app.slackServer.fail('chat.postMessage', { status: 429, retryAfterSeconds: 900 });
    await look(11);
    canRead(true);
    await look(10);
    app.slackServer.fail('chat.postMessage', { error: 'not_in_channel' });
    app.clock.advance(6 * minute);
    await sweep();
    expect(said()).toEqual([]);
  });

  it('has no end for who was not told of its beginning, and the rule says so', async () => {
    const rule = await createRule(app);
    app.slackServer.fail('chat.postMessage', { error: 'not_in_channel' });
    await tenBlindMinutes();
    const names = await lookUpRuleNames(app, { organization: 'acme' }, [rule]);
    expect(names.difficulty(rule)?.told).toEqual([
      {
        ...{ destination: '#alerts', state: 'failed' },
        error: { code: 'not_in_channel', detail: expect.stringContaining('Invite') },
      },
    ]);
    canRead(true);
    await look(10);
    expect(said()).toEqual([]);
  });

  /** A rule that cannot be read is told of, and can be read again; the call with this number fails. */
  async function storyWith(number: number, failure: Failure) {
    await createRule(app);
    canRead(false);
    await look();
    const before = said().length;
    const trouble = failOnce(number, failure);
    const world = {
      ...app,
      table: trouble.over('table', app.table),
      slack: trouble.over('slack', app.slack),
      outgoing: trouble.over('outgoing', app.outgoing),
    };
    const lookAt = async (minutes: number) => {
      app.clock.advance(minutes * minute);
      await schedule(app);
      for (const message of app.evaluations.takeAll()) await evaluateAlert(world, message).catch(() => {});
      for (const { id } of app.outgoing.takeAll()) await sendOutgoing(world, id).catch(() => {});
      await sweep(world).catch(() => {});
    };
    await lookAt(11);
    await lookAt(2);
    Object.assign(world, { evaluationLimits: undefined });
    await lookAt(10);
    await lookAt(2);
    await lookAt(2);
    for (const key of await ruleKeys()) await app.table.write([{ delete: key }]);
    return { trouble, told: said().slice(before) };
  }

  /** Later stories are not to look at the rules of earlier ones. */
  async function ruleKeys() {
    const rules = await app.table.query({ index: 'gsi1', partition: 'ORG#acme#ALERT_RULES' });
    return rules.items.flatMap(({ pk, sk }) => [
      { pk, sk },
      { pk, sk: `STATE#${app.project.id}` },
    ]);
  }

  it.each<Failure>(['before', 'after'])(
    'is told once whichever write or call of Slack fails: %s it did something',
    async (failure) => {
      const { trouble, told } = await storyWith(Number.POSITIVE_INFINITY, failure);
      expect(told).toEqual([ended, again]);
      const changes = trouble.calls.flatMap((name, index) => (/batchGet|query|\.get/u.test(name) ? [] : [index + 1]));
      expect(changes.length).toBeGreaterThan(8);
      for (const number of changes) {
        const one = await storyWith(number, failure);
        expect(one.told, `call ${number}, ${one.trouble.failed}`).toEqual([ended, again]);
      }
    },
    60_000,
  );
});

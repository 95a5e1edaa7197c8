import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AlertAction, AlertRule } from '../lib/alerts/alert-rule-store.ts';
import { endIncidentForRule } from '../lib/alerts/end-incident-for-rule.ts';
import {
  commentOnIncident,
  resolveIncident,
  subscribeToIncident,
  unsubscribeFromIncident,
} from '../lib/alerts/index.ts';
import { loadNotifications } from '../lib/alerts/notification-store.ts';
import { putPersonalSnooze } from '../lib/alerts/rules/rule-snooze-store.ts';
import { createTeam } from '../lib/organizations/index.ts';
import { isoTime } from '../lib/platform/clock.ts';
import type { Lookup } from '../lib/platform/lookup.ts';
import { updateProject } from '../lib/projects/index.ts';
import { alertTitle } from './support/alert-titles.ts';
import {
  type AlertingApp,
  createAlertingApp,
  createRule,
  drain,
  otherSlackPerson,
  schedule,
  sendErrors,
  slackPerson,
} from './support/alerting-app.ts';
import { linkedMember } from './support/people-in-slack.ts';
import { slackChannels } from './support/slack-server.ts';

const reach: Lookup<() => boolean> = { keys: [], read: () => () => true };
const incident = { organization: 'acme', identifier: 1, reach };

let app: AlertingApp;
let rule: AlertRule;
let ada: string;
let mia: string;
beforeEach(async () => {
  app = await createAlertingApp();
  [ada, mia] = await Promise.all([linkedMember(app, slackPerson), linkedMember(app, otherSlackPerson)]);
  rule = await createRule(app);
});
afterEach(() => app.slackServer.stop());

async function open(): Promise<void> {
  await sendErrors(app, 11);
  await passAndRun(1_000);
}

async function passAndRun(milliseconds: number): Promise<void> {
  app.clock.advance(milliseconds);
  await schedule(app);
  await drain(app);
}

const ends = () => passAndRun(120_000);
const subscribe = (...userIds: readonly string[]) =>
  Promise.all(userIds.map((userId) => subscribeToIncident(app, { ...incident, userId })));

/** The titles of all messages, in the channel (#) and to people. */
const said = () =>
  app.slackServer
    .messages()
    .map(({ channel, text }) => `${channel === slackChannels.alerts.id ? '#' : '@'} ${alertTitle(text)}`)
    .sort((one, other) => Number(one > other) - Number(one < other));

async function change(changes: Partial<Pick<AlertRule, 'triggers' | 'snooze'>>): Promise<void> {
  for (const [name, value] of Object.entries(changes)) {
    const set = { expression: 'SET #name = :value', names: { '#name': name }, values: { ':value': value } };
    await app.table.update({ pk: `ALERT_RULE#${rule.id}`, sk: 'RULE' }, set);
  }
  rule = { ...rule, ...changes };
}

async function tellToo(action: AlertAction): Promise<void> {
  await change({ triggers: rule.triggers.map((one) => ({ ...one, actions: [...one.actions, action] })) });
}

async function turnToWarning(): Promise<void> {
  await sendErrors(app, 7);
  await passAndRun(1_000);
}

describe('who has subscribed to an incident', () => {
  it('is told of its next change by direct message, like everybody else', async () => {
    await open();
    await subscribe(ada, mia);
    await ends();
    expect(said()).toEqual(['# Resolved', '# Resolved', '@ Resolved', '@ Resolved']);
    const direct = app.slackServer.messages().filter(({ channel }) => channel.startsWith('D'));
    expect(JSON.stringify(direct[0]?.attachments)).toContain('Lasted');
  });

  it('is told once when the rule names them as well', async () => {
    await tellToo({ type: 'user', userId: ada });
    await open();
    await subscribe(ada);
    await ends();
    expect(said()).toEqual(['# Resolved', '# Resolved', '@ Resolved', '@ Resolved']);
    const changes = await loadNotifications(app, { organization: 'acme', incident: 1 });
    expect(changes.filter(({ destination }) => destination.kind === 'person').map(({ change }) => change)).toEqual([
      3, 4,
    ]);
  });

  it.each([
    ['has unsubscribed', () => unsubscribeFromIncident(app, { ...incident, userId: ada })],
    ['has snoozed the rule', () => snooze(null)],
    ['has snoozed it until later', () => snooze(isoTime(app.clock.now() + 3_600_000))],
  ] as const)('hears nothing who %s', async (_, quieten) => {
    await open();
    await subscribe(ada);
    await quieten();
    await ends();
    expect(said()).toEqual(['# Resolved', '# Resolved']);
  });

  it('is told again when the snooze is over', async () => {
    await open();
    await subscribe(ada);
    await snooze(isoTime(app.clock.now() + 60_000));
    await ends();
    expect(said()).toContain('@ Resolved');
  });

  it.each([
    ['somebody else', () => mia, ['# Resolved', '# Resolved', '@ Resolved']],
    ['themselves', () => ada, ['# Resolved', '# Resolved']],
  ] as const)('hears of an end by the hand of %s as that is news or not', async (_, whose, expected) => {
    await open();
    await subscribe(ada);
    await resolveIncident(app, { ...incident, by: { userId: whose(), name: 'Somebody' } });
    await drain(app);
    expect(said()).toEqual(expected);
  });

  it('hears of an end with the rule', async () => {
    await open();
    await subscribe(ada);
    await endIncidentForRule(app, { rule, writes: [] });
    await drain(app);
    expect(said()).toEqual(['# Resolved', '# Resolved', '@ Resolved']);
  });

  it('reads of it on the page when no Slack user is theirs', async () => {
    await open();
    await subscribe('somebody-else');
    await ends();
    expect(said()).toEqual(['# Resolved', '# Resolved']);
    expect(await loadNotifications(app, { organization: 'acme', incident: 1 })).toHaveLength(2);
  });
});

const leave = (userId: string) => app.table.write([{ delete: { pk: 'ORG#acme', sk: `MEMBER#${userId}` } }]);

/** From now on the project belongs to a team that nobody is in. */
async function giveAway(): Promise<void> {
  await createTeam(app, { organization: 'acme', slug: 'others', members: [] });
  await updateProject(app, { organization: 'acme', project: 'web', changes: { team: 'others' } });
}

describe('who may hear of an incident no more', () => {
  const endings = [
    ['its metric', ends],
    [
      'a person',
      async () => {
        await resolveIncident(app, { ...incident, by: { userId: mia, name: 'Mia' } });
        await drain(app);
      },
    ],
    [
      'an edit of its rule',
      async () => {
        await endIncidentForRule(app, { rule, edited: rule, writes: [] });
        await drain(app);
      },
    ],
  ] as const;
  const without = [
    ['has left', () => leave(ada)],
    ['reaches the project no more', giveAway],
  ] as const;

  it.each(endings.flatMap(([end, byEnd]) => without.map(([how, lose]) => [end, how, byEnd, lose] as const)))(
    'is not told of an end by %s who subscribed, heard of it before, and %s',
    async (_end, _how, byEnd, lose) => {
      await change({ triggers: [...rule.triggers, { label: 'warning', threshold: 5, actions: [] }] });
      await open();
      await subscribe(ada);
      await turnToWarning();
      expect(said().filter((text) => text.startsWith('@'))).toEqual(['@ Warning']);
      await lose();
      await byEnd();
      expect(said().filter((text) => text.startsWith('@'))).toEqual(['@ Warning']);
    },
  );

  it.each([
    ['somebody who is still in the organization', async () => undefined, '@ Resolved'],
    ['nobody who has left', leave, '@ Critical'],
  ] as const)('is %s when the rule names them, whatever they reach', async (_, lose, expected) => {
    await tellToo({ type: 'user', userId: ada });
    await open();
    await giveAway();
    await lose(ada);
    await endIncidentForRule(app, { rule, edited: rule, writes: [] });
    await drain(app);
    expect(said()).toContain(expected);
  });

  it.each([
    ['has left', () => leave(ada)],
    ['reaches the project no more', giveAway],
    ['has snoozed the rule', () => snooze(null)],
    ['is told of a rule that is snoozed for everybody', () => snoozeForAll()],
  ] as const)('gets no comment who %s', async (_, lose) => {
    await open();
    await subscribe(ada);
    const comment = () => commentOnIncident(app, { ...incident, by: { userId: mia, name: 'Mia' }, text: 'Looking.' });
    expect((await comment()).told).toHaveLength(1);
    await lose();
    expect((await comment()).told).toEqual([]);
  });
});

describe('an incident whose rule is snoozed for everybody', () => {
  it('is shown as it is on the message that stands there, and told nobody anew, when a person resolves it', async () => {
    await tellToo({ type: 'webhook', url: 'https://hooks.acme.example/alerts', sealedSecret: 'sealed' });
    await open();
    await subscribe(ada);
    await snoozeForAll();
    await resolveIncident(app, { ...incident, by: { userId: mia, name: 'Mia' } });
    await drain(app);
    expect(said()).toEqual(['# Resolved']);
    const ofEnd = (await loadNotifications(app, { organization: 'acme', incident: 1 })).filter(
      ({ status }) => status === 'closed',
    );
    expect(ofEnd.map(({ destination, state, error }) => [destination.kind, state, error?.code])).toEqual([
      ['person', 'skipped', 'snoozed'],
      ['channel', 'sent', undefined],
      ['webhook', 'skipped', 'snoozed'],
    ]);
  });

  it('is snoozed until a time after the year 9999, too', async () => {
    await snoozeForAll('+010000-01-01T00:59:59.000Z');
    await open();
    expect(said()).toEqual([]);
  });
});

describe('a person whom a rule names', () => {
  it('is not told while they have snoozed the rule, which is recorded with its reason', async () => {
    await tellToo({ type: 'user', userId: ada });
    await snooze(null);
    await open();
    expect(said()).toEqual(['# Critical']);
    const skipped = (await loadNotifications(app, { organization: 'acme', incident: 1 })).filter(
      ({ state }) => state === 'skipped',
    );
    expect(skipped).toMatchObject([{ destination: { kind: 'nobody', reason: expect.stringContaining('snoozed') } }]);
  });
});

const snoozeForAll = (until: string | null = null) =>
  change({ snooze: { until, at: isoTime(app.clock.now()), by: 'u-eve' } });

async function snooze(until: string | null): Promise<void> {
  const at = isoTime(app.clock.now());
  await app.table.write([putPersonalSnooze({ ruleId: rule.id, userId: ada, until, at })]);
}

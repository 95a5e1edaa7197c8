import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AlertAction, snoozeRule } from '../lib/alerts/alert-rule-store.ts';
import { type AlertRule, changeAlertRule, eraseProjectRules, removeAlertRule, showAlert } from '../lib/alerts/index.ts';
import { isoTime } from '../lib/platform/clock.ts';
import { addWorkspace, switchOffWorkspace } from '../lib/slack/index.ts';
import { type AlertingApp, createAlertingApp, createRule, sendErrors } from './support/alerting-app.ts';
import {
  again,
  alerts,
  blind,
  canRead,
  ended,
  lastMessage,
  look,
  ruleTelling,
  said,
  stateOf,
  sweep,
  tenBlindMinutes,
} from './support/blind-rules.ts';
import { linkPersonAndTeam } from './support/people-in-slack.ts';
import { slackChannels, slackWorkspace } from './support/slack-server.ts';

// Rules whose metric cannot be read: who hears of that, and of its end.

const minute = 60_000;
const { teamId } = slackWorkspace;
let app: AlertingApp;
beforeEach(async () => {
  app = await createAlertingApp();
});
afterEach(() => app.slackServer.stop());

describe('a rule that cannot be read', () => {
  it('is told once after ten minutes, and once when it can be read again', async () => {
    const rule = await createRule(app);
    canRead(app, false);
    await look(app);
    for (let minutes = 0; minutes < 9; minutes += 1) await look(app);
    expect(said(app)).toEqual([]);
    await look(app);
    expect(said(app)).toEqual([blind]);
    expect(lastMessage(app)).toContain(`/organizations/acme/alerts/rules/details/${rule.id}/`);
    expect(lastMessage(app)).toContain('2026-03-02 09:01 UTC');
    expect(lastMessage(app)).toContain('Send it with fewer different values of tags');
    for (let minutes = 0; minutes < 12; minutes += 1) await look(app);
    expect(said(app)).toEqual([blind]);
    canRead(app, true);
    await look(app, 10);
    expect(said(app)).toEqual([ended, again]);
    expect(lastMessage(app)).toMatch(/Nothing was judged from [^.]*09:01 UTC> to [^.]*09:24 UTC>/u);
    await look(app, 20);
    expect(said(app)).toEqual([ended, again]);
    expect(await stateOf(app, rule)).not.toHaveProperty('outage');
  });

  it('is told anew when it happens anew', async () => {
    await createRule(app);
    await tenBlindMinutes(app);
    canRead(app, true);
    await look(app, 10);
    await tenBlindMinutes(app);
    expect(said(app)).toEqual([ended, again, blind]);
  });

  it('says which incident stays open, and is silent about it no longer when it can be read', async () => {
    await createRule(app);
    await sendErrors(app, 11);
    await look(app);
    await tenBlindMinutes(app);
    expect(lastMessage(app)).toContain('Incident #1 stays open');
    canRead(app, true);
    await look(app, 10);
    const [first, ...others] = said(app);
    expect(first).toContain('Resolved');
    expect(new Set(others)).toEqual(new Set([ended, `→ Resolved in ${slackChannels.alerts.id}`, again]));
  });

  it('is told also where not even whole hours can be read', async () => {
    await ruleTelling(app, [alerts], { windowSeconds: 3_600 });
    canRead(app, false);
    for (let minutes = 0; minutes < 60; minutes += 1) await look(app);
    expect(said(app), 'the first hour to be read ends at ten').toEqual([]);
    for (let minutes = 0; minutes < 70; minutes += 1) await look(app);
    expect(said(app)).toEqual([blind]);
    canRead(app, true);
    await look(app, 10);
    expect(said(app)).toEqual([ended, again]);
  });

  it('is told in the channel again, when its rule wants no threads', async () => {
    await ruleTelling(app, [alerts], { threads: 'messages' });
    await tenBlindMinutes(app);
    canRead(app, true);
    await look(app, 10);
    expect(said(app)).toEqual([blind, ended]);
  });

  it('is told to channels, teams and people that its actions name, each once, and to no webhook', async () => {
    const { user, team } = await linkPersonAndTeam(app);
    const webhook: AlertAction = { type: 'webhook', url: 'https://a.example/', sealedSecret: 's' };
    await ruleTelling(app, [alerts, team, user, webhook]);
    await tenBlindMinutes(app);
    expect(new Set(said(app))).toEqual(new Set([blind, 'Cannot be read in D0ADA00001']));
    expect(said(app)).toHaveLength(2);
    canRead(app, true);
    await look(app, 10);
    const all = [ended, again, 'Read again in D0ADA00001', '→ Read again in D0ADA00001'];
    expect(new Set(said(app))).toEqual(new Set(all));
    expect(said(app)).toHaveLength(all.length);
  });

  it('is no good news below a link to it', async () => {
    const rule = await createRule(app);
    canRead(app, false);
    await look(app);
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
    await tenBlindMinutes(app);
    await look(app);
    expect(app.counted.get('incidents.alert_rules.unreadable')).toBe(2);
  });
});

describe('nobody hears that a rule cannot be read', () => {
  const forEveryone = (until: string | null) => ({ until, by: 'u-1', at: '2026-01-01T00:00:00.000Z' });

  it('while it is snoozed for everyone; both are told when that is over', async () => {
    const rule = await createRule(app);
    await app.table.write([snoozeRule(rule.id, forEveryone(null))]);
    await tenBlindMinutes(app);
    expect(said(app)).toEqual([]);
    expect(app.counted.get('incidents.alert_rules.unreadable')).toBeUndefined();
    await app.table.write([snoozeRule(rule.id, null)]);
    await look(app);
    expect(said(app)).toEqual([blind]);
    await app.table.write([snoozeRule(rule.id, forEveryone(isoTime(app.clock.now() + 15 * minute)))]);
    canRead(app, true);
    await look(app, 10);
    expect(said(app)).toEqual([blind]);
    await look(app, 5);
    expect(lastMessage(app), 'it was read again long before').toMatch(/ to [^.]*09:14 UTC>/u);
    expect(said(app)).toEqual([ended, again]);
  });

  it('when it is deleted before', async () => {
    const rule = await createRule(app);
    canRead(app, false);
    await look(app);
    await removeAlertRule(app, rule);
    await look(app, 11);
    expect(said(app)).toEqual([]);
  });

  it.each([
    ['the rule', (rule: AlertRule) => removeAlertRule(app, rule)],
    ['its project', ({ projectId }: AlertRule) => eraseProjectRules(app, { organization: 'acme', projectId })],
  ])('when %s is deleted before Slack could take it', async (_, end) => {
    const rule = await createRule(app);
    app.slackServer.fail('chat.postMessage', { status: 429, retryAfterSeconds: 900 });
    await tenBlindMinutes(app);
    await end(rule);
    await look(app, 16);
    await sweep(app);
    expect(said(app)).toEqual([]);
  });

  it('in a workspace that the organization is not connected to any more', async () => {
    const rule = await createRule(app);
    app.clock.advance(1_000);
    await switchOffWorkspace(app, { teamId, reason: 'app_uninstalled', eventTime: app.clock.now() / 1_000 });
    await tenBlindMinutes(app);
    expect(await stateOf(app, rule)).not.toHaveProperty('outage');
    expect(app.lines).toContainEqual(
      expect.objectContaining({ message: 'nobody can be told that a rule cannot be read', level: 'warn' }),
    );
    await addWorkspace(app, { organization: 'acme', ...slackWorkspace });
    await look(app);
    expect(said(app), 'it is connected again').toEqual([blind]);
  });
});

describe('a rule that is changed while it cannot be read', () => {
  const caller = { organization: 'acme' };

  it('is told to those whom it names only now, and its end to all who were told', async () => {
    const { user } = await linkPersonAndTeam(app);
    const rule = await createRule(app);
    await tenBlindMinutes(app);
    const actions = [{ type: 'user', targetIdentifier: user.userId }];
    const triggers = [{ label: 'critical', alertThreshold: 20, actions }];
    await changeAlertRule(app, { caller, ruleId: rule.id, changes: { triggers } as never });
    await look(app);
    expect(said(app)).toEqual([blind]);
    await look(app, 11);
    expect(said(app)).toEqual([blind, 'Cannot be read in D0ADA00001']);
    canRead(app, true);
    await look(app, 10);
    expect(new Set(said(app).slice(2))).toEqual(new Set([again, '→ Read again in D0ADA00001']));
  });

  it('is told to be read again when that was the cure', async () => {
    const rule = await createRule(app);
    await tenBlindMinutes(app);
    await changeAlertRule(app, { caller, ruleId: rule.id, changes: { timeWindow: 5 } as never });
    canRead(app, true);
    await look(app);
    expect(said(app)).toEqual([ended, again]);
  });
});

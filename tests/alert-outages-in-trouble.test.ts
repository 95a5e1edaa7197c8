import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changeAlertRule, evaluateAlert, lookUpRuleNames } from '../lib/alerts/index.ts';
import { sendOutgoing } from '../lib/slack/index.ts';
import { type AlertingApp, createAlertingApp, createRule, drain, schedule } from './support/alerting-app.ts';
import {
  again,
  alerts,
  blind,
  canRead,
  ended,
  look,
  ruleTelling,
  said,
  stateOf,
  sweep,
  tenBlindMinutes,
} from './support/blind-rules.ts';
import { type Failure, failOnce } from './support/fail-once.ts';
import { linkPersonAndTeam } from './support/people-in-slack.ts';

// What is told of rules that cannot be read, in trouble: at Slack, at the table, between two who evaluate.

const minute = 60_000;
let app: AlertingApp;
beforeEach(async () => {
  app = await createAlertingApp();
});
afterEach(() => app.slackServer.stop());

describe('what is told of a rule that cannot be read', () => {
  it('is told once when two evaluate it at the same time, and again', async () => {
    await createRule(app);
    canRead(app, false);
    await look(app);
    app.clock.advance(11 * minute);
    await schedule(app);
    const [message] = app.evaluations.takeAll();
    if (message === undefined) throw new TypeError('nothing is due');
    await Promise.all([evaluateAlert(app, message), evaluateAlert(app, message)]);
    await evaluateAlert(app, message);
    await drain(app);
    await sweep(app);
    expect(said(app)).toEqual([blind]);
  });

  it('waits for as long as Slack asks, and its end waits for it', async () => {
    await createRule(app);
    canRead(app, false);
    await look(app);
    app.slackServer.fail('chat.postMessage', { status: 429, retryAfterSeconds: 900 });
    await look(app, 11);
    expect(said(app)).toEqual([]);
    canRead(app, true);
    await look(app, 10);
    await sweep(app);
    expect(said(app)).toEqual([]);
    app.clock.advance(6 * minute);
    await sweep(app);
    expect(said(app)).toEqual([ended, again]);
  });

  it('ends for everybody but those who wait for its beginning, and for them after it', async () => {
    const { user } = await linkPersonAndTeam(app);
    const rule = await ruleTelling(app, [alerts, user]);
    canRead(app, false);
    await look(app);
    app.slackServer.fail('chat.postMessage', { status: 429, retryAfterSeconds: 900 });
    await look(app, 11);
    expect(said(app)).toEqual(['Cannot be read in D0ADA00001']);
    canRead(app, true);
    await look(app, 10);
    const hers = ['Read again in D0ADA00001', '→ Read again in D0ADA00001'];
    expect(said(app)).toEqual(hers);
    expect(await stateOf(app, rule)).not.toHaveProperty('outage');
    app.clock.advance(6 * minute);
    await sweep(app);
    expect(said(app)).toEqual([...hers, ended, again]);
  });

  it('has no end for whom Slack refuses its beginning late', async () => {
    await createRule(app);
    canRead(app, false);
    await look(app);
    app.slackServer.fail('chat.postMessage', { status: 429, retryAfterSeconds: 900 });
    await look(app, 11);
    canRead(app, true);
    await look(app, 10);
    app.slackServer.fail('chat.postMessage', { error: 'not_in_channel' });
    app.clock.advance(6 * minute);
    await sweep(app);
    expect(said(app)).toEqual([]);
  });

  it('has no end for who was not told of its beginning, and the rule says so', async () => {
    const rule = await createRule(app);
    app.slackServer.fail('chat.postMessage', { error: 'not_in_channel' });
    await tenBlindMinutes(app);
    const names = () => lookUpRuleNames(app, { organization: 'acme' }, [rule]);
    const untold = {
      destination: '#alerts',
      error: { code: 'not_in_channel', detail: expect.stringContaining('Invite') },
    };
    expect((await names()).difficulty(rule)?.told).toEqual([{ ...untold, state: 'failed' }]);
    canRead(app, true);
    await look(app, 10);
    expect(said(app)).toEqual([]);
    const outage = { since: '2026-03-02T09:01:00.000Z', until: '2026-03-02T09:13:00.000Z', untold: [untold] };
    expect((await names()).untoldOutage(rule), 'also when it is over').toEqual(outage);
    await changeAlertRule(app, {
      caller: { organization: 'acme' },
      ruleId: rule.id,
      changes: { timeWindow: 5 } as never,
    });
    expect((await names()).untoldOutage(rule), 'until the rule is another').toBeUndefined();
  });

  /** A rule that cannot be read is told of, and can be read again; the call with this number fails. */
  async function storyWith(number: number, failure: Failure) {
    await createRule(app);
    canRead(app, false);
    await look(app);
    const before = said(app).length;
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
    return { trouble, told: said(app).slice(before) };
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

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AlertRule, acknowledgeIncident, type Doer, evaluateAlert, resolveIncident } from '../lib/alerts/index.ts';
import type { Lookup } from '../lib/platform/lookup.ts';
import { alertTitle } from './support/alert-titles.ts';
import {
  type AlertingApp,
  createAlertingApp,
  createRule,
  drain,
  schedule,
  sendErrors,
} from './support/alerting-app.ts';
import { slackWorkspace } from './support/slack-server.ts';

const minute = 60_000;
const ada: Doer = { userId: 'u-ada', name: 'Ada', slack: { teamId: slackWorkspace.teamId, slackUserId: 'U0ADA00001' } };
const mia: Doer = { userId: 'u-mia', name: 'Mia', slack: { teamId: 'T0OTHER001', slackUserId: 'U0MIA00001' } };
const reach: Lookup<() => boolean> = { keys: [], read: () => () => true };
const incident = { organization: 'acme', identifier: 1, reach };

let app: AlertingApp;
beforeEach(async () => {
  app = await createAlertingApp();
});
afterEach(() => app.slackServer.stop());

async function passAndRun(milliseconds: number): Promise<void> {
  app.clock.advance(milliseconds);
  await schedule(app);
  await drain(app);
}

async function openIncident(changes: Record<string, unknown> = {}): Promise<void> {
  await createRule(app, changes);
  await sendErrors(app, 11);
  await passAndRun(1_000);
}

/** Titles of all messages; those in threads with an arrow. */
const said = () =>
  app.slackServer.messages().map(({ text, thread_ts }) => `${thread_ts === undefined ? '' : '→ '}${alertTitle(text)}`);
const shown = (index: number) => JSON.stringify(app.slackServer.messages()[index]?.attachments?.[0]?.blocks);
const labels = (index: number) => [...shown(index).matchAll(/"plain_text","text":"([^"]+)"/gu)].map(([, text]) => text);

async function items(itemType: string): Promise<Record<string, unknown>[]> {
  const all = await Array.fromAsync(app.table.queryAll({ partition: 'INCIDENT#acme#1', consistent: true }));
  return all.filter((item) => item['itemType'] === itemType);
}

describe('acknowledging an incident', () => {
  it('shows on its message who looks after it, and posts nothing', async () => {
    await openIncident();
    expect(labels(0)).toEqual(['Acknowledge', 'Resolve', 'Last 24 hours', 'Open']);
    app.clock.advance(5_000);
    expect(await acknowledgeIncident(app, { ...incident, by: ada })).toMatchObject({ outcome: 'done' });
    await drain(app);
    expect(said()).toEqual(['Critical']);
    expect(shown(0)).toMatch(/Acknowledged by <@U0ADA00001>, <!date\^1772442065\^/u);
    expect(labels(0)).toEqual(['Resolve', 'Last 24 hours', 'Open']);
    expect((await items('incident activity')).at(-1)).toMatchObject({
      number: 4,
      type: 'acknowledged',
      actor: 'u-ada',
    });
    expect(await items('incident')).toMatchObject([{ status: 'critical', closedAt: null }]);
  });

  it('stops nothing else: the end is told, and still says who it was', async () => {
    await openIncident();
    await acknowledgeIncident(app, { ...incident, by: ada });
    await passAndRun(2 * minute);
    expect(said()).toEqual(['Resolved', '→ Resolved']);
    expect(shown(0)).toContain('Acknowledged by <@U0ADA00001>');
    expect((await items('incident activity')).map(({ number, type }) => [number, type]).slice(3)).toEqual([
      [4, 'acknowledged'],
      [5, 'status_change'],
    ]);
  });

  it('is told even when the queue took nothing', async () => {
    await openIncident();
    const notifications = { ...app.notifications, send: () => Promise.reject(new Error('the queue is away')) };
    expect(await acknowledgeIncident({ ...app, notifications }, { ...incident, by: ada })).toMatchObject({
      outcome: 'done',
    });
    await sendErrors(app, 11);
    await passAndRun(minute);
    expect(shown(0)).toContain('Acknowledged by');
  });

  it('shows people of other workspaces by their names', async () => {
    await openIncident();
    await acknowledgeIncident(app, { ...incident, by: { ...mia, name: 'Mia <!channel>' } });
    await drain(app);
    expect(shown(0)).toContain('Acknowledged by Mia &lt;!channel&gt;,');
  });
});

describe('resolving an incident by hand', () => {
  it('turns its message green and tells in the thread who it was', async () => {
    await openIncident();
    await acknowledgeIncident(app, { ...incident, by: mia });
    app.clock.advance(1_000);
    expect(await resolveIncident(app, { ...incident, by: ada })).toMatchObject({ outcome: 'done' });
    await drain(app);
    expect(said()).toEqual(['Resolved', '→ Resolved']);
    for (const index of [0, 1]) {
      expect(shown(index)).toMatch(/Acknowledged by Mia, .*Resolved by <@U0ADA00001>, /u);
      expect(labels(index)).toEqual(['Open']);
    }
    expect(await items('incident')).toMatchObject([
      {
        status: 'closed',
        closedAt: '2026-03-02T09:01:01.000Z',
        deeds: [{ kind: 'acknowledged' }, { kind: 'resolved' }],
      },
    ]);
    expect((await items('incident activity')).at(-1)).toMatchObject({
      type: 'status_change',
      from: 'critical',
      to: 'closed',
      actor: 'u-ada',
    });
  });

  it('leaves alone what is still in the window, however often it is evaluated', async () => {
    await openIncident({ windowSeconds: 600 });
    await resolveIncident(app, { ...incident, by: ada });
    for (let run = 0; run < 9; run += 1) await passAndRun(minute);
    expect(said()).toEqual(['Resolved', '→ Resolved']);
  });

  it('opens another incident when it is still too much over a window that began afterwards, ten minutes after the first', async () => {
    await openIncident();
    await resolveIncident(app, { ...incident, by: ada });
    for (let run = 0; run < 10; run += 1) {
      await sendErrors(app, 11);
      await passAndRun(minute);
      expect(said()).toEqual(['Resolved', '→ Resolved']);
    }
    await sendErrors(app, 11);
    await passAndRun(minute);
    expect(said()).toEqual(['Resolved', '→ Resolved', 'Critical']);
    expect(app.slackServer.messages()[2]?.text).toContain('?alert=2&');
  });

  it('opens another incident at once when the value was fine in between', async () => {
    await openIncident({ windowSeconds: 600 });
    app.clock.advance(8 * minute);
    await resolveIncident(app, { ...incident, by: ada });
    // At 10:30 the window is empty; at 11:30 it began before the incident was resolved.
    await passAndRun(2 * minute + 30_000);
    await sendErrors(app, 11);
    await passAndRun(minute);
    expect(said()).toEqual(['Resolved', '→ Resolved', 'Critical']);
  });
});

describe('several at the same moment', () => {
  it.each([
    ['acknowledge', acknowledgeIncident],
    ['resolve', resolveIncident],
  ])('of two who %s, one does it and the other hears who it was', async (_, act) => {
    await openIncident();
    const outcomes = await Promise.all([act(app, { ...incident, by: ada }), act(app, { ...incident, by: mia })]);
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['before', 'done']);
    const [one, other] = outcomes.map((outcome) => ('deed' in outcome ? outcome.deed : undefined));
    expect(one).toEqual(other);
    await drain(app);
    expect(await items('notification')).toHaveLength(2);
    expect((await items('incident activity')).filter(({ actor }) => actor !== undefined)).toHaveLength(1);
  });

  it('whoever acknowledges while another resolves comes first or hears of it', async () => {
    await openIncident();
    const [acknowledged, resolved] = await Promise.all([
      acknowledgeIncident(app, { ...incident, by: ada }),
      resolveIncident(app, { ...incident, by: mia }),
    ]);
    expect(resolved.outcome).toBe('done');
    if (acknowledged.outcome === 'before') expect(acknowledged.deed).toMatchObject({ kind: 'resolved', by: mia });
    await drain(app);
    expect(said()).toEqual(['Resolved', '→ Resolved']);
    const kinds = (await items('incident'))[0]?.['deeds'] as { kind: string }[];
    expect(kinds.map(({ kind }) => kind)).toEqual(
      acknowledged.outcome === 'done' ? ['acknowledged', 'resolved'] : ['resolved'],
    );
  });

  it('an evaluation and a person end an incident once', async () => {
    await openIncident();
    app.clock.advance(2 * minute);
    await schedule(app);
    const [message] = app.evaluations.takeAll();
    if (message === undefined) throw new TypeError('the rule was not due');
    const [, outcome] = await Promise.all([
      evaluateAlert(app, message),
      resolveIncident(app, { ...incident, by: ada }),
    ]);
    expect(['done', 'over']).toContain(outcome.outcome);
    await drain(app);
    expect(said()).toEqual(['Resolved', '→ Resolved']);
    expect((await items('incident activity')).filter(({ to }) => to === 'closed')).toHaveLength(1);
  });

  it('doing it again changes nothing', async () => {
    await openIncident();
    const { outcome } = await resolveIncident(app, { ...incident, by: ada });
    app.clock.advance(1_000);
    const again = await resolveIncident(app, { ...incident, by: ada });
    const late = await acknowledgeIncident(app, { ...incident, by: mia });
    expect([outcome, again, late]).toMatchObject([
      'done',
      { outcome: 'before', deed: { by: ada } },
      { outcome: 'before', deed: { kind: 'resolved', by: ada } },
    ]);
    expect(await items('notification')).toHaveLength(2);
  });
});

describe('an incident that is not within reach', () => {
  it.each([
    ['of a team that the person is not in', { ...incident, reach: { ...reach, read: () => () => false } }],
    ['of another organization', { ...incident, organization: 'globex' }],
    ['that there is not', { ...incident, identifier: 2 }],
  ])('%s is not found, and stays', async (_, request) => {
    await openIncident();
    for (const act of [acknowledgeIncident, resolveIncident]) {
      await expect(act(app, { ...request, by: ada })).rejects.toMatchObject({ code: 'not_found' });
    }
    expect(await items('notification')).toHaveLength(1);
  });

  it('is over when its rule ended it, and nobody is named', async () => {
    await openIncident();
    await passAndRun(2 * minute);
    expect(await resolveIncident(app, { ...incident, by: ada })).toEqual({ outcome: 'over' });
  });
});

describe('an incident that its rule follows no more', () => {
  const stateKey = (rule: { readonly id: string; readonly projectId: string }) => ({
    pk: `ALERT_RULE#${rule.id}`,
    sk: `STATE#${rule.projectId}`,
  });

  /** As after a restored table or a hand in it. */
  async function loseIncident(how: 'it follows none' | 'it follows another' | 'its state is gone'): Promise<AlertRule> {
    const rule = await createRule(app);
    await sendErrors(app, 11);
    await passAndRun(1_000);
    const at = '2026-03-02T09:00:00.000Z';
    const values = { wasCritical: true, worst: 11, last: 11 };
    const another = { identifier: 2, startedAt: at, createdAt: at, status: 'critical', activities: 3, ...values };
    if (how === 'its state is gone') await app.table.write([{ delete: stateKey(rule) }]);
    else
      await app.table.update(stateKey(rule), {
        expression: 'SET #incident = :incident',
        names: { '#incident': 'incident' },
        values: { ':incident': how === 'it follows none' ? null : another },
      });
    return rule;
  }

  it.each(['it follows none', 'it follows another', 'its state is gone'] as const)(
    'cannot be looked after but can be resolved, and its message says so: %s',
    async (how) => {
      await loseIncident(how);
      expect(await acknowledgeIncident(app, { ...incident, by: ada })).toEqual({ outcome: 'unfollowed' });
      expect(await items('incident')).toMatchObject([{ status: 'critical' }]);
      expect(await resolveIncident(app, { ...incident, by: ada })).toMatchObject({ outcome: 'done' });
      expect(await items('incident')).toMatchObject([{ status: 'closed', deeds: [{ kind: 'resolved' }] }]);
      expect((await items('incident activity')).at(-1)).toMatchObject({
        number: 4,
        from: 'critical',
        to: 'closed',
        actor: 'u-ada',
      });
      await drain(app);
      expect(said()).toEqual(['Resolved', '→ Resolved']);
      expect(await resolveIncident(app, { ...incident, by: mia })).toMatchObject({ outcome: 'before' });
      expect(await acknowledgeIncident(app, { ...incident, by: mia })).toMatchObject({ outcome: 'before' });
    },
  );

  it('leaves the incident alone that the rule follows instead', async () => {
    const rule = await loseIncident('it follows another');
    await resolveIncident(app, { ...incident, by: ada });
    expect(await app.table.get(stateKey(rule), { consistent: true })).toMatchObject({ incident: { identifier: 2 } });
  });

  it('is gone when somebody deletes it at that moment', async () => {
    await openIncident();
    const table = {
      ...app.table,
      write: async (...given: Parameters<typeof app.table.write>) => {
        await app.table.write([{ delete: { pk: 'INCIDENT#acme#1', sk: 'INCIDENT' } }]);
        return app.table.write(...given);
      },
    };
    await expect(resolveIncident({ ...app, table }, { ...incident, by: ada })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

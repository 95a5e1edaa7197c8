import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AlertRule, acknowledgeIncident } from '../lib/alerts/index.ts';
import { outageMessageName } from '../lib/alerts/outages/outage.ts';
import { reachLookup } from '../lib/organizations/index.ts';
import { isoTime } from '../lib/platform/clock.ts';
import { saveOutgoing, sendOutgoing } from '../lib/slack/index.ts';
import { people } from '../tests/support/acme.ts';
import { createRule, drain } from '../tests/support/alerting-app.ts';
import { pageText, type Visit, visitPage } from '../tests/support/page-visit.ts';
import { createPressingApp, openIncident, type PressingApp } from '../tests/support/pressing-app.ts';
import { slackWorkspace } from '../tests/support/slack-server.ts';
import { type AlertPagesApp, door } from './alert-pages.ts';
import { ownPath } from './middleware/own-path.ts';

const hostile = '<img src=x onerror=alert(1)>"\'&';
let app: PressingApp;
let site: AlertPagesApp;
let rule: AlertRule;

const as = (name: keyof typeof people) => ({ userId: app.acme.users[name], email: people[name] });
const look = (more: Visit = {}) =>
  visitPage<AlertPagesApp>(door, site, 'alert', { as: as('mia'), at: { rule: rule.id }, ...more });
const list = (more: Visit = {}) => visitPage<AlertPagesApp>(door, site, 'alerts', { as: as('mia'), ...more });
const send = (form: Visit['form'], more: Visit = {}) =>
  visitPage<AlertPagesApp>(door, site, 'acknowledge', {
    as: as('mia'),
    at: { rule: rule.id },
    form: form ?? {},
    ...more,
  });
const whatHappened = async () => pageText(await look()).match(/What happened .* Who was told/u)?.[0] ?? '';

/** What is read stands in one app for all tests of a block; a block whose tests change it is one test long. */
function standing(prepare: () => Promise<unknown>): void {
  beforeAll(async () => {
    app = await createPressingApp();
    site = { ...app.acme.app, ...app } as AlertPagesApp;
    rule = await createRule(app, { name: `Errors ${hostile}` });
    await prepare();
  });
  afterAll(() => app.close());
}

describe('the page of a rule that has found nothing yet', () => {
  standing(async () => {});

  it('says what it watches', async () => {
    const answer = await look({ query: {} });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).toMatchObject({ 'Cache-Control': 'no-store', 'X-Frame-Options': 'DENY' });
    const text = pageText(answer);
    expect(text).toContain('Critical when sum(checkout.errors) is above 10 over the last minute.');
    expect(text).toContain('Not looked at yet');
    expect(text).toContain('has not found anything yet');
    expect(text).toContain('Tells #alerts');
  });
});

describe('the page of a rule', () => {
  let secret: AlertRule;
  standing(async () => {
    secret = await createRule(app, { project: 'api' });
    await openIncident(app);
    const by = { userId: app.acme.users.ada, name: hostile };
    const reach = reachLookup({ organization: 'acme', userId: app.acme.users.ada });
    await acknowledgeIncident(app, { organization: 'acme', identifier: 1, by, reach });
    await drain(app);
  });

  it('draws the metric and has its numbers to point at and in a table, without script and inline style', async () => {
    const { body } = await look();
    expect(body).toMatch(/<div role="img" aria-label="[^"]*highest 11 [^"]*">\s*<svg/u);
    expect(body).toMatch(/<g tabindex="-1"><rect [^>]*><g>.*<text [^>]*>11<\/text>/u);
    expect(body).toMatch(/<tr><th scope="row">2 Mar \d\d:\d\d<\/th><td>11<\/td><\/tr>/u);
    const withoutValues = body.replace(/="[^"]*"/gu, '=""');
    expect(/<script|<[^>]*\s(?:style|on\w+)=/u.exec(withoutValues)).toBeNull();
    const used = new Set([...body.matchAll(/="var\((--chart-[\w-]+)\)"/gu)].map(([, name]) => name));
    for (const name of used) expect(body.split(`${name}:`), `${name} in light and dark`).toHaveLength(3);
  });

  it('is there without its chart when the metrics cannot be read', async () => {
    const broken = { ...site, metricsTable: undefined as never };
    const text = pageText(await visitPage(door, broken, 'alert', { as: as('mia'), at: { rule: rule.id } }));
    expect(text).toContain('cannot be drawn');
    expect(text).toContain('Tells #alerts');
  });

  it('tells the story of the incident: what the value was, who did what, and who was told', async () => {
    const answer = await look();
    expect(answer.body).not.toContain('<img');
    const text = pageText(answer);
    expect(text).toMatch(/Incident 1 Critical .*Critical .*sum\(checkout\.errors\) is 11 over the last minute/u);
    expect(text).toMatch(/Acknowledged by &lt;img/u);
    expect(text).toMatch(/Who was told Sent #alerts of “Critical”/u);
  });

  it('says that an incident is none of the rule', async () => {
    expect(pageText(await look({ query: { alert: '7' } }))).toContain('Incident 7 is none of this rule');
  });

  it('is nothing to who is not in the team of the project, or in the organization', async () => {
    expect(await look({ at: { rule: secret.id } })).toMatchObject({ statusCode: 404 });
    expect(await look({ at: { rule: secret.id }, as: as('ada') })).toMatchObject({ statusCode: 200 });
    expect(await look({ at: { rule: rule.id, org: 'globex' }, as: as('ada') })).toMatchObject({ statusCode: 404 });
  });

  it.each([
    ['that there is not', { rule: '404' }],
    ['with an impossible name', { rule: '%3Cscript%3E' }],
    ['of an organization that there is not', { org: 'nobody' }],
  ])('%s is the same page as one out of reach', async (_, at) => {
    const plain = (body: string) => body.replace(/href="[^"]*"/gu, '');
    const gone = await look({ at });
    expect(gone.statusCode).toBe(404);
    expect(plain(gone.body)).toBe(plain((await look({ at: { rule: secret.id } })).body));
  });

  it('sends who has not signed in to do so, and back', async () => {
    const { statusCode, headers } = await look({ as: undefined, at: { rule: '1' } });
    expect(statusCode).toBe(303);
    const next = new URL(String(headers?.['Location'])).searchParams.get('next') ?? '';
    expect(next).toBe('/organizations/acme/alerts/rules/details/1/?alert=1&referrer=metric_alert_slack');
    expect(ownPath(next)).toBe(next);
  });
});

describe('the list of rules', () => {
  let other: AlertRule;
  let secret: AlertRule;
  standing(async () => {
    other = await createRule(app, { metric: 'quiet@none', name: 'Quiet' });
    secret = await createRule(app, { project: 'api', name: 'SECRET' });
    await openIncident(app);
  });

  it('says how each stands, and leads to it', async () => {
    const answer = await list();
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain(
      `href="https://postflow.example/organizations/acme/alerts/rules/details/${rule.id}/"`,
    );
    expect(answer.body).not.toContain('<img');
    expect(pageText(answer)).toMatch(/Errors &lt;img.* Critical web Incident 1 .* Quiet All is well web/u);
    expect(pageText(await list({ query: { show: 'fine' } }))).not.toContain('Errors');
    expect((await list({ query: { show: 'alerting' } })).body).not.toContain(other.id);
    expect(pageText(await list({ query: { show: 'snoozed' } }))).toContain('None of the rules is like that');
    expect(pageText(await list({ query: { project: 'api' } }))).toContain('Only rules of the project api');
  });

  it('leaves out what is out of reach', async () => {
    expect((await list()).body).not.toContain(secret.id);
    expect((await list({ as: as('ada') })).body).toContain(secret.id);
    expect(await list({ at: { org: 'globex' } })).toMatchObject({ statusCode: 404 });
  });
});

describe('the list of many rules', () => {
  standing(async () => {
    for (let count = 0; count < 26; count += 1) await createRule(app, { name: `Rule ${count}` });
  });

  it('has pages', async () => {
    const first = await list();
    expect(first.body.match(/<tr><th scope="row">/gu)).toHaveLength(25);
    const cursor = /rel="next" href="[^"]*cursor=([^"]+)"/u.exec(first.body)?.[1] ?? '';
    const second = await list({ query: { cursor } });
    expect(second.body.match(/<tr><th scope="row">/gu)).toHaveLength(2);
    const tooLong = Buffer.from(`>${'9'.repeat(1_400)}`).toString('base64url');
    for (const none of ['nonsense', tooLong]) {
      expect(await list({ query: { cursor: none } })).toMatchObject({ statusCode: 404 });
    }
  });
});

describe('the buttons', () => {
  standing(() => openIncident(app));

  it('acknowledge and resolve, each once, and lead back to the page that says so', async () => {
    const acknowledged = await send({ action: 'acknowledge', incident: '1' }, { query: { alert: '1', range: '7d' } });
    const address = `https://postflow.example/organizations/acme/alerts/rules/details/${rule.id}/?alert=1`;
    expect(acknowledged).toMatchObject({
      statusCode: 303,
      headers: { Location: `${address}&range=7d&said=acknowledged` },
    });
    expect(pageText(await look({ query: { alert: '1', said: 'acknowledged' } }))).toContain('You look after this');
    expect(await whatHappened()).toContain('Acknowledged by Mia');
    const again = await send({ action: 'acknowledge', incident: '1' }, { as: as('ada') });
    expect(again).toMatchObject({ headers: { Location: `${address}&said=before` } });
    const resolved = await send({ action: 'resolve', incident: '1' });
    expect(resolved).toMatchObject({ headers: { Location: `${address}&said=resolved` } });
    expect(pageText(await look())).toMatch(/Incident 1 Resolved .*Resolved by Mia/u);
    expect((await look()).body).not.toContain('value="resolve"');
    await drain(app);
    expect(app.slackServer.messages().some(({ text }) => text?.includes('Resolved'))).toBe(true);
  });
});

describe('a rule whose metric cannot be read', () => {
  standing(async () => {
    const difficulty = { reads: 'nothing', because: 'too-much', since: '2026-03-02T08:00:00.000Z', triedAt: '-' };
    const set = { expression: 'SET difficulty = :it', names: {}, values: { ':it': difficulty } };
    await app.table.update({ pk: `ALERT_RULE#${rule.id}`, sk: `STATE#${rule.projectId}` }, set);
    await createRule(app, { name: 'Other' });
  });

  it('says so on its page, since when and what to do', async () => {
    const text = pageText(await look({ query: {} }));
    expect(text).not.toContain('Told of it');
    expect(text).toMatch(/Cannot be read .*cannot be read since 2026-03-02 08:00 UTC: .*choose a shorter window/u);
    expect(text).not.toContain('All is well');
  });

  it('says so in the list, which can be asked for such rules', async () => {
    const text = pageText(await list({ query: { show: 'unreadable' } }));
    expect(text).toMatch(/Errors .* Cannot be read web/u);
    expect(text).not.toContain('Other');
  });
});

describe('a rule of which people were told that it cannot be read', () => {
  standing(async () => {
    const since = '2026-03-02T08:00:00.000Z';
    const difficulty = { reads: 'nothing', because: 'too-much', since, triedAt: '-' };
    const { teamId } = slackWorkspace;
    const elsewhere = { kind: 'channel', teamId, channelId: 'C2', channelName: 'elsewhere' } as const;
    const told = [{ ...elsewhere, channelId: 'C1', channelName: 'alerts' }, elsewhere];
    const values = { ':difficulty': difficulty, ':outage': { since, ruleRevision: 1, told } };
    const set = { expression: 'SET difficulty = :difficulty, outage = :outage', names: {}, values };
    await app.table.update({ pk: `ALERT_RULE#${rule.id}`, sk: `STATE#${rule.projectId}` }, set);
    const id = outageMessageName(rule.id, since, elsewhere);
    const destination = { kind: 'channel', channelId: 'C2' } as const;
    const createdAt = isoTime(app.clock.now());
    await saveOutgoing(app.table, { id, teamId, destination, content: { text: '' }, createdAt });
    await sendOutgoing(app, id);
  });

  it('says on its page who was, and who could not be', async () => {
    expect(pageText(await look({ query: {} }))).toMatch(/Told of it: #alerts. #elsewhere could not be told: \w/u);
  });
});

describe('a rule that could not be read, and of which not everybody was told', () => {
  standing(async () => {
    const error = { code: 'not_in_channel', detail: 'Invite <the app>.' };
    const untold = [{ destination: '#elsewhere', error }];
    const value = { since: '2026-03-02T07:00:00.000Z', until: '2026-03-02T08:00:00.000Z', untold };
    const set = { expression: 'SET untoldOutage = :it', names: {}, values: { ':it': value } };
    await app.table.update({ pk: `ALERT_RULE#${rule.id}`, sk: `STATE#${rule.projectId}` }, set);
  });

  it('says so on its page', async () => {
    const expected =
      /07:00.* to .*08:00.* not everybody heard of that. #elsewhere could not be told: Invite &lt;the app/u;
    expect(pageText(await look({ query: {} }))).toMatch(expected);
  });
});

describe('the snooze of a rule', () => {
  standing(async () => {});
  const ruleText = async (name: keyof typeof people) => pageText(await look({ as: as(name), query: {} }));
  const address = () => `https://postflow.example/organizations/acme/alerts/rules/details/${rule.id}/`;

  it('is for everyone or for oneself, for hours or until it is ended, and the page says so', async () => {
    const forAll = await send({ action: 'snooze', target: 'everyone', hours: '8' }, { query: { range: '7d' } });
    expect(forAll).toMatchObject({ statusCode: 303, headers: { Location: `${address()}?range=7d&said=snoozed` } });
    await send({ action: 'snooze', target: 'me', hours: '' });
    const mine = await ruleText('mia');
    expect(mine).toMatch(/Snoozed .* Nobody is told until 2026-03-02 17:00 UTC; Mia wanted it so\./u);
    expect(mine).toContain('You get no direct messages about this rule until that is ended.');
    expect(await ruleText('ada')).toMatch(
      /Tell people again Snooze Send me no direct messages .* An hour Eight hours/u,
    );
    const over = await send({ action: 'unsnooze', target: 'everyone' }, { as: as('ada'), query: {} });
    expect(over).toMatchObject({ headers: { Location: `${address()}?said=unsnoozed` } });
    await send({ action: 'unsnooze', target: 'me' });
    expect(pageText(await look({ query: { said: 'unsnoozed' } }))).toContain('The snooze is over.');
    expect(await ruleText('mia')).not.toContain('Nobody is told');
  });

  it.each([
    ['for nobody', { target: 'nobody', hours: '1' }],
    ['for ever so long', { target: 'me', hours: '1e9' }],
  ])('%s is refused', async (_, form) => {
    expect(await send({ action: 'snooze', ...form })).toMatchObject({ statusCode: 400 });
  });
});

describe('what was not sent by the buttons', () => {
  let other: AlertRule;
  standing(async () => {
    other = await createRule(app, { name: 'Other', project: 'web', metric: 'quiet@none' });
    await createRule(app, { project: 'api' });
    await openIncident(app);
  });

  it.each([
    ['without the proof', { form: { csrf: undefined } }],
    ['with the proof of somebody else', { form: { csrf: 'AAAA' } }],
    ['from another site', { headers: { 'Sec-Fetch-Site': 'cross-site' } }],
    ['from another origin', { headers: { Origin: 'https://evil.example' } }],
  ])('does nothing %s', async (_, { form = {}, headers = {} }: Visit) => {
    const answer = await send({ action: 'resolve', incident: '1', ...form }, { headers });
    expect(answer.statusCode).toBe(403);
    expect(await whatHappened()).not.toContain('Resolved');
  });

  it('has no proof that counts for another rule', async () => {
    const proof = /name="csrf" value="([^"]+)"/u.exec((await look()).body)?.[1];
    const answer = await send({ action: 'resolve', incident: '1', csrf: proof }, { at: { rule: other.id } });
    expect(answer.statusCode).toBe(403);
  });

  it('asks who was signed out to sign in again', async () => {
    const answer = await send({ action: 'resolve', incident: '1' }, { as: undefined });
    expect(answer.statusCode).toBe(401);
    expect(answer.body).toContain('not signed in any more');
  });

  it.each([
    ['an incident that there is not', { incident: '404' }, 404],
    ['no number', { incident: '1 OR 1' }, 400],
    ['something else', { action: 'explode' }, 400],
    ['a form that is too large', { text: 'x'.repeat(20_000) }, 413],
  ])('is answered with a page: %s', async (_, form, status) => {
    const answer = await send({ action: 'resolve', incident: '1', ...form });
    expect(answer.statusCode).toBe(status);
    expect(answer.headers?.['Content-Type']).toContain('text/html');
  });

  it('does nothing in an organization that one is not in', async () => {
    const answer = await send({ action: 'resolve', incident: '1' }, { at: { rule: rule.id, org: 'globex' } });
    expect(answer.statusCode).toBe(404);
    const stranger = { userId: '4711', email: 'x@y.example' };
    expect(await send({ action: 'resolve', incident: '1' }, { as: stranger })).toMatchObject({ statusCode: 404 });
    expect(await whatHappened()).not.toContain('Resolved by');
  });
});

import { readdirSync } from 'node:fs';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { beforeEach, describe, expect, it } from 'vitest';
import type { AlertRule } from '../lib/alerts/index.ts';
import { findMember } from '../lib/organizations/index.ts';
import { isoTime } from '../lib/platform/clock.ts';
import { UnavailableError } from '../lib/platform/errors.ts';
import { replaceIdentity } from '../lib/slack/identity-store.ts';
import { loadOutgoing, readDueOutgoing } from '../lib/slack/outgoing-message-store.ts';
import { type Acme, createAcme, people, withToken } from '../tests/support/acme.ts';
import { type ApiClient, apiClient } from '../tests/support/api.ts';
import { cursorOf } from '../tests/support/api-pages.ts';
import { storedEvent } from '../tests/support/http-event.ts';
import { lambdaContext } from '../tests/support/lambda-context.ts';
import { slackWorkspace } from '../tests/support/slack-server.ts';
import { storeIncident, storeRule } from '../tests/support/stored-incident.ts';
import { served } from './incidents.ts';
import { apiDoor } from './middleware/api-door.ts';

let acme: Acme;
let rule: AlertRule;
/** With tokens of people. */
let ada: ApiClient;
let mia: ApiClient;

const incidents = '/api/0/organizations/acme/incidents/';
const first = `${incidents}1/`;

beforeEach(async () => {
  acme = await createAcme();
  const app = acme.app;
  rule = await storeRule(app, { project: 'web', name: 'Errors' });
  ada = apiClient(acme.app, await acme.token(['alerts:write'], people.ada));
  mia = apiClient(acme.app, await acme.token(['alerts:write'], people.mia));
  await storeIncident(acme.app, rule);
});

const again = async (): Promise<void> => {
  acme.app.clock.advance(60_000);
  await storeIncident(acme.app, rule);
};

async function openSecret(): Promise<void> {
  const app = acme.app;
  await storeIncident(app, await storeRule(app, { project: 'api', name: 'Secret' }));
}

const identifiers = ({ body }: { readonly body: readonly { readonly identifier: string }[] }) =>
  body.map(({ identifier }) => identifier);

describe('the stored events', () => {
  const statuses: Readonly<Record<string, number>> = {
    list: 200,
    one: 200,
    acknowledge: 200,
    resolve: 200,
    'unknown-status': 400,
    comment: 201,
    subscribe: 204,
    notifications: 200,
    'failed-notifications': 200,
  };

  it.each(readdirSync(new URL('../events/incidents/', import.meta.url)))('%s is answered', async (file) => {
    const name = file.replace(/\.json$/, '');
    const token = await acme.token(['alerts:write'], people.ada);
    const event = withToken(storedEvent<APIGatewayProxyEvent>(`incidents/${name}`), token);
    const answer = await apiDoor('incidents', served, async () => acme.app)(event, lambdaContext());
    expect(answer.statusCode).toBe(statuses[name]);
  });
});

describe('the list', () => {
  it('shows what lasts, newest first, and what is over to whoever asks for it', async () => {
    await again();
    await ada.put(first, { status: 'resolved' });
    expect(identifiers(await ada.get(incidents))).toEqual(['2']);
    expect(identifiers(await ada.get(`${incidents}?status=closed`))).toEqual(['1']);
    expect(identifiers(await ada.get(`${incidents}?status=all`))).toEqual(['2', '1']);
    expect((await ada.get(`${incidents}?status=new`)).status).toBe(400);
  });

  it('can be narrowed to a rule and to projects, and comes in pages', async () => {
    await openSecret();
    await again();
    expect(identifiers(await ada.get(`${incidents}?alertRule=${rule.id}`))).toEqual(['3', '1']);
    expect(identifiers(await ada.get(`${incidents}?project=api`))).toEqual(['2']);
    expect(identifiers(await ada.get(`${incidents}?alertRule=no`))).toEqual([]);
    const page = await ada.get(`${incidents}?per_page=2`);
    expect(identifiers(page)).toEqual(['3', '2']);
    expect(identifiers(await ada.get(`${incidents}?per_page=2&cursor=${cursorOf(page)}`))).toEqual(['1']);
  });

  it('knows neither rules nor cursors that could not be keys', async () => {
    expect(await ada.get(`${incidents}?alertRule=${'9'.repeat(2_100)}`)).toMatchObject({ status: 200, body: [] });
    const madeUp = Buffer.from(`>${'9'.repeat(1_400)}`).toString('base64url');
    expect((await ada.get(`${incidents}?cursor=${madeUp}`)).status).toBe(400);
    expect((await ada.get(`${incidents}?alertRule=${rule.id}&cursor=${madeUp}`)).status).toBe(400);
  });

  it('leaves out what belongs to teams of others', async () => {
    await openSecret();
    expect(identifiers(await mia.get(incidents))).toEqual(['1']);
    expect((await mia.get(`${incidents}2/`)).status).toBe(404);
    expect((await mia.put(`${incidents}2/`, { status: 'resolved' })).status).toBe(404);
    expect((await mia.post(`${incidents}2/comments/`, { comment: 'Hello' })).status).toBe(404);
  });
});

describe('an incident', () => {
  it('is shown with its rule and all that happened to it', async () => {
    acme.app.clock.advance(60_000);
    await ada.put(first, { status: 'acknowledged', comment: 'On it.' });
    const { body } = await ada.get(first);
    const by = { id: expect.any(String), name: 'Ada' };
    expect(body).toMatchObject({
      identifier: '1',
      organizationId: 'acme',
      projects: ['web'],
      alertRule: { id: rule.id, name: 'Errors' },
      title: 'Errors',
      status: 20,
      acknowledged: { by },
      dateClosed: null,
      isSubscribed: true,
      activities: [
        { type: 'status_change', value: 20, previousValue: 1, user: null },
        { type: 'acknowledged', user: by },
        { type: 'comment', user: by, comment: 'On it.' },
      ],
    });
    expect((await ada.get(`${first}activity/`)).body).toEqual(body.activities);
  });

  it.each([2, '2', 'resolved', 'closed'])('is resolved by the status %j, and stays so', async (status) => {
    for (const _ of ['once', 'again']) {
      expect((await ada.put(first, { status })).body).toMatchObject({ status: 2, dateClosed: expect.any(String) });
    }
    expect((await ada.put(first, { status: 'acknowledged' })).status).toBe(409);
    expect((await ada.get(first)).body.activities).toHaveLength(2);
  });

  it.each([
    [{}, 400],
    [{ status: 'open' }, 400],
    [{ status: 1 }, 400],
    [{ status: 'resolved', comment: '' }, 400],
    [{ status: 'resolved', comment: 'x'.repeat(3_001) }, 400],
  ])('is left alone by %j', async (body, status) => {
    expect((await ada.put(first, body)).status).toBe(status);
    expect((await ada.get(first)).body.status).toBe(20);
  });

  it.each(['0', 'x', '-1', '1e3', '99999999999', '%F0'])('is none that is called %s', async (name) => {
    expect((await ada.get(`${incidents}${name}/`)).status).toBe(name === '%F0' ? 400 : 404);
  });

  it('is changed by people only, so that others can ask who it was', async () => {
    const robot = apiClient(acme.app, await acme.token(['alerts:write']));
    expect((await robot.put(first, { status: 'resolved' })).status).toBe(403);
    expect((await robot.post(`${first}comments/`, { comment: 'Hello' })).status).toBe(403);
    expect((await robot.post(`${first}subscriptions/`, undefined)).status).toBe(403);
    expect((await robot.get(first)).status).toBe(200);
  });
});

describe('a comment', () => {
  it('is told to everybody else who wants to hear of the incident, in a direct message', async () => {
    await linkMia();
    expect((await mia.post(`${first}subscriptions/`, undefined)).status).toBe(204);
    await ada.post(`${first}subscriptions/`, undefined);
    const { status, body } = await ada.post(`${first}comments/`, { comment: ' <!channel> look & see ' });
    expect({ status, body }).toMatchObject({
      status: 201,
      body: { type: 'comment', comment: '<!channel> look & see' },
    });
    const told = acme.app.outgoing.takeAll();
    expect(told).toHaveLength(1);
    expect(await loadOutgoing(acme.app, told[0]?.id ?? '')).toMatchObject({
      destination: { kind: 'user', slackUserId: 'U0MIA' },
      content: {
        text: expect.stringMatching(/^Ada commented on <https:[^|>]+\|Errors>:\n&lt;!channel&gt; look &amp; see$/),
      },
    });
  });

  it('is told to nobody who does not want to hear of it any more', async () => {
    await linkMia();
    await mia.post(`${first}subscriptions/`, undefined);
    expect((await mia.delete(`${first}subscriptions/`)).status).toBe(204);
    expect((await mia.delete(`${first}subscriptions/`)).status).toBe(204);
    await ada.post(`${first}comments/`, { comment: 'Hello' });
    expect(acme.app.outgoing.takeAll()).toEqual([]);
  });

  it('stands once, and is told from the outbox, when the queue does not take it now', async () => {
    await linkMia();
    await mia.post(`${first}subscriptions/`, undefined);
    const outgoing = {
      ...acme.app.outgoing,
      send: () => Promise.reject(new UnavailableError('The queue is busy.', 1)),
    };
    const busy = apiClient({ ...acme.app, outgoing }, await acme.token(['alerts:write'], people.ada));
    expect((await busy.post(`${first}comments/`, { comment: 'Hello' })).status).toBe(201);
    expect((await busy.put(first, { status: 'acknowledged', comment: 'On it.' })).status).toBe(200);
    acme.app.clock.advance(120_000);
    const now = isoTime(acme.app.clock.now());
    expect(await readDueOutgoing(acme.app.table, { now, limit: 10 })).toHaveLength(2);
  });

  it('that grows beyond a message of Slack by being escaped is cut at a word', async () => {
    await linkMia();
    await mia.post(`${first}subscriptions/`, undefined);
    expect((await ada.post(`${first}comments/`, { comment: '&&& '.repeat(750).trim() })).status).toBe(201);
    const [told] = acme.app.outgoing.takeAll();
    const { text } = (await loadOutgoing(acme.app, told?.id ?? ''))?.content ?? {};
    expect(text?.length).toBeLessThan(11_000);
    expect(text).toMatch(/ &amp;&amp;&amp;…$/u);
  });

  async function linkMia(): Promise<void> {
    const userId = (await findMember(acme.app, 'acme', people.mia))?.userId ?? '';
    const identity = { teamId: slackWorkspace.teamId, slackUserId: 'U0MIA', userId, email: people.mia };
    const linked = { ...identity, memberships: [], linkedAt: '2026-03-02T09:00:00.000Z' };
    await acme.app.table.write(replaceIdentity(linked, { identity: undefined, account: undefined }));
  }
});

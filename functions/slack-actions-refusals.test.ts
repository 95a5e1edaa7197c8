import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createIssue, findIssue } from '../lib/issues/index.ts';
import { createRule } from '../tests/support/alerting-app.ts';
import {
  createPressingApp,
  openIncident,
  type PressingApp,
  press,
  pressPayload,
  send,
  signedEvent,
} from '../tests/support/pressing-app.ts';

let app: PressingApp;
beforeEach(async () => {
  app = await createPressingApp();
  await createRule(app);
  await openIncident(app);
});
afterEach(() => app.close());

const nothing = { status: 200, said: [] };

/** The whole of what a press could change. */
async function incidentNow(): Promise<unknown> {
  return Array.fromAsync(app.table.queryAll({ partition: 'INCIDENT#acme#1', consistent: true }));
}

const remove = (pk: string, sk: string) => app.table.write([{ delete: { pk, sk } }]);
const workspaceKey = { pk: 'WORKSPACE#T0ACME001', sk: 'WORKSPACE' };

describe('a press is refused', () => {
  it.each([
    [
      'by who is not linked',
      { user: 'U0NOBODY01' },
      async () => {},
      'We do not know yet who you are, so nothing was changed. Type `/postflow link`, follow the link, and press the button again.',
    ],
    [
      'by who has left the organization, whatever the copies in the identity say',
      { user: 'U0MIA00001' },
      () => remove('ORG#acme', `MEMBER#${app.acme.users.mia}`),
      'is not (or no longer) in this organization',
    ],
    [
      'about another organization, by who is not in it',
      { value: 'globex/1', user: 'U0MIA00001' },
      async () => {},
      'is not (or no longer) in this organization',
    ],
    ['about an incident of another organization', { value: 'globex/1' }, async () => {}, 'This is not there any more'],
    [
      'about an organization that the workspace does not serve',
      { value: 'initech/1' },
      async () => {},
      'does not use this Slack workspace',
    ],
    ['about an incident that there is not', { value: 'acme/2' }, async () => {}, 'This is not there any more'],
    [
      'with a value that no message of ours has',
      { value: 'acme/1/../2' },
      async () => {},
      'This button is not one of ours',
    ],
    ['with a value that names a project', { value: 'acme/web' }, async () => {}, 'This button is not one of ours'],
  ])('%s', async (_, pressed, arrange, said) => {
    await arrange();
    const seen = await incidentNow();
    for (const action of ['incident.acknowledge', 'incident.resolve', 'incident.chart']) {
      expect(await press(app, { action, ...pressed })).toEqual({ status: 200, said: [expect.stringContaining(said)] });
    }
    expect(await incidentNow()).toEqual(seen);
    expect(app.charts.takeAll()).toEqual([]);
  });

  it('about what belongs to a team that the person is not in', async () => {
    const { id } = await createIssue(app, { organization: 'acme', project: 'api', title: 'Boom' });
    const pressed = { action: 'issue.resolve', value: `acme/${id}` };
    expect(await press(app, { ...pressed, user: 'U0MIA00001' })).toEqual({
      status: 200,
      said: [expect.stringContaining('belongs to a team that you are not in')],
    });
    expect(await findIssue(app, { organization: 'acme', issue: id })).toMatchObject({ status: 'unresolved' });
    expect(await press(app, pressed)).toEqual(nothing);
    expect(await findIssue(app, { organization: 'acme', issue: id })).toMatchObject({ status: 'resolved' });
  });

  it('about an issue under the name of another organization', async () => {
    const { id } = await createIssue(app, { organization: 'acme', project: 'web', title: 'Boom' });
    await press(app, { action: 'issue.resolve', value: `globex/${id}` });
    expect(await findIssue(app, { organization: 'acme', issue: id })).toMatchObject({ status: 'unresolved' });
  });

  it.each([
    [
      'switched off',
      () =>
        app.table.update(workspaceKey, {
          expression: 'SET #s = :s',
          names: { '#s': 'status' },
          values: { ':s': 'disabled' },
        }),
    ],
    ['unknown', () => remove(workspaceKey.pk, workspaceKey.sk)],
  ])('in a workspace that is %s, with how to come back', async (_, arrange) => {
    await arrange();
    expect(await press(app, { action: 'incident.resolve' })).toEqual({
      status: 403,
      said: [expect.stringContaining('<https://docs.example/|documentation>')],
    });
  });

  it('by who is known in another workspace only', async () => {
    const answer = await press(app, { action: 'incident.resolve', team: 'T0OTHER001' });
    expect(answer.status).toBe(403);
  });

  it.each(['https://evil.example/answers', 'http://127.0.0.1:1/__local/slack/answers/1', 'not an address'])(
    'without a word to %s',
    async (response_url) => {
      const answer = await press(app, { action: 'incident.resolve', user: 'U0NOBODY01', changes: { response_url } });
      expect(answer).toEqual(nothing);
    },
  );
});

describe('who has a workspace below an organization of Slack', () => {
  it('is known by their own workspace', async () => {
    expect(await press(app, { action: 'incident.acknowledge', team: null })).toEqual(nothing);
    expect(app.notifications.takeAll()).toHaveLength(1);
  });
});

describe('what is malformed', () => {
  it.each([
    ['no payload', () => signedEvent(app, { other: '1' }), 400],
    ['an empty body', () => signedEvent(app, Buffer.alloc(0)), 400],
    ['a list', () => signedEvent(app, { payload: '[]' }), 400],
    ['nothing', () => signedEvent(app, { payload: 'null' }), 400],
    ['no type', () => signedEvent(app, { payload: '{}' }), 400],
    ['no actions', () => signedEvent(app, { payload: '{"type":"block_actions","user":{"id":"U1"}}' }), 400],
  ] as const)('is refused: %s', async (_, event, status) => {
    expect(await send(app, event())).toEqual({ status, said: [] });
  });

  it('is never our fault, whatever stands in whichever place', async () => {
    const odd = fc.oneof(fc.string(), fc.constantFrom(null, true, 0, [], {}, 'T0/..', '#', 'x'.repeat(5_000)));
    const places = ['type', 'team', 'user', 'container', 'message', 'response_url', 'actions'] as const;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...places),
        fc.oneof(odd, fc.record({ id: odd, action_id: odd, value: odd, message_ts: odd })),
        async (place, value) => {
          const payload = { ...pressPayload(app, { action: 'incident.chart' }), [place]: value };
          const { status } = await send(app, signedEvent(app, { payload: JSON.stringify(payload) }));
          expect(status).toBeLessThan(500);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('an address to answer to', () => {
  it('is not logged, nor is what stands in the message', async () => {
    await press(app, { action: 'incident.resolve', user: 'U0NOBODY01' });
    expect(JSON.stringify(app.lines)).not.toMatch(/answers\/1|whatever|v0=/u);
  });
});

import type { APIGatewayProxyEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { linkTeam, slackSignature } from '../lib/slack/index.ts';
import { capacityMeter } from '../tests/support/capacity-meter.ts';
import { storedEvent } from '../tests/support/http-event.ts';
import { lambdaContext } from '../tests/support/lambda-context.ts';
import { createSlackAcme } from '../tests/support/slack-acme.ts';
import { createTestApp } from '../tests/support/test-app.ts';
import { httpDoor } from './middleware/http-door.ts';
import { door } from './slack-commands.ts';

/** When the stored events were signed, and with what. */
const signedAt = 1_772_442_000;
const signingSecret = 'test-signing-secret';
const surroundings = {
  command: '/postflow',
  docsUrl: 'https://docs.example/',
  supportUrl: 'https://help.example/',
} as const;
const success = 'integrations.slack.commands_endpoint.success';
const failure = 'integrations.slack.commands_endpoint.failure.slack-commands-endpoint';

const oneRead = { requests: 1, operations: { BatchGetItem: 1 } };

async function started(options: { now?: number } = {}) {
  const meter = capacityMeter();
  const acme = await createSlackAcme(await createTestApp({ now: (options.now ?? signedAt) * 1_000, meter }));
  const app = { ...acme.app, signingSecret, surroundings };
  const handler = httpDoor<typeof app, void, typeof door.path, typeof door.query, typeof door.body.schema>(
    door,
    async () => app,
  );
  const call = async (event: APIGatewayProxyEvent) => {
    const { result, consumed } = await meter.during(() => handler(event, lambdaContext()));
    const body = result.body === '' ? '' : (JSON.parse(result.body) as unknown);
    return { status: result.statusCode, body, consumed, counted: [...app.counted], app };
  };
  return { ...acme, app, call };
}

async function call(event: APIGatewayProxyEvent, options: { now?: number } = {}) {
  return (await started(options)).call(event);
}

/** The stored event with another text, signed again. */
function typed(text: string): APIGatewayProxyEvent {
  const event = storedEvent('slack-commands/help');
  const form = new URLSearchParams(event.body ?? '');
  form.set('text', text);
  return signed(event, Buffer.from(form.toString()));
}

function signed(event: APIGatewayProxyEvent, body: Buffer, base64 = false): APIGatewayProxyEvent {
  const signature = slackSignature(signingSecret, String(signedAt), body);
  return {
    ...event,
    body: body.toString(base64 ? 'base64' : 'utf8'),
    isBase64Encoded: base64,
    multiValueHeaders: { ...event.multiValueHeaders, 'X-Slack-Signature': [signature] },
  };
}

const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });
const help = [
  section('*Here is what `/postflow` can do for you.*'),
  section('*Anywhere, also in a direct message*'),
  section(
    '`/postflow link`: tells us who you are, so that you can act from Slack\n`/postflow unlink`: makes us forget who you are here',
  ),
  section('*In the channel of a team*'),
  section(
    '`/postflow link team`: has the alerts of a team posted in the channel\n`/postflow unlink team`: stops posting the alerts of a team in the channel',
  ),
  section('*Finding your way*'),
  section('Only you see the answers.'),
  section(
    '`/postflow docs`: where everything is explained\n`/postflow help`: shows this list\n`/postflow support`: how to reach somebody who can help',
  ),
  section('*Stuck?*'),
  section('Tell us what you tried and what happened: <https://help.example/|get support>.'),
  { type: 'divider' },
  section('Setup, permissions and everything else is explained in the <https://docs.example/|documentation>.'),
];

describe('the Slack command', () => {
  it('shows help', async () => {
    expect(await call(storedEvent('slack-commands/help'))).toMatchObject({
      status: 200,
      body: { blocks: help },
      consumed: oneRead,
      counted: [
        [`${success}.help`, 1],
        [`${success}.slack-commands-endpoint`, 1],
      ],
    });
  });

  it('shows help when nothing is asked', async () => {
    expect(await call(typed(''))).toMatchObject({ status: 200, body: { blocks: help } });
  });

  it('says what it does not know, harmlessly, and shows help', async () => {
    const { status, body } = await call(storedEvent('slack-commands/unknown-command'));
    const unknown = section(
      "Unknown command: `make &lt;!channel&gt; 'coffee'`. Nothing was changed; have a look at the list below.",
    );
    expect({ status, body }).toEqual({ status: 200, body: { blocks: [unknown, ...help] } });
  });

  it('points to the documentation, also when the body arrives in base64', async () => {
    const { status, body } = await call(storedEvent('slack-commands/base64-body'));
    expect({ status, body }).toEqual({ status: 200, body: { blocks: [help.at(-1)] } });
  });

  it('points to support', async () => {
    const { body } = await call(typed('SUPPORT'));
    expect(JSON.stringify(body)).toContain('https://help.example/');
  });

  it.each([
    ['link', 'link_user', /^<https:[^|>]+\/link-identity\/[^|>]+\|/],
    ['unlink', 'unlink_user', /^<https:[^|>]+\/unlink-identity\/[^|>]+\|/],
    ['link-team', 'link_team', /^<https:[^|>]+\/link-team\/[^|>]+\|/],
    ['unlink-team', 'unlink_team', /^<https:[^|>]+\/unlink-team\/[^|>]+\|/],
  ])('offers to %s', async (event, counter, link) => {
    const { app, linked, users, freshLink, teamId, call } = await started();
    const ada = { teamId, slackUserId: 'U0MIA00001', userId: users.ada };
    const channel = { channelId: 'C0ALERTS01', channelName: 'alerts' };
    if (event !== 'link') await linked('U0MIA00001', 'ada');
    if (event === 'unlink-team') {
      await linkTeam(app, { link: freshLink(), ...ada, ...channel, organization: 'acme', team: 'backend' });
    }
    const { status, body, counted, consumed } = await call(storedEvent(`slack-commands/${event}`));
    expect({ status, body }).toEqual({
      status: 200,
      body: { response_type: 'ephemeral', replace_original: false, text: expect.stringMatching(link) },
    });
    expect(counted).toEqual([
      [`${success}.${counter}`, 1],
      [`${success}.slack-commands-endpoint`, 1],
    ]);
    expect(consumed).toMatchObject(oneRead);
  });

  it.each([
    ['link', 'ada@acme.example'],
    ['unlink', 'not linked in this workspace'],
    ['link-team', 'This channel already has a team: backend (acme), sales (globex)'],
    ['unlink-team', 'Unlink the team sales (globex) from this channel'],
    ['direct-message', 'not to direct messages'],
  ])('says why there is nothing to %s, or for whom there is', async (event, said) => {
    const { app, linked, users, freshLink, teamId, call } = await started();
    const ada = { teamId, slackUserId: 'U0MIA00001', userId: users.ada };
    const channel = { channelId: 'C0ALERTS01', channelName: 'alerts' };
    if (event !== 'unlink') await linked('U0MIA00001', 'ada');
    for (const [organization, team] of [
      ['acme', 'backend'],
      ['globex', 'sales'],
    ] as const) {
      if (!event.endsWith('team')) break;
      await linkTeam(app, { link: freshLink(), ...ada, ...channel, organization, team });
    }
    const { status, body, consumed } = await call(storedEvent(`slack-commands/${event}`));
    expect({ status, body }).toMatchObject({ status: 200, body: { text: expect.stringContaining(said) } });
    expect(consumed).toMatchObject(oneRead);
  });

  it.each(['user_id', 'channel_id'])('asks to type a command again when Slack sends no %s', async (name) => {
    const form = new URLSearchParams(storedEvent('slack-commands/link').body ?? '');
    form.delete(name);
    const { status, body, counted } = await call(signed(storedEvent('slack-commands/link'), Buffer.from(`${form}`)));
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { text: expect.stringContaining('type the command again') },
    });
    expect(counted).toContainEqual(['integrations.slack.commands_endpoint.failure.link_user.bad_request', 1]);
  });

  it('lets Slack check the certificate without a signature, and does nothing else then', async () => {
    const event = storedEvent('slack-commands/certificate-check');
    expect(await call(event)).toMatchObject({ status: 200, body: '', consumed: { requests: 0 } });
    const also = { ...event, body: `${storedEvent('slack-commands/link').body}&ssl_check=1` };
    expect(await call(also)).toMatchObject({ status: 200, body: '', consumed: { requests: 0 } });
    expect(await call({ ...event, httpMethod: 'GET' })).toMatchObject({ status: 405 });
  });

  it('tells an unknown workspace that it is not connected, with status 200', async () => {
    const { status, body, counted } = await call(storedEvent('slack-commands/unknown-workspace'));
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        blocks: [
          section(
            'This Slack workspace is not connected to postflow (any more). A manager or owner of your organization can <https://postflow.example/extensions/slack/install/|install the app again>: what was linked before is back then. The documentation explains the rest.',
          ),
          {
            type: 'actions',
            elements: [
              {
                type: 'button',
                text: { type: 'plain_text', text: 'Read the docs' },
                value: 'postflow_docs_link_clicked',
                url: 'https://docs.example/',
              },
            ],
          },
        ],
      },
    });
    expect(counted).toEqual([[`${failure}.forbidden`, 1]]);
  });

  it.each([
    ['a bad signature', storedEvent('slack-commands/bad-signature'), 401],
    ['a form without =', storedEvent('slack-commands/not-a-form'), 400],
    ['no team', signed(storedEvent('slack-commands/help'), Buffer.from('text=help')), 400],
    ['a blank team', signed(storedEvent('slack-commands/help'), Buffer.from('team_id=&text=help')), 400],
    [
      'a team id that no key could hold',
      signed(storedEvent('slack-commands/help'), Buffer.from(`team_id=T${'x'.repeat(5_000)}`)),
      400,
    ],
    ['GET', { ...storedEvent('slack-commands/help'), httpMethod: 'GET' }, 405],
  ])('answers %s with nothing but a status', async (_, event, status) => {
    const answer = await call(event);
    expect(answer).toMatchObject({ status, body: '', counted: [[`${failure}.validation_error`, 1]] });
  });

  it.each([301, -301])('refuses a replay %i seconds away', async (seconds) => {
    expect(await call(storedEvent('slack-commands/help'), { now: signedAt + seconds })).toMatchObject({ status: 401 });
  });

  it.each(['X-Slack-Signature', 'X-Slack-Request-Timestamp'])('refuses %s twice', async (name) => {
    const event = storedEvent('slack-commands/help');
    const value = event.multiValueHeaders[name]?.[0] ?? '';
    const doubled = { ...event, multiValueHeaders: { ...event.multiValueHeaders, [name]: [value, value] } };
    expect(await call(doubled)).toMatchObject({ status: 401 });
  });

  it('checks bytes, not text', async () => {
    const body = Buffer.concat([Buffer.from('team_id=T0ACME001&text=caf'), Buffer.from([0xe9])]);
    expect(await call(signed(storedEvent('slack-commands/help'), body, true))).toMatchObject({ status: 200 });
  });

  it('logs neither signatures nor texts nor people', async () => {
    const { app } = await call(storedEvent('slack-commands/unknown-command'));
    const logged = JSON.stringify(app.lines);
    expect(logged).toContain('answered');
    expect(logged).not.toMatch(/v0=|coffee|U0MIA00001|mia|test-signing-secret|hooks\.slack/);
  });
});

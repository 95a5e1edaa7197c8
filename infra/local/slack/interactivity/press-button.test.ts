import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { noon } from '../acme.fixture.ts';
import { type AppAndSlack, listenWithApp, status } from '../app.fixture.ts';

const channel = 'C0ALERTS01';
const button = { type: 'button', text: { type: 'plain_text', text: 'Resolve' } } as const;
const blocks = [
  { type: 'section', text: { type: 'mrkdwn', text: 'x' }, accessory: { ...button, value: 'beside' } },
  {
    type: 'actions',
    block_id: 'deeds',
    elements: [
      { ...button, action_id: 'incident.acknowledge', value: 'acme/1', style: 'primary' },
      { ...button, action_id: 'incident.resolve', value: 'acme/1' },
    ],
  },
] as const;

let slack: AppAndSlack;
beforeEach(async () => {
  slack = await listenWithApp();
});
afterEach(() => slack.close());

async function posted(): Promise<string> {
  const { ts = '' } = await slack.client().chat.postMessage({ channel, text: 'x', blocks: [...blocks] });
  return ts;
}

async function press(more: object): Promise<Record<string, unknown>> {
  return slack.post('action', { channel, user: 'U0MARCO001', ...more });
}

function payload(): Record<string, unknown> {
  return JSON.parse(new URLSearchParams(slack.sent.at(-1)?.body).get('payload') ?? 'null') as Record<string, unknown>;
}

describe('what the app gets', () => {
  test('a signed form with who pressed what and where', async () => {
    const messageTs = await posted();
    const outcome = await press({ messageTs, actionId: 'incident.resolve' });
    expect(outcome).toEqual({ ok: true, status: 200, durationMs: expect.any(Number), responseUrl: expect.any(String) });
    const [{ path, headers, body } = { path: '', headers: {}, body: '' }] = slack.sent;
    const signature = createHmac('sha256', 'test-signing-secret')
      .update(`v0:${noon / 1000}:${body}`)
      .digest('hex');
    expect([path, headers['x-slack-signature']]).toEqual(['/extensions/slack/action/', `v0=${signature}`]);
    expect(headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(payload()).toMatchObject({
      type: 'block_actions',
      team: { id: 'T0ACME001', domain: 'acme' },
      user: { id: 'U0MARCO001', team_id: 'T0ACME001' },
      channel: { id: channel, name: 'alerts' },
      api_app_id: 'A0POSTFLOW',
      container: { type: 'message', message_ts: messageTs, channel_id: channel, is_ephemeral: false },
      message: { ts: messageTs, bot_id: 'B0POSTFLOW', blocks: [{ block_id: 'b0' }, { block_id: 'deeds' }] },
      response_url: outcome['responseUrl'],
      trigger_id: expect.stringMatching(/^\d+\.\d+\.[0-9a-f]{32}$/),
      actions: [
        {
          type: 'button',
          action_id: 'incident.resolve',
          block_id: 'deeds',
          value: 'acme/1',
          text: button.text,
          action_ts: expect.stringMatching(/^\d+\.\d+$/),
        },
      ],
    });
  });

  test('a button without ids has those that Slack gives', async () => {
    await press({ messageTs: await posted(), value: 'beside' });
    expect(payload()).toMatchObject({ actions: [{ block_id: 'b0', action_id: 'e0' }] });
  });

  test('of a message that one person sees there is no message', async () => {
    const message = { channel, user: 'U0MARCO001', text: 'x', blocks: [...blocks] };
    const { message_ts: messageTs } = await slack.client().chat.postEphemeral(message);
    await press({ messageTs, actionId: 'incident.resolve' });
    expect(payload()).toMatchObject({ container: { is_ephemeral: true } });
    expect(payload()).not.toHaveProperty('message');
    expect(await press({ messageTs, actionId: 'incident.resolve', user: 'U0OLIVIA01' })).toMatchObject({
      ok: false,
      error: 'message_not_found',
    });
  });

  test('a button in an unfurled link names the link', async () => {
    const url = `${slack.appUrl}/issues/7/`;
    const said = await slack.post('message', { channel, text: `see ${url}` });
    const { ts } = said['message'] as { ts: string };
    await slack.client().chat.unfurl({ channel, ts, unfurls: { [url]: { blocks: [...blocks] } } });
    await press({ messageTs: ts, actionId: 'incident.resolve' });
    expect(payload()).toMatchObject({
      container: { type: 'message_attachment', attachment_id: 1, is_app_unfurl: true, app_unfurl_url: url },
      app_unfurl: { from_url: url },
    });
    expect(payload()).not.toHaveProperty('message');
  });

  test.each([
    [{ actionId: 'nothing' }, 'button_not_found'],
    [{ actionId: 'incident.resolve', value: 'acme/2' }, 'button_not_found'],
    [{ messageTs: '1.2', actionId: 'incident.resolve' }, 'message_not_found'],
  ])('nothing for %o', async (more, error) => {
    expect(await press({ messageTs: await posted(), ...more })).toMatchObject({ ok: false, error });
    expect(slack.sent).toEqual([]);
  });
});

describe('what the person sees', () => {
  const page = async () => (await fetch(`${slack.url}/__local/`)).text();

  test.each([
    ['another status', status(404), { status: 404, error: expect.stringContaining('no such address (yet)') }],
    ['no answer in time', () => undefined, { status: null, error: expect.stringContaining('(timeout)') }],
  ])('%s: a warning triangle, until it works', async (_, wrong, outcome) => {
    const messageTs = await posted();
    slack.answer(wrong);
    expect(await press({ messageTs, actionId: 'incident.resolve' })).toMatchObject({ ok: false, ...outcome });
    expect(await page()).toMatch(
      /class="trouble"[^>]*aria-label="This did not work: [^"]*\/extensions\/slack\/action\//,
    );
    slack.answer(status(200));
    await press({ messageTs, actionId: 'incident.resolve' });
    expect(await page()).not.toContain('class="trouble"');
  });

  const respond = async (url: unknown, body: object) =>
    (await (await fetch(String(url), { method: 'POST', body: JSON.stringify(body) })).json()) as unknown;

  test('an answer for them alone, a message changed in its place, then taken away', async () => {
    const { responseUrl } = await press({ messageTs: await posted(), actionId: 'incident.resolve' });
    await respond(responseUrl, { text: 'only you' });
    expect(slack.standIn.messages()[1]).toMatchObject({ text: 'only you', ephemeral: true, user: 'U0MARCO001' });
    await respond(responseUrl, { replace_original: true, text: 'resolved' });
    expect(slack.standIn.messages().map(({ text }) => text)).toEqual(['resolved', 'only you']);
    await respond(responseUrl, { delete_original: true });
    expect(slack.standIn.messages().map(({ text }) => text)).toEqual(['only you']);
  });
});

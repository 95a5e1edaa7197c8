import type { APIGatewayProxyEvent } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { slackSignature } from '../lib/slack/verify-request.ts';
import { httpEvent, storedEvent } from '../tests/support/http-event.ts';
import { lambdaContext } from '../tests/support/lambda-context.ts';
import { createSlackWorld, type SlackWorld } from '../tests/support/slack-worker-app.ts';
import { httpDoor } from './middleware/http-door.ts';
import { door } from './slack-events.ts';

const resource = '/extensions/slack/event';
const teamId = 'T0ACME001';
/** When the stored events were signed. */
const now = 1_772_442_000_000;

let world: SlackWorld;
beforeEach(async () => {
  world = await createSlackWorld({ now });
});
afterEach(() => world.server.stop());

function run(event: APIGatewayProxyEvent) {
  return httpDoor(door as never, async () => world.app as never)(event, lambdaContext());
}

function signed(body: unknown, headers: Record<string, string> = {}): APIGatewayProxyEvent {
  const raw = JSON.stringify(body);
  const timestamp = String(now / 1_000);
  const signature = slackSignature('test-signing-secret', timestamp, Buffer.from(raw));
  const signing = { 'X-Slack-Request-Timestamp': timestamp, 'X-Slack-Signature': signature };
  return httpEvent({ resource, body: raw, headers: { ...signing, ...headers } });
}

const message = { type: 'message', channel: 'D0MIA00001', user: 'U0MIA00001', text: 'help' };
const shared = {
  ...{ type: 'link_shared', channel: 'C0ALERTS01', user: 'U0MIA00001', message_ts: '1772441999.000200' },
  links: [{ domain: 'postflow.example', url: 'https://postflow.example/organizations/acme/releases/1.0/' }],
};
const empty = { statusCode: 200, body: '' };

describe('an event', () => {
  it.each([
    ['direct-message', { kind: 'direct-message', text: 'Link', eventId: 'Ev0DIRECT01' }],
    ['link-shared', { kind: 'links-shared', links: ['https://postflow.example/organizations/acme/releases/1.0/'] }],
    ['channel-rename', { kind: 'channel-renamed', name: 'incidents' }],
  ])('%s is handed to the queue and answered with nothing', async (name, job) => {
    expect(await run(storedEvent(`slack-events/${name}`))).toMatchObject(empty);
    expect(world.app.slackJobs.takeAll()).toEqual([expect.objectContaining({ teamId, ...job })]);
  });

  it('that Slack sends again has the same name', async () => {
    const envelope = { team_id: teamId, event_id: 'Ev9', event: message };
    await run(signed(envelope));
    await run(signed(envelope, { 'X-Slack-Retry-Num': '1', 'X-Slack-Retry-Reason': 'http_timeout' }));
    await run(signed({ team_id: teamId, event: message }));
    await run(signed({ team_id: teamId, event: message }));
    const names = world.app.slackJobs.takeAll().map((job) => 'eventId' in job && job.eventId);
    expect(names).toEqual(['Ev9', 'Ev9', names[2], names[2]]);
  });

  it.each([
    ['of a bot', { ...message, bot_id: 'B1' }],
    ['of our own', { ...message, user: 'U0POSTFLOW' }],
    ['without text', { ...message, text: undefined }],
    ['of white space', { ...message, text: ' \n' }],
    ['that was edited', { ...message, subtype: 'message_changed' }],
    ['of somebody who joined', { ...message, subtype: 'channel_join' }],
    ['in a channel', { ...message, channel: 'C0ALERTS01', channel_type: 'channel' }],
    ['of another type', { ...message, type: 'app_mention' }],
    ['of a member who joined', { type: 'member_joined_channel', user: 'U1', channel: 'C1' }],
    ['that lacks its channel', { type: 'channel_archive' }],
    ['of links that are being typed', { ...shared, source: 'composer', message_ts: '1772441999.000200' }],
    ['of links in no channel', { ...shared, channel: 'COMPOSER' }],
    ['of links at no time', { ...shared, message_ts: 'U0MIA00001-909b5454-75f8-4ac4-b325-1b40e230bbd8' }],
    ['about the token of another bot', { type: 'tokens_revoked', tokens: { bot: ['U0ANOTHER1'] } }],
    ['about tokens of people', { type: 'tokens_revoked', tokens: { oauth: ['U1'] } }],
  ])('%s is passed over', async (_, event) => {
    expect(await run(signed({ team_id: teamId, event_id: 'Ev1', event }))).toMatchObject(empty);
    expect(world.app.slackJobs.takeAll()).toEqual([]);
  });

  it.each([
    ['an unknown workspace', { team_id: 'T0UNKNOWN1', event: message }, 403],
    ['no event', { team_id: teamId }, 400],
    ['an event without a type', { team_id: teamId, event: {} }, 400],
    ['no workspace', { event: message }, 400],
    ['a time that is none', { team_id: teamId, event_time: 1e300, event: message }, 400],
    ['a list', [], 400],
  ])('with %s is refused without a word', async (_, body, statusCode) => {
    expect(await run(signed(body))).toMatchObject({ statusCode, body: '', headers: { 'X-Slack-No-Retry': '1' } });
    expect(world.app.slackJobs.takeAll()).toEqual([]);
  });

  it.each(['app_uninstalled', 'tokens_revoked'])('%s of a workspace that we have left is no news', async (type) => {
    expect(await run(signed({ team_id: 'T0UNKNOWN1', event_id: 'Ev5', event: { type } }))).toMatchObject(empty);
    expect(world.app.slackJobs.takeAll()).toEqual([]);
  });

  it('that was not signed is refused', async () => {
    const event = signed({ team_id: teamId, event: message });
    expect(await run({ ...event, body: `${event.body} ` })).toMatchObject({ statusCode: 401 });
  });
});

describe('the question whether the address is ours', () => {
  it('is answered for whoever signs it', async () => {
    const answer = await run(storedEvent('slack-events/url-verification'));
    expect(answer.statusCode).toBe(200);
    expect(JSON.parse(answer.body)).toEqual({
      challenge: '3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P',
    });
  });
});

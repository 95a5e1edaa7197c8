import { beforeEach, expect, it } from 'vitest';
import type { Secrets } from '../../lib/platform/config.ts';
import { addWorkspace, findWorkspace, type Slack } from '../../lib/slack/index.ts';
import { slackChannels, slackWorkspace } from '../../tests/support/slack-server.ts';
import { createSlackWorld, type SlackWorld } from '../../tests/support/slack-worker-app.ts';
import { slackOf } from './slack-parts.ts';

const { teamId } = slackWorkspace;
let world: SlackWorld;
let slack: Slack;

beforeEach(async () => {
  world = await createSlackWorld();
  const { tokenEncryptionKey } = world.app;
  const config = { SLACK_API_URL: world.server.apiUrl, SLACK_CLIENT_ID: '' };
  slack = slackOf(config, { slackClientSecret: '', tokenEncryptionKey } as Secrets, world.app);
  world.app.clock.advance(60_000);
  return () => world.server.stop();
});

const say = () =>
  slack.postEphemeral(teamId, { channel: slackChannels.alerts.id, slackUserId: 'U0ADA00001', content: { text: 'Hi' } });

it.each(['token_revoked', 'account_inactive', 'invalid_auth'])(
  'a workspace is switched off when Slack answers %s, and the caller hears it too',
  async (slackError) => {
    world.server.fail('chat.postEphemeral', { error: slackError });
    await expect(say()).rejects.toMatchObject({ slackError });
    expect(await findWorkspace(world.app, teamId)).toMatchObject({ status: 'disabled' });
  },
);

it.each(['token_expired', 'channel_not_found'])('%s switches nothing off', async (slackError) => {
  world.server.fail('chat.postEphemeral', { error: slackError });
  await expect(say()).rejects.toMatchObject({ slackError });
  expect(await findWorkspace(world.app, teamId)).toMatchObject({ status: 'active' });
});

it('a workspace stays that was installed again after the call began', async () => {
  world.server.fail('chat.postEphemeral', { error: 'token_revoked' });
  const { clock } = world.app;
  const began = clock.now();
  await addWorkspace({ ...world.app, clock: { now: () => began + 1 } }, { organization: 'acme', ...slackWorkspace });
  await expect(say()).rejects.toMatchObject({ slackError: 'token_revoked' });
  expect(await findWorkspace(world.app, teamId)).toMatchObject({ status: 'active' });
});

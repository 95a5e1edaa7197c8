import { beforeEach, describe, expect, it } from 'vitest';
import type { Secrets } from '../../lib/platform/config.ts';
import { addWorkspace, findWorkspace } from '../../lib/slack/index.ts';
import { slackChannels, slackWorkspace } from '../../tests/support/slack-server.ts';
import { createSlackWorld, type SlackWorld } from '../../tests/support/slack-worker-app.ts';
import { slackForPeople, slackOf } from './slack-parts.ts';

const { teamId } = slackWorkspace;
let world: SlackWorld;

beforeEach(async () => {
  world = await createSlackWorld();
  world.app.clock.advance(60_000);
  return () => world.server.stop();
});

const status = async () => (await findWorkspace(world.app, teamId))?.status;

describe.each([
  ['for work that nobody waits for', slackOf],
  ['for doors that people wait at', slackForPeople],
])('the client of Slack %s', (_, make) => {
  /** Says something, which Slack refuses. */
  async function refused(error: string): Promise<void> {
    const { tokenEncryptionKey } = world.app;
    const config = { SLACK_API_URL: world.server.apiUrl, SLACK_CLIENT_ID: '' };
    const slack = make(config, { slackClientSecret: '', tokenEncryptionKey } as Secrets, world.app);
    world.server.fail('chat.postEphemeral', { error });
    const to = { channel: slackChannels.alerts.id, slackUserId: 'U0ADA00001' };
    const call = slack.postEphemeral(teamId, { ...to, content: { text: 'Hi' } });
    await expect(call).rejects.toMatchObject({ slackError: error });
  }

  it.each(['token_revoked', 'account_inactive', 'invalid_auth'])('switches the workspace off for %s', async (error) => {
    await refused(error);
    expect(await status()).toBe('disabled');
  });

  it.each(['token_expired', 'channel_not_found'])('switches nothing off for %s', async (error) => {
    await refused(error);
    expect(await status()).toBe('active');
  });

  it('lets a workspace be that was installed again after the call began', async () => {
    const later = world.app.clock.now() + 1;
    await addWorkspace({ ...world.app, clock: { now: () => later } }, { organization: 'acme', ...slackWorkspace });
    await refused('token_revoked');
    expect(await status()).toBe('active');
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type SlackOauthServer, startSlackOauthServer } from '../../tests/support/slack-oauth-server.ts';
import { createTestApp, type TestApp } from '../../tests/support/test-app.ts';
import { sealTokens } from './bot-token.ts';
import { findBotToken, type TokenRotation } from './find-bot-token.ts';
import { listEndingTokens } from './list-ending-tokens.ts';
import { switchOffWorkspace } from './switch-off-workspace.ts';
import { loadWorkspace, saveWorkspace } from './workspace-store.ts';
import { addWorkspace } from './workspaces.ts';

const teamId = 'T0ACME001';
const hour = 3_600_000;

let slack: SlackOauthServer;
let app: TestApp & { readonly tokenEncryptionKey: string; readonly rotation: TokenRotation };

beforeEach(async () => {
  slack = await startSlackOauthServer();
  const testApp = await createTestApp();
  // Waiting lets the others go on, and takes no time.
  const wait = () => new Promise<void>((done) => setTimeout(done, 1));
  const rotation = { ...slack, clock: testApp.clock, log: testApp.log, wait };
  app = { ...testApp, tokenEncryptionKey: 'a key of this installation', rotation };
});

afterEach(() => slack.stop());

/** A workspace with a token that ends in so many hours, which Slack would renew. */
async function install(hours: number): Promise<void> {
  const grant = await fetch(`${slack.apiUrl}oauth.v2.access`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: slack.clientId, client_secret: slack.clientSecret, code: 'first' }),
  });
  expect(grant.ok).toBe(true);
  const [botToken = '', refreshToken = ''] = slack.tokens;
  const installedAt = new Date(app.clock.now()).toISOString();
  const expiresAt = new Date(app.clock.now() + hours * hour).toISOString();
  const sealed = sealTokens(app, teamId, { botToken, refreshToken, expiresAt });
  const workspace = { teamId, name: 'Acme', botUserId: 'U0POSTFLOW', status: 'active' as const, installedAt };
  await saveWorkspace(app, { ...workspace, ...sealed }, { teamId, organization: 'acme', linkedAt: installedAt });
}

const lasting = { name: 'Acme', botUserId: 'U0POSTFLOW', botToken: 'xoxb-new' };
const loss = () => ({ teamId, reason: 'app_uninstalled' as const, eventTime: app.clock.now() / 1_000 });
const renewals = () => slack.calls.filter((call) => call.includes('grant_type=refresh_token')).length;

describe('a bot token that ends', () => {
  beforeEach(async () => {
    slack.grantWith({ expires_in: 43_200 });
    await install(12);
  });

  it('is used until half an hour before its end, and then renewed once', async () => {
    app.clock.advance(11.4 * hour);
    expect(await findBotToken(app, teamId)).toBe('xoxe.xoxb-hush-0');
    expect(renewals()).toBe(0);
    app.clock.advance(0.2 * hour);
    expect(await findBotToken(app, teamId)).toBe('xoxe.xoxb-hush-2');
    expect(await findBotToken(app, teamId)).toBe('xoxe.xoxb-hush-2');
    expect(renewals()).toBe(1);
    app.clock.advance(12 * hour);
    expect(await findBotToken(app, teamId)).toBe('xoxe.xoxb-hush-4');
  });

  it.each([11.6, 13])('is renewed by one of ten who want it %d hours after the installation', async (hours) => {
    app.clock.advance(hours * hour);
    const found = await Promise.all(Array.from({ length: 10 }, () => findBotToken(app, teamId)));
    expect(renewals()).toBe(1);
    // Before its end the old one still works, and nobody waits.
    for (const token of found) expect(hours > 12 ? ['xoxe.xoxb-hush-2'] : slack.tokens).toContain(token);
    expect(await findBotToken(app, teamId)).toBe('xoxe.xoxb-hush-2');
  });

  it('stays in use while Slack does not renew it, which is tried again after a while', async () => {
    app.clock.advance(11.6 * hour);
    slack.failWith('oauth.v2.access', 503);
    expect(await findBotToken(app, teamId)).toBe('xoxe.xoxb-hush-0');
    expect(await findBotToken(app, teamId)).toBe('xoxe.xoxb-hush-0');
    expect(renewals()).toBe(1);
    expect(app.lines.map(({ level }) => level)).toEqual(['warn']);
    slack.failWith('oauth.v2.access', undefined);
    app.clock.advance(21_000);
    expect(await findBotToken(app, teamId)).toBe('xoxe.xoxb-hush-2');
  });

  it.each([
    ['invalid_refresh_token', 'slack_refused', 'Install the app in the workspace again'],
    ['bad_client_secret', 'slack_refused', 'slackClientSecret'],
    [503, 'slack_uncertain', 'no clear answer'],
    [429, 'slack_busy', '7 s'],
  ])('has ended and Slack answers %s: %s', async (failure, code, advice) => {
    app.clock.advance(13 * hour);
    slack.failWith('oauth.v2.access', failure);
    await expect(findBotToken(app, teamId)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(advice) as unknown,
    });
  });

  it('is renewed by the next one when the one who began has crashed', async () => {
    app.clock.advance(13 * hour);
    slack.failWith('oauth.v2.access', 503);
    await expect(findBotToken(app, teamId)).rejects.toThrow();
    slack.failWith('oauth.v2.access', undefined);
    await expect(findBotToken(app, teamId), 'as long as the claim holds').rejects.toMatchObject({ code: 'slack_busy' });
    app.clock.advance(21_000);
    expect(await findBotToken(app, teamId)).toBe('xoxe.xoxb-hush-2');
  });

  it('gives way to the token of an installation that comes while it is renewed', async () => {
    app.clock.advance(11.6 * hour);
    slack.holdTokens(() => addWorkspace(app, { organization: 'acme', teamId, ...lasting }));
    expect(await findBotToken(app, teamId)).toBe('xoxb-new');
    expect(await findBotToken(app, teamId)).toBe('xoxb-new');
    app.clock.advance(13 * hour);
    expect(await findBotToken(app, teamId), 'which does not end').toBe('xoxb-new');
  });

  it('is no more when the workspace is switched off while it is renewed', async () => {
    app.clock.advance(11.6 * hour);
    slack.holdTokens(() => switchOffWorkspace(app, loss()));
    expect(await findBotToken(app, teamId)).toBeUndefined();
  });

  it('is used to its end by who does not renew it, and waited for from then on', async () => {
    const waiting = { ...app, rotation: undefined };
    app.clock.advance(11.9 * hour);
    expect(await findBotToken(waiting, teamId)).toBe('xoxe.xoxb-hush-0');
    app.clock.advance(hour);
    await expect(findBotToken(waiting, teamId)).rejects.toMatchObject({ code: 'slack_busy' });
    expect(renewals()).toBe(0);
  });

  it('is found half an hour before its end, until it is renewed', async () => {
    expect(await listEndingTokens(app, 10)).toEqual([]);
    for (let time = 0; time < 3; time += 1) {
      app.clock.advance(11.6 * hour);
      expect(await listEndingTokens(app, 10)).toEqual([teamId]);
      await findBotToken(app, teamId);
      expect(await listEndingTokens(app, 10)).toEqual([]);
    }
  });

  it.each([
    ['the workspace is switched off', () => switchOffWorkspace(app, loss())],
    ['a token comes that does not end', () => addWorkspace(app, { organization: 'acme', teamId, ...lasting })],
  ])('is not found any more when %s', async (_, happen) => {
    app.clock.advance(11.6 * hour);
    await happen();
    expect(await listEndingTokens(app, 10)).toEqual([]);
  });

  it('and what it is renewed with stand nowhere as they are', async () => {
    app.clock.advance(13 * hour);
    await findBotToken(app, teamId);
    const stored = JSON.stringify([await loadWorkspace(app, teamId), app.lines]);
    expect(slack.tokens).toHaveLength(4);
    for (const token of slack.tokens) expect(stored).not.toContain(token);
  });
});

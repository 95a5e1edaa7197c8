import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isoTime } from '../lib/platform/clock.ts';
import { noticeWrite } from '../lib/releases/deploy-notice-store.ts';
import { sealTokens } from '../lib/slack/bot-token.ts';
import { type SlackJob, saveOutgoing, slackClient } from '../lib/slack/index.ts';
import { exchangeCode } from '../lib/slack/slack-oauth.ts';
import { loadWorkspace, saveWorkspace } from '../lib/slack/workspace-store.ts';
import { storedEvent } from '../tests/support/http-event.ts';
import { lambdaContext } from '../tests/support/lambda-context.ts';
import { startSlackOauthServer } from '../tests/support/slack-oauth-server.ts';
import { createSlackWorld, type SlackWorld, slackUsers } from '../tests/support/slack-worker-app.ts';
import { directDoor } from './middleware/direct-door.ts';
import { door as worker } from './slack-worker.ts';
import { door } from './sweep-slack-messages.ts';

let world: SlackWorld;
beforeEach(async () => {
  world = await createSlackWorld();
  const { app, teamId, users } = world;
  const createdAt = isoTime(app.clock.now());
  const destination = { kind: 'user', slackUserId: slackUsers.ada } as const;
  await saveOutgoing(app.table, { id: 'left', teamId, destination, content: { text: 'left behind' }, createdAt });
  await app.table.write([
    noticeWrite({
      ...{ releaseId: '1', organization: 'acme', version: 'web@<1>', deployId: '7', projectIds: [] },
      ...{ environment: 'prod', recipients: [users.mia, users.ada], state: 'pending', at: createdAt },
    }),
  ]);
});
afterEach(() => world.server.stop());

async function sweep(): Promise<SlackJob[]> {
  await directDoor(door, async () => world.app)(storedEvent('sweep-slack-messages/run'), lambdaContext());
  return world.app.slackJobs.takeAll();
}

async function work(jobs: readonly SlackJob[], app = world.app, remainingMs = 60_000): Promise<void> {
  for (const job of jobs) await worker.handle(app, job, { remainingMs });
}

describe('what was left behind', () => {
  it('is found after a minute, and not before', async () => {
    expect(await sweep()).toEqual([]);
    world.app.clock.advance(61_000);
    expect(await sweep()).toEqual([
      { kind: 'deploy-notice', releaseId: '1', deployId: '7' },
      { kind: 'outgoing-message', id: 'left' },
    ]);
  });

  it('is said once: a deploy to each of its people who is linked', async () => {
    await world.linked(slackUsers.ada, 'ada');
    world.app.clock.advance(61_000);
    const jobs = await sweep();
    await work([...jobs, ...jobs]);
    const later = world.app.slackJobs.takeAll();
    await work([...later, ...later]);
    expect(world.server.messages().map(({ channel, text }) => [channel, text])).toEqual([
      ['D0ADA00001', 'left behind'],
      // Linking says so as well, and nobody has sent that either.
      ['D0ADA00001', expect.stringContaining('You are linked')],
      ['D0ADA00001', expect.stringContaining('release web@&lt;1&gt;')],
    ]);
    expect(await sweep()).toEqual([]);
  });
});

it('a deploy of more than a day ago is not told of any more', async () => {
  await world.linked(slackUsers.ada, 'ada');
  world.app.clock.advance(86_401_000);
  await work((await sweep()).filter(({ kind }) => kind === 'deploy-notice'));
  expect(world.app.slackJobs.takeAll()).toEqual([]);
  expect((await sweep()).filter(({ kind }) => kind === 'deploy-notice')).toEqual([]);
});

describe('a token that ends soon', () => {
  it('is renewed by the worker when it has the time', async () => {
    const oauth = await startSlackOauthServer();
    try {
      oauth.grantWith({ expires_in: 43_200 });
      const { app, teamId } = world;
      const { table, clock, log, tokenEncryptionKey } = app;
      const installedAt = isoTime(clock.now());
      const grant = await exchangeCode(oauth, { code: 'first', redirectUri: 'https://postflow.example/' });
      const tokens = {
        botToken: grant.access_token,
        refreshToken: grant.refresh_token,
        expiresAt: isoTime(clock.now() + 1_800_000),
      };
      const workspace = { teamId, name: 'Acme', botUserId: 'U0POSTFLOW', status: 'active' as const, installedAt };
      await saveWorkspace(
        app,
        { ...workspace, ...sealTokens(app, teamId, tokens) },
        { teamId, organization: 'acme', linkedAt: installedAt },
      );
      clock.advance(1_000);
      const renewing = {
        ...app,
        slack: slackClient({
          table,
          clock,
          tokenEncryptionKey,
          apiUrl: oauth.apiUrl,
          rotation: { ...oauth, clock, log },
        }),
      };
      const jobs = await sweep();
      expect(jobs).toEqual([{ kind: 'token-renewal', teamId }]);
      await work(jobs, renewing, 12_000);
      expect(await sweep(), 'too little time was left').toEqual(jobs);
      await work([...jobs, ...jobs], renewing);
      expect(await sweep()).toEqual([]);
      expect((await loadWorkspace(app, teamId))?.tokenExpiresAt).toBe(isoTime(clock.now() + 43_200_000));
    } finally {
      await oauth.stop();
    }
  });
});

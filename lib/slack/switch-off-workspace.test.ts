import { describe, expect, it } from 'vitest';
import { createSlackAcme } from '../../tests/support/slack-acme.ts';
import { findBotToken } from './find-bot-token.ts';
import { readSituation } from './read-situation.ts';
import { revokesBot, switchOffWorkspace } from './switch-off-workspace.ts';
import { loadWorkspace } from './workspace-store.ts';
import { addWorkspace, findWorkspace } from './workspaces.ts';

const seconds = (at: number) => Math.floor(at / 1_000);
const again = { organization: 'acme', teamId: 'T0ACME001', name: 'Acme', botUserId: 'U0POSTFLOW', botToken: 'xoxb-2' };

describe('a workspace that removed the app', () => {
  it.each(['app_uninstalled', 'tokens_revoked'] as const)('is switched off once, for %s', async (reason) => {
    const { app, teamId } = await createSlackAcme();
    app.clock.advance(60_000);
    const loss = { teamId, reason, eventTime: seconds(app.clock.now()) };
    expect(await switchOffWorkspace(app, loss)).toBe(true);
    expect(await switchOffWorkspace(app, loss)).toBe(false);
    const at = new Date(app.clock.now()).toISOString();
    expect(await findWorkspace(app, teamId)).toMatchObject({ status: 'disabled', switchedOff: { reason, at } });
    expect(await findBotToken(app, teamId)).toBeUndefined();
    expect(await loadWorkspace(app, teamId), 'its token is forgotten').not.toHaveProperty('sealedBotToken');
    expect(await readSituation(app, { teamId })).toBeUndefined();
  });

  it('comes back with everything when the app is installed again, and old events do nothing then', async () => {
    const { app, teamId, linked } = await createSlackAcme();
    await linked('U0ADA00001', 'ada');
    app.clock.advance(60_000);
    const loss = { teamId, reason: 'app_uninstalled', eventTime: seconds(app.clock.now()) } as const;
    await switchOffWorkspace(app, loss);
    app.clock.advance(1_000);
    await addWorkspace(app, again);
    expect(await switchOffWorkspace(app, loss)).toBe(false);
    expect(await findWorkspace(app, teamId)).toMatchObject({ status: 'active' });
    expect(await findWorkspace(app, teamId)).not.toHaveProperty('switchedOff');
    const situation = await readSituation(app, { teamId, slackUserId: 'U0ADA00001' });
    expect(situation?.memberships.map(({ organization }) => organization)).toEqual(['acme', 'globex']);
  });

  it('was never ours: nothing comes of it', async () => {
    const { app } = await createSlackAcme();
    const loss = { teamId: 'T0STRANGER', reason: 'tokens_revoked', eventTime: seconds(app.clock.now()) + 9 } as const;
    expect(await switchOffWorkspace(app, loss)).toBe(false);
    expect(await findWorkspace(app, 'T0STRANGER')).toBeUndefined();
  });
});

it.each([
  [{ bot: ['U0POSTFLOW'] }, true],
  [{ bot: [], oauth: ['U0ADA00001'] }, false],
  [{ oauth: ['U0ADA00001'] }, false],
  [{ bot: ['U0ANOTHER1'] }, false],
])('tokens that were revoked, %j, are the bot’s: %s', (tokens, expected) => {
  expect(revokesBot(tokens, 'U0POSTFLOW')).toBe(expected);
});

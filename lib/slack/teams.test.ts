import { describe, expect, it } from 'vitest';
import { people } from '../../tests/support/acme.ts';
import { createSlackAcme } from '../../tests/support/slack-acme.ts';
import { changeTeamRole, requireTeam } from '../organizations/index.ts';
import { ConflictError, ForbiddenError, NotFoundError } from '../platform/errors.ts';
import { readChannels, readTeamChannels } from './channel-link-store.ts';
import {
  addWorkspace,
  LinkGoneError,
  linkIdentity,
  linkTeam,
  listLinkableTeams,
  previewUnlinkTeam,
  renameChannel,
  unlinkTeam,
} from './index.ts';
import type { TeamToLink } from './link-team.ts';

/** Olivia is U1 (owner of acme), Ada U2 (admin there in backend; owner of globex), Mia U3 (member, in frontend). */
async function started() {
  const acme = await createSlackAcme();
  const { app, teamId, users, freshLink, linked } = acme;
  await linked('U1', 'olivia');
  await linked('U2', 'ada');
  await linked('U3', 'mia');
  const visitors = {
    olivia: { teamId, slackUserId: 'U1', userId: users.olivia },
    ada: { teamId, slackUserId: 'U2', userId: users.ada },
    mia: { teamId, slackUserId: 'U3', userId: users.mia },
  };
  const channel = { channelId: 'C1', channelName: 'ops' };
  const link = (who: keyof typeof people, more: Partial<TeamToLink> & { readonly team: string }) =>
    linkTeam(app, { link: freshLink(), ...visitors[who], ...channel, organization: 'acme', ...more });
  const unlink = (who: keyof typeof people, more: object = {}) =>
    unlinkTeam(app, { link: freshLink(), ...visitors[who], channelId: 'C1', organization: 'acme', ...more });
  const channelOf = async (team: string, organization = 'acme') =>
    (await readTeamChannels(app.table, { organization, team })).map(({ channelId }) => channelId);
  const teamsIn = async (channelId: string) =>
    (await readChannels(app.table, [{ teamId, channelId }])).flatMap(({ name, links }) =>
      links.map((one) => `${name}: ${one.organization}/${one.team}`),
    );
  return { ...acme, visitors, link, unlink, channelOf, teamsIn };
}

describe('a team', () => {
  it('is linked to a channel, and its settings are to be switched on', async () => {
    const { app, link, channelOf, teamsIn } = await started();
    const team = await requireTeam(app, 'acme', 'backend');
    expect(await link('olivia', { team: 'backend' })).toEqual({
      outcome: 'linked',
      team,
      channel: { channelId: 'C1', name: 'ops' },
      settings: { what: 'switch-on', organization: 'acme', ownerType: 'team', ownerId: team.id },
      told: [expect.any(String)],
    });
    expect(await channelOf('backend')).toEqual(['C1']);
    expect(await teamsIn('C1')).toEqual(['ops: acme/backend']);
  });

  it('is linked already when that is said again, and its channel has the newest name', async () => {
    const { link, teamsIn } = await started();
    await link('olivia', { team: 'backend' });
    const again = await link('ada', { team: 'backend', channelName: 'operations' });
    expect(again).toMatchObject({ outcome: 'already-linked', channel: { name: 'operations' } });
    expect(await teamsIn('C1')).toEqual(['operations: acme/backend']);
  });

  it('moves to another channel only after that was confirmed, with the same link', async () => {
    const { app, link, channelOf, teamsIn, freshLink } = await started();
    await link('olivia', { team: 'backend' });
    const there = { team: 'backend', channelId: 'C2', channelName: 'new', link: freshLink() };
    expect(await link('olivia', there)).toMatchObject({
      outcome: 'move-needed',
      from: { channelId: 'C1', name: 'ops' },
    });
    expect(await link('olivia', { ...there, moveFromChannelId: 'C9' })).toMatchObject({
      outcome: 'move-needed',
    });
    expect(await channelOf('backend')).toEqual(['C1']);
    const moved = await link('olivia', { ...there, moveFromChannelId: 'C1' });
    expect(moved).toMatchObject({ outcome: 'moved', from: { channelId: 'C1', name: 'ops' } });
    expect(await channelOf('backend')).toEqual(['C2']);
    expect([await teamsIn('C1'), await teamsIn('C2')]).toEqual([[], ['new: acme/backend']]);
    await expect(link('olivia', there)).rejects.toThrow(LinkGoneError);
    expect(app.lines).toEqual([]);
  });

  it('shares a channel with the team of another organization, and with none of its own', async () => {
    const { link, unlink, teamsIn } = await started();
    await link('olivia', { team: 'backend' });
    await link('ada', { team: 'sales', organization: 'globex' });
    await expect(link('olivia', { team: 'frontend' })).rejects.toThrow(ConflictError);
    expect(await teamsIn('C1')).toEqual(['ops: acme/backend', 'ops: globex/sales']);
    await unlink('olivia');
    expect(await teamsIn('C1')).toEqual(['ops: globex/sales']);
  });

  it('is linked by one of those who try at once', async () => {
    const { link, teamsIn, channelOf } = await started();
    const tries = ['backend', 'frontend'].flatMap((team) => [1, 2].map(() => link('olivia', { team })));
    const results = await Promise.allSettled(tries);
    const teams = await teamsIn('C1');
    expect(teams).toHaveLength(1);
    expect((await channelOf('backend')).length + (await channelOf('frontend')).length).toBe(1);
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(ConflictError);
      else expect(teams[0]).toContain(result.value.team.slug);
    }
  });

  it('stays linked when its channel is renamed, and is unlinked under the new name', async () => {
    const { app, teamId, link, unlink, teamsIn, visitors } = await started();
    await link('olivia', { team: 'backend' });
    expect(await renameChannel(app, { teamId, channelId: 'C1', name: 'operations', renamedAt: 9.5 })).toBe(true);
    expect(await renameChannel(app, { teamId, channelId: 'C1', name: 'before that', renamedAt: 9.4 })).toBe(false);
    expect(await renameChannel(app, { teamId, channelId: 'C2', name: 'other', renamedAt: 9.5 })).toBe(false);
    expect(await teamsIn('C1')).toEqual(['operations: acme/backend']);
    const done = { outcome: 'unlinked', team: 'backend', channel: { name: 'operations' } };
    const preview = { ...visitors.olivia, channelId: 'C1', organization: 'acme' };
    expect(await previewUnlinkTeam(app, preview)).toMatchObject(done);
    expect(await unlink('olivia')).toMatchObject(done);
    expect(await teamsIn('C1')).toEqual([]);
  });

  it('loses its settings with its last channel, whatever the workspace', async () => {
    const { app, users, link, unlink, freshLink, channelOf } = await started();
    const teamId = 'T0OTHER01';
    await addWorkspace(app, { organization: 'acme', teamId, name: 'Other', botUserId: 'U0BOT', botToken: 'xoxb-x' });
    await linkIdentity(app, { link: freshLink(), teamId, slackUserId: 'U7', userId: users.olivia });
    await link('olivia', { team: 'backend' });
    await link('olivia', { team: 'backend', teamId, slackUserId: 'U7', channelId: 'C7' });
    expect(await channelOf('backend')).toEqual(['C1', 'C7']);
    expect(await unlink('olivia')).not.toHaveProperty('settings');
    const last = await unlink('olivia', { teamId, slackUserId: 'U7', channelId: 'C7' });
    expect(last).toMatchObject({ settings: { what: 'remove', ownerType: 'team' } });
    expect(await unlink('olivia')).toEqual({ outcome: 'not-linked', told: [] });
  });
});

describe('who may', () => {
  it.each([
    ['an owner', 'olivia', 'backend', true],
    ['an admin who is in the team', 'ada', 'backend', true],
    ['an admin who is not in the team', 'ada', 'frontend', false],
    ['the admin of the team', 'mia', 'frontend', true],
    ['the admin of another team', 'mia', 'backend', false],
  ] as const)('link a team: %s', async (_, who, team, allowed) => {
    const { app, link } = await started();
    await changeTeamRole(app, { organization: 'acme', email: people.mia, team: 'frontend', role: 'admin' });
    if (allowed) expect(await link(who, { team })).toMatchObject({ outcome: 'linked' });
    else await expect(link(who, { team })).rejects.toThrow(ForbiddenError);
  });

  it.each([
    ['an owner', 'olivia', 'backend', true],
    ['any admin', 'ada', 'frontend', true],
    ['the admin of the team', 'mia', 'frontend', true],
    ['the admin of another team', 'mia', 'backend', false],
  ] as const)('unlink a team: %s', async (_, who, team, allowed) => {
    const { app, link, unlink } = await started();
    await changeTeamRole(app, { organization: 'acme', email: people.mia, team: 'frontend', role: 'admin' });
    await link('olivia', { team });
    if (allowed) expect(await unlink(who)).toMatchObject({ outcome: 'unlinked', team });
    else await expect(unlink(who)).rejects.toThrow(ForbiddenError);
  });

  it('only who is linked to the Slack user of the link, and only in organizations that both share', async () => {
    const { app, link, unlink, visitors, users } = await started();
    const team = 'backend';
    const wrong = { team, userId: users.ada };
    await expect(link('olivia', wrong)).rejects.toThrow(/another person/);
    await expect(link('olivia', { team, slackUserId: 'U9' })).rejects.toThrow(ForbiddenError);
    await expect(unlink('olivia', { userId: users.ada })).rejects.toThrow(ForbiddenError);
    await expect(link('olivia', { team, organization: 'globex' })).rejects.toThrow(NotFoundError);
    await expect(link('olivia', { team: 'none' })).rejects.toThrow(NotFoundError);
    await expect(link('olivia', { team: 'Not a \u0000 slug' })).rejects.toThrow(NotFoundError);
    await expect(listLinkableTeams(app, { ...visitors.mia, userId: users.ada })).rejects.toThrow(ForbiddenError);
  });

  it('choose from the teams of every organization, each with the channel that it would leave', async () => {
    const { app, link, visitors } = await started();
    await link('olivia', { team: 'backend' });
    const chosen = async (who: keyof typeof people) =>
      (await listLinkableTeams(app, visitors[who])).map(({ team, channel }) =>
        [`${team.organization}/${team.slug}`, channel?.name].filter(Boolean).join(' in '),
      );
    expect(await chosen('olivia')).toEqual(['acme/backend in ops', 'acme/frontend']);
    expect(await chosen('ada')).toEqual(['acme/backend in ops', 'globex/sales']);
    expect(await chosen('mia')).toEqual([]);
    await changeTeamRole(app, { organization: 'acme', email: people.mia, team: 'frontend', role: 'admin' });
    expect(await chosen('mia')).toEqual(['acme/frontend']);
  });
});

import { describe, expect, it } from 'vitest';
import { people } from '../../tests/support/acme.ts';
import { capacityMeter } from '../../tests/support/capacity-meter.ts';
import { createSlackAcme } from '../../tests/support/slack-acme.ts';
import { createTestApp } from '../../tests/support/test-app.ts';
import { addMember, changeTeamRole } from '../organizations/index.ts';
import { ForbiddenError } from '../platform/errors.ts';
import type { LinkCommand } from './answer-for.ts';
import { answerLinkCommand } from './answer-link-command.ts';
import {
  type LinkPurpose,
  linkIdentity,
  linkTeam,
  openSlackLink,
  readSituation,
  refreshMembershipsOf,
  requireUnusedLink,
  unlinkIdentity,
  unlinkTeam,
} from './index.ts';
import { parseCommand } from './parse-command.ts';
import type { CommandPlace } from './situation.ts';

const responseUrl = 'https://hooks.slack.com/commands/T0ACME001/1/x';

async function started() {
  const meter = capacityMeter();
  const acme = await createSlackAcme(await createTestApp({ meter }));
  const { app, teamId, users, freshLink } = acme;
  const place = { teamId, slackUserId: 'U1', channelId: 'C1', channelName: 'ops' };
  const type = async (line: string, at: Partial<CommandPlace> = {}) =>
    answerLinkCommand(app, {
      command: parseCommand(line) as LinkCommand,
      place: { ...place, ...at },
      responseUrl,
    });
  /** What the first link of an answer carries. */
  const open = async <P extends LinkPurpose>(text: string, purpose: P) => {
    const link = openSlackLink(app, purpose, new RegExp(`/${purpose}/([^/|]+)/\\|`).exec(text)?.[1] ?? '');
    await requireUnusedLink(app, link);
    return link;
  };
  const costOf = async (work: () => Promise<unknown>) => (await meter.during(work)).consumed;
  const linkBackend = async () => {
    const olivia = { teamId, slackUserId: 'U9', userId: users.olivia };
    await acme.linked('U9', 'olivia');
    const channel = { channelId: 'C1', channelName: 'ops' };
    await linkTeam(app, { link: freshLink(), ...olivia, ...channel, organization: 'acme', team: 'backend' });
  };
  return { ...acme, type, open, costOf, linkBackend };
}

const oneRead = { requests: 1, operations: { BatchGetItem: 1 } };

describe('an answer', () => {
  it('leads the whole way: link, linked already, unlink, nothing to unlink', async () => {
    const { app, type, open, users } = await started();
    const offer = await type('link');
    const link = await open(offer.text, 'link-identity');
    expect(link.parameters).toEqual({ teamId: 'T0ACME001', slackUserId: 'U1', channelId: 'C1', responseUrl });
    await linkIdentity(app, { link, ...link.parameters, userId: users.ada });
    await expect(open(offer.text, 'link-identity')).rejects.toMatchObject({ status: 410, reason: 'used' });
    expect((await type('link')).text).toContain(people.ada);
    const goodbye = await open((await type('unlink')).text, 'unlink-identity');
    await unlinkIdentity(app, { link: goodbye, ...goodbye.parameters, userId: users.ada });
    expect((await type('unlink')).decision.outcome).toBe('not-linked');
    expect(Object.fromEntries(app.counted)).toEqual({
      'integrations.slack.commands_endpoint.success.link_user': 1,
      'integrations.slack.commands_endpoint.success.unlink_user': 1,
      'integrations.slack.commands_endpoint.failure.unlink_user.no_identity': 1,
    });
  });

  it('leads the whole way for a team', async () => {
    const { app, type, open, users, linked } = await started();
    await linked('U1', 'ada');
    const link = await open((await type('link team')).text, 'link-team');
    const chosen = { organization: 'acme', team: 'backend' };
    await linkTeam(app, { link, ...link.parameters, userId: users.ada, ...chosen });
    expect((await type('link team')).text).toContain('backend (acme)');
    const goodbye = await open((await type('unlink team')).text, 'unlink-team');
    expect(goodbye.parameters).toMatchObject({ organization: 'acme', channelName: 'ops' });
    await unlinkTeam(app, { link: goodbye, ...goodbye.parameters, userId: users.ada });
    expect((await type('unlink team')).decision.outcome).toBe('no-team-here');
  });

  it.each(['link', 'unlink', 'link team', 'unlink team'])('costs one read: %s', async (line) => {
    const { type, costOf, linked, linkBackend } = await started();
    expect(await costOf(() => type(line))).toMatchObject(oneRead);
    await linked('U1', 'ada');
    expect(await costOf(() => type(line))).toMatchObject(oneRead);
    await linkBackend();
    expect(await costOf(() => type(line))).toMatchObject(oneRead);
    expect(await costOf(() => type(line, { channelName: 'directmessage' }))).toMatchObject(oneRead);
  });

  it('is refused in a workspace that is unknown or switched off', async () => {
    const { app, type } = await started();
    for (const teamId of ['T0NOBODY1', '', 'T#\u0000', '\uD800', 'T'.repeat(5_000)]) {
      await expect(type('link', { teamId })).rejects.toThrow(ForbiddenError);
    }
    const off = { expression: 'SET #s = :s', names: { '#s': 'status' }, values: { ':s': 'disabled' } };
    await app.table.update({ pk: 'WORKSPACE#T0ACME001', sk: 'WORKSPACE' }, off);
    await expect(type('link')).rejects.toThrow(ForbiddenError);
  });

  it('has a link that opens, whatever is said to be the name of the channel', async () => {
    const { type, open, linked } = await started();
    await linked('U1', 'ada');
    for (const channelName of [
      'x'.repeat(10_000),
      '\uD800'.repeat(200),
      '日本語'.repeat(50),
      `${'x'.repeat(79)}😀`,
      '<!here>|',
    ]) {
      const { parameters } = await open((await type('link team', { channelName })).text, 'link-team');
      expect(parameters.channelName).toBe(channelName.slice(0, 80).toWellFormed());
    }
  });

  it.each(['', 'U#1', '\u0000', '\uDC00', 'U'.repeat(5_000)])('takes no id that is none: %j', async (odd) => {
    const { type } = await started();
    expect((await type('link', { slackUserId: odd })).decision.outcome).toBe('incomplete');
    expect((await type('link', { channelId: odd })).decision.outcome).toBe('incomplete');
  });
});

describe('what somebody is in an organization', () => {
  it('is looked at again before a command is refused for it', async () => {
    const { app, type, linked, costOf } = await started();
    await linked('U1', 'mia');
    const refused = await costOf(async () => {
      expect((await type('link team')).decision.outcome).toBe('insufficient-role');
    });
    // Once for the command; twice to see that the copy is right.
    expect(refused).toMatchObject({ requests: 3, operations: { BatchGetItem: 3 } });
    await changeTeamRole(app, { organization: 'acme', email: people.mia, team: 'frontend', role: 'admin' });
    expect((await type('link team')).decision.outcome).toBe('offer-link-team');
    expect(await costOf(() => type('link team'))).toMatchObject(oneRead);
  });

  it('is looked at again when a channel has a team of an organization that somebody has joined since', async () => {
    const { app, teamId, type, linked, users, freshLink } = await started();
    await linked('U1', 'mia');
    await linked('U2', 'ada');
    const ada = { teamId, slackUserId: 'U2', userId: users.ada, channelId: 'C1', channelName: 'ops' };
    await linkTeam(app, { link: freshLink(), ...ada, organization: 'globex', team: 'sales' });
    expect((await type('unlink team')).decision.outcome).toBe('no-team-here');
    await addMember(app, { organization: 'globex', email: people.mia, role: 'admin' });
    expect((await type('unlink team')).decision.outcome).toBe('offer-unlink-team');
  });

  it('is brought up to date in every workspace for whoever changes it', async () => {
    const { app, teamId, linked, users } = await started();
    await linked('U1', 'mia');
    const adminOf = async () =>
      (await readSituation(app, { teamId, slackUserId: 'U1' }))?.memberships.map((one) => one.adminOf);
    const { userId } = await changeTeamRole(app, {
      organization: 'acme',
      email: people.mia,
      team: 'frontend',
      role: 'admin',
    });
    expect(userId).toBe(users.mia);
    expect(await adminOf()).toEqual([[]]);
    await refreshMembershipsOf(app, { userId });
    expect(await adminOf()).toEqual([['frontend']]);
  });

  it('counts only where the workspace serves the organization', async () => {
    const { app, type, linked } = await started();
    await linked('U1', 'ada');
    const leave = { expression: 'DELETE organizations :gone', values: { ':gone': new Set(['acme']) } };
    await app.table.update({ pk: 'WORKSPACE#T0ACME001', sk: 'WORKSPACE' }, leave);
    const situation = await readSituation(app, { teamId: 'T0ACME001', slackUserId: 'U1', channelId: 'C1' });
    expect(situation?.memberships.map(({ organization }) => organization)).toEqual(['globex']);
    expect((await type('link team')).decision.outcome).toBe('offer-link-team');
  });
});

describe('a link of an answer', () => {
  it.each([
    ['another page', 'unlink-identity', 0, 'other-purpose'],
    ['its own page half an hour and a second later', 'link-identity', 1_801, 'expired'],
  ] as const)('does not open %s', async (_, purpose, seconds, reason) => {
    const { app, type } = await started();
    const token = /\/link-identity\/([^/|]+)\//.exec((await type('link')).text)?.[1] ?? '';
    app.clock.advance(seconds * 1_000);
    expect(() => openSlackLink(app, purpose, token)).toThrow(expect.objectContaining({ status: 410, reason }));
  });

  it('opens for nobody who made it up', async () => {
    const { app } = await started();
    for (const token of ['', 'x', 'a.b', '../../etc', '\u0000']) {
      expect(() => openSlackLink(app, 'link-team', token)).toThrow(expect.objectContaining({ reason: 'forged' }));
    }
  });
});

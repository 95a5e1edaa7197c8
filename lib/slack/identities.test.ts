import { describe, expect, it } from 'vitest';
import { people } from '../../tests/support/acme.ts';
import { createSlackAcme } from '../../tests/support/slack-acme.ts';
import { addMember, createOrganization } from '../organizations/index.ts';
import { ConflictError, ForbiddenError, NotFoundError } from '../platform/errors.ts';
import { lookUp } from '../platform/lookup.ts';
import { accountLookup, identityLookup } from './identity-store.ts';
import {
  addWorkspace,
  LinkGoneError,
  linkIdentity,
  previewLinkIdentity,
  previewUnlinkIdentity,
  unlinkIdentity,
} from './index.ts';

async function started() {
  const acme = await createSlackAcme();
  const { app, teamId, users } = acme;
  /** Who the Slack users U1 and U2 are, and who Ada and Mia are in Slack. */
  const standing = async () => {
    const [one, two, ada, mia] = await lookUp(app.table, [
      identityLookup(teamId, 'U1'),
      identityLookup(teamId, 'U2'),
      accountLookup({ teamId, userId: users.ada }),
      accountLookup({ teamId, userId: users.mia }),
    ]);
    return { U1: one?.email, U2: two?.email, ada: ada?.slackUserId, mia: mia?.slackUserId };
  };
  return { ...acme, standing };
}

const nobody = { U1: undefined, U2: undefined, ada: undefined, mia: undefined };

describe('an identity', () => {
  it('links a Slack user and a user of ours in both directions, with what they are in the organizations', async () => {
    const { app, teamId, users, freshLink, standing } = await started();
    const done = await linkIdentity(app, { link: freshLink(), teamId, slackUserId: 'U1', userId: users.ada });
    expect(done).toEqual({
      identity: { teamId, slackUserId: 'U1', userId: users.ada, email: people.ada },
      organizations: ['acme', 'globex'],
      told: [expect.any(String)],
    });
    expect(await standing()).toEqual({ ...nobody, U1: people.ada, ada: 'U1' });
    const [identity] = await lookUp(app.table, [identityLookup(teamId, 'U1')]);
    expect(identity?.memberships).toEqual([
      { organization: 'acme', role: 'admin', teams: ['backend'], adminOf: [] },
      { organization: 'globex', role: 'owner', teams: [], adminOf: [] },
    ]);
  });

  it('replaces what stood for its Slack user, and what stood for its user', async () => {
    const { app, teamId, users, freshLink, standing, linked } = await started();
    await linked('U1', 'ada');
    await linked('U2', 'mia');
    const done = await linkIdentity(app, { link: freshLink(), teamId, slackUserId: 'U1', userId: users.mia });
    expect(done).toMatchObject({ replacedUserId: users.ada, replacedSlackUserId: 'U2' });
    expect(await standing()).toEqual({ ...nobody, U1: people.mia, mia: 'U1' });
  });

  it('can be seen before it is linked or unlinked', async () => {
    const { app, teamId, users, standing, linked } = await started();
    await linked('U1', 'ada');
    const mia = { teamId, slackUserId: 'U1', userId: users.mia };
    expect(await previewLinkIdentity(app, mia)).toEqual({
      identity: { ...mia, email: people.mia },
      organizations: ['acme'],
      replacedUserId: users.ada,
    });
    await expect(previewUnlinkIdentity(app, mia)).rejects.toThrow(ForbiddenError);
    const ada = { ...mia, userId: users.ada };
    expect(await previewUnlinkIdentity(app, ada)).toEqual({
      outcome: 'unlinked',
      identity: { ...ada, email: people.ada },
    });
    expect(await standing()).toEqual({ ...nobody, U1: people.ada, ada: 'U1' });
  });

  it('stays the same when it is linked again', async () => {
    const { linked, standing } = await started();
    await linked('U1', 'ada');
    await linked('U1', 'ada');
    expect(await standing()).toEqual({ ...nobody, U1: people.ada, ada: 'U1' });
  });

  it('is of its workspace only', async () => {
    const { app, linked, users, freshLink, standing } = await started();
    const other = { organization: 'acme', teamId: 'T0OTHER01', name: 'Other', botUserId: 'U0BOT', botToken: 'xoxb-x' };
    await addWorkspace(app, other);
    await linked('U1', 'ada');
    await linkIdentity(app, { link: freshLink(), teamId: 'T0OTHER01', slackUserId: 'U9', userId: users.ada });
    expect(await standing()).toEqual({ ...nobody, U1: people.ada, ada: 'U1' });
  });

  it('is never half of two, however many link at once', async () => {
    const { app, teamId, users, freshLink, standing } = await started();
    const tries = (['U1', 'U2'] as const).flatMap((slackUserId) =>
      [users.ada, users.mia].map((userId) => linkIdentity(app, { link: freshLink(), teamId, slackUserId, userId })),
    );
    const failures = (await Promise.allSettled(tries)).filter(({ status }) => status === 'rejected');
    for (const failure of failures) expect((failure as PromiseRejectedResult).reason).toBeInstanceOf(ConflictError);
    const { U1, U2, ada, mia } = await standing();
    const asPairs = { [people.ada]: ada, [people.mia]: mia };
    if (U1 !== undefined) expect(asPairs[U1 as keyof typeof asPairs]).toBe('U1');
    if (U2 !== undefined) expect(asPairs[U2 as keyof typeof asPairs]).toBe('U2');
    expect([U1, U2].filter(Boolean)).toHaveLength([ada, mia].filter(Boolean).length);
  });

  it('is for members of an organization that the workspace serves', async () => {
    const { app, teamId, freshLink, standing } = await started();
    await createOrganization(app, { slug: 'initech', name: 'Initech' });
    const { userId } = await addMember(app, { organization: 'initech', email: 'bill@initech.example', role: 'owner' });
    const link = freshLink();
    const tried = { link, teamId, slackUserId: 'U1', userId };
    await expect(linkIdentity(app, tried)).rejects.toThrow(NotFoundError);
    await expect(linkIdentity(app, { ...tried, teamId: 'T0NOBODY1' })).rejects.toThrow(NotFoundError);
    expect(await standing()).toEqual(nobody);
    await addMember(app, { organization: 'acme', email: 'bill@initech.example', role: 'member' });
    // What was refused has not used the link up.
    await linkIdentity(app, tried);
    expect((await standing()).U1).toBe('bill@initech.example');
  });
});

describe('a link that links people', () => {
  it('works once, also when it is used twice at the same moment', async () => {
    const { app, teamId, users, freshLink } = await started();
    const input = { link: freshLink(), teamId, slackUserId: 'U1', userId: users.ada };
    const results = await Promise.allSettled([1, 2, 3].map(() => linkIdentity(app, input)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const used = await linkIdentity(app, { ...input, userId: users.mia }).catch((error: unknown) => error);
    expect(used).toBeInstanceOf(LinkGoneError);
    expect(used).toMatchObject({ status: 410, reason: 'used' });
  });

  it('is remembered until it would have expired anyway', async () => {
    const { app, teamId, users, freshLink } = await started();
    const link = freshLink();
    await linkIdentity(app, { link, teamId, slackUserId: 'U1', userId: users.ada });
    const item = await app.table.get({ pk: `USED_LINK#${link.id}`, sk: 'USED_LINK' });
    expect(item?.['expiresAt']).toBeGreaterThan(link.expiresAtSeconds);
  });

  it('does nothing after the workspace was switched off', async () => {
    const { app, teamId, users, freshLink, standing, linked } = await started();
    await linked('U1', 'ada');
    const off = { expression: 'SET #s = :s', names: { '#s': 'status' }, values: { ':s': 'disabled' } };
    await app.table.update({ pk: `WORKSPACE#${teamId}`, sk: 'WORKSPACE' }, off);
    const input = { link: freshLink(), teamId, slackUserId: 'U1', userId: users.mia };
    await expect(linkIdentity(app, input)).rejects.toThrow(NotFoundError);
    await expect(unlinkIdentity(app, { ...input, userId: users.ada })).rejects.toThrow(NotFoundError);
    expect(await standing()).toEqual({ ...nobody, U1: people.ada, ada: 'U1' });
  });
});

describe('unlinking', () => {
  it.each([
    ['the user themselves', 'mia', 'mia', 'unlinked'],
    ['an owner of their organization', 'mia', 'olivia', 'unlinked'],
    ['an owner of an organization that they are not in', 'mia', 'ada', 'refused'],
    ['another member', 'ada', 'mia', 'refused'],
  ] as const)('by %s', async (_, whose, by, outcome) => {
    const { app, teamId, users, freshLink, linked, standing } = await started();
    await linked('U1', whose);
    const tried = unlinkIdentity(app, { link: freshLink(), teamId, slackUserId: 'U1', userId: users[by] });
    if (outcome === 'refused') await expect(tried).rejects.toThrow(ForbiddenError);
    else expect(await tried).toMatchObject({ outcome, identity: { email: people[whose] } });
    expect(await standing()).toEqual(outcome === 'refused' ? { ...nobody, U1: people[whose], [whose]: 'U1' } : nobody);
  });

  it('is done when there is nothing to unlink', async () => {
    const { app, teamId, users, freshLink } = await started();
    const input = { teamId, slackUserId: 'U1', userId: users.mia };
    expect(await unlinkIdentity(app, { ...input, link: freshLink() })).toEqual({ outcome: 'not-linked', told: [] });
  });
});

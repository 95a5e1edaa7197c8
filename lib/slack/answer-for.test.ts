import { describe, expect, it } from 'vitest';
import type { Membership } from '../organizations/index.ts';
import { answerFor, type LinkCommand } from './answer-for.ts';
import { answerText } from './answer-text.ts';
import { parseCommand } from './parse-command.ts';
import type { Situation, TeamHere } from './situation.ts';

const place = { teamId: 'T1', slackUserId: 'U1', channelId: 'C1', channelName: 'ops' };
const identity = { userId: 'ada', email: 'ada@acme.example' };
const nobody: Situation = { place, memberships: [], teamsHere: [] };
const direct: Situation = { ...nobody, place: { ...place, channelName: 'directmessage' } };

const membership = (organization: string, role: Membership['role'], adminOf: string[] = []): Membership => ({
  organization,
  role,
  teams: adminOf,
  adminOf,
});
const as = (memberships: Membership[], teamsHere: TeamHere[] = []): Situation => ({
  place,
  identity,
  memberships,
  teamsHere,
});
const backend = { organization: 'acme', team: 'backend' };
const sales = { organization: 'globex', team: 'sales' };
const withoutUser = { ...nobody, place: { ...place, slackUserId: undefined } };
const withoutChannel = (situation: Situation) => ({ ...situation, place: { ...place, channelId: undefined } });

const decide = (line: string, situation: Situation) => answerFor(parseCommand(line) as LinkCommand, situation);

describe('a linking command', () => {
  it.each([
    ['link', as([]), { outcome: 'already-linked', email: identity.email }],
    ['link', withoutChannel(as([])), { outcome: 'already-linked' }],
    ['link', withoutUser, { outcome: 'incomplete', command: 'link_user' }],
    ['link', withoutChannel(nobody), { outcome: 'incomplete', command: 'link_user' }],
    ['link', nobody, { outcome: 'offer-link-user', place }],
    [' LINK  ', direct, { outcome: 'offer-link-user' }],
    ['unlink', nobody, { outcome: 'not-linked' }],
    ['unlink', withoutUser, { outcome: 'not-linked' }],
    ['unlink', withoutChannel(as([])), { outcome: 'incomplete', command: 'unlink_user' }],
    ['unlink', as([]), { outcome: 'offer-unlink-user', place, email: identity.email }],
  ])('of people: %s (%#)', (line, situation, decision) => {
    expect(decide(line, situation)).toMatchObject(decision);
  });

  const owner = as([membership('acme', 'owner')]);
  it.each([
    ['a direct message comes before everything', direct, 'direct-message'],
    ['so does one that is known by its id', { ...owner, place: { ...place, channelId: 'D1' } }, 'direct-message'],
    ['then nobody', nobody, 'link-yourself-first'],
    [
      'then a channel with a team, whatever the role',
      as([membership('acme', 'member')], [backend]),
      'channel-has-team',
    ],
    [
      'of any organization of the person',
      as([membership('acme', 'owner'), membership('globex', 'member')], [sales]),
      'channel-has-team',
    ],
    ['but of no other', as([membership('acme', 'owner')], [sales]), 'offer-link-team'],
    ['then the role', as([membership('acme', 'member')]), 'insufficient-role'],
    ['which no membership gives', as([]), 'insufficient-role'],
    ['admin', as([membership('acme', 'admin')]), 'offer-link-team'],
    ['manager', as([membership('acme', 'manager')]), 'offer-link-team'],
    ['owner', owner, 'offer-link-team'],
    ['in any organization', as([membership('acme', 'member'), membership('globex', 'owner')]), 'offer-link-team'],
    ['admin of a team', as([membership('acme', 'member', ['backend'])]), 'offer-link-team'],
    ['without a channel', withoutChannel(owner), 'incomplete'],
  ])('link team: %s', (_, situation, outcome) => {
    expect(decide('link team now', situation).outcome).toBe(outcome);
  });

  it.each([
    ['a direct message comes before everything', direct, 'direct-message'],
    ['then nobody', nobody, 'link-yourself-first'],
    ['then a channel without a team', owner, 'no-team-here'],
    ['or without one of an organization of the person', as([membership('acme', 'owner')], [sales]), 'no-team-here'],
    ['then the role', as([membership('acme', 'member')], [backend]), 'insufficient-role'],
    [
      'in the organization of the team',
      as([membership('acme', 'member'), membership('globex', 'owner')], [backend]),
      'insufficient-role',
    ],
    ['admin', as([membership('acme', 'admin')], [backend]), 'offer-unlink-team'],
    ['admin of the team', as([membership('acme', 'member', ['backend'])], [backend]), 'offer-unlink-team'],
    ['admin of another team', as([membership('acme', 'member', ['frontend'])], [backend]), 'insufficient-role'],
  ])('unlink team: %s', (_, situation, outcome) => {
    expect(decide('unlink team', situation).outcome).toBe(outcome);
  });

  it('offers to unlink each team for which the role is enough', () => {
    const both = [membership('acme', 'owner'), membership('globex', 'owner')];
    expect(decide('unlink team', as(both, [backend, sales]))).toMatchObject({ teams: [backend, sales] });
    const one = [membership('acme', 'member'), membership('globex', 'owner')];
    expect(decide('unlink team', as(one, [backend, sales]))).toMatchObject({ teams: [sales] });
  });
});

describe('the text of an answer', () => {
  const textOf = (line: string, situation: Situation) =>
    answerText(
      decide(line, situation),
      '/postflow',
      (organization) => `https://postflow.example/${encodeURIComponent(organization ?? 'me')}`,
    );

  it('says what to do next', () => {
    expect(textOf('link', nobody)).toMatch(/^<https:\/\/postflow\.example\/me\|Link yourself/);
    expect(textOf('link', as([]))).toMatch(/ada@acme\.example.*`\/postflow unlink`/);
    expect(textOf('unlink', nobody)).toContain('`/postflow link`');
    expect(textOf('link team', nobody)).toContain('`/postflow link`');
    expect(textOf('link team', direct)).toContain('in the channel');
    expect(textOf('unlink team', as([]))).toContain('`/postflow link team`');
    expect(textOf('link team', as([]))).toContain('admins, managers and owners');
  });

  it('has a link for each team that may be unlinked', () => {
    const both = as([membership('acme', 'owner'), membership('globex', 'owner')], [backend, sales]);
    expect(textOf('unlink team', both).split('\n')).toEqual([
      expect.stringMatching(/^<https:\/\/postflow\.example\/acme\|Unlink the team backend \(acme\) from this channel>/),
      expect.stringMatching(
        /^<https:\/\/postflow\.example\/globex\|Unlink the team sales \(globex\) from this channel>/,
      ),
    ]);
  });

  it('stays within what a message holds, however many organizations share a channel', () => {
    const slugs = Array.from({ length: 30 }, (_, index) => `organization-${index}`);
    const many = as(
      slugs.map((organization) => membership(organization, 'owner')),
      slugs.map((organization) => ({ organization, team: 'backend' })),
    );
    const text = answerText(decide('unlink team', many), '/postflow', () => `https://${'x'.repeat(2_300)}`);
    expect(text.length).toBeLessThan(11_000);
    expect(text).toContain('and 26 more');
    expect(textOf('link team', many)).toContain('and 26 more');
  });

  it.each(['<!channel>', 'a|b>c<d&e', `${'x'.repeat(300)}<@U1>`])('lets %s do nothing', (outside) => {
    const situation = {
      ...as([membership(outside, 'owner')], [{ organization: outside, team: outside }]),
      identity: { userId: '1', email: outside },
    };
    for (const line of ['link', 'unlink', 'link team', 'unlink team']) {
      const text = textOf(line, situation).replaceAll(/<https:\/\/postflow\.example\/[^|]*\|[^<>]*>/g, '');
      expect(text).not.toMatch(/[<>]/);
      expect(text.length).toBeLessThan(3_000);
    }
  });
});

import { describe, expect, inject, it } from 'vitest';
import { runCase } from './run-case.ts';

// What we do where the cases record a defect of the other system, or what we decided otherwise, told as cases of our own.

const engines = { dynamoDbEndpoint: inject('dynamoDbEndpoint'), upstash: inject('upstash') };
const given = { workspace: 'T1', installed_in: ['org1'], channel: { id: 'C1', name: 'one' } };
const form = { team_id: 'T1', user_id: 'UXXXXXXX1', channel_id: 'C1', channel_name: 'one' };
const commands = { request: 'POST /extensions/slack/commands/', signed: true } as const;
const params = { integration_id: 1, slack_id: 'U2', channel_id: 'C1', channel_name: 'one', response_url: 'x' };
const withLink = { ...given, signed_params: params };
const withTeam = { ...withLink, identity_linked: true, teams: ['band'], role: 'owner' };
const open = (page: string, method = 'POST') => `${method} /extensions/slack/${page}/<signed>/`;
const event = (said: object) => ({
  request: 'POST /extensions/slack/event/',
  signed: true,
  json: { team_id: 'T1', event: { channel: 'D1', user: 'UXXXXXXX1', ...said } },
});

type Told = readonly [fact: string, told: { given: object; when: object; then: object }];

async function holdsTrue(told: Told[1]): Promise<void> {
  const { report, ...result } = await runCase({ id: 'ours', area: 'slack', ...told }, engines);
  expect(result, report).toEqual({ id: 'ours', passed: true });
}

describe('commands', () => {
  it.each<Told>([
    [
      'a timestamp that is no number is refused, and no defect (slack-008)',
      {
        given,
        when: {
          ...commands,
          signed: false,
          headers: { 'X-Slack-Request-Timestamp': 'abc', 'X-Slack-Signature': 'v0=00' },
          form,
        },
        then: { status: 401, body: '' },
      },
    ],
    [
      'a command without its channel is answered, and says what to do',
      {
        given,
        when: { ...commands, form: { team_id: 'T1', user_id: 'U2', text: 'link' } },
        then: { status: 200, text: 'Slack did not say where', metric: 'x.failurelink_user.bad_request' },
      },
    ],
    [
      'of a channel that is called otherwise by now the teams are still there',
      {
        given: { ...given, identity_linked: true, role: 'owner', channel_linked_to: ['band'] },
        when: { ...commands, form: { ...form, channel_name: 'renamed', text: 'unlink team' } },
        then: { status: 200, text_contains: 'unlink your team from this channel' },
      },
    ],
    [
      'a person who is linked is known in a direct message with a capital letter',
      {
        given: { ...given, identity_linked: true },
        when: event({ type: 'message', text: 'Link ' }),
        then: { status: 200, slack_calls: [{ channel: 'D1', text: 'You are already linked as `user1@example.com`.' }] },
      },
    ],
  ])('%s', async (_, told) => holdsTrue(told));
});

describe('links', () => {
  it.each<Told>([
    ...['link-identity', 'unlink-identity', 'link-team', 'unlink-team'].map(
      (page): Told => [
        `of ${page} that are half an hour old answer with 410`,
        {
          given: { ...withTeam, url_age_s: 1801, signed_params: { ...params, organization_id: 1 } },
          when: { requests: [open(page, 'GET'), open(page)] },
          then: { statuses: [410, 410], page: 'expired link', links: [], slack_calls: [] },
        },
      ],
    ),
    [
      'open until then',
      { given: { ...withLink, url_age_s: 1800 }, when: { request: open('link-identity') }, then: { page: 'linked' } },
    ],
    [
      'work once, however often the button is pressed',
      {
        given: withLink,
        when: { requests: [open('link-identity', 'GET'), open('link-identity'), open('link-identity')] },
        then: { identities: [{ external_id: 'U2', user: 'user1' }], slack_calls: [{ to: 'response_url' }] },
      },
    ],
    [
      'that lack something answer with 410',
      {
        given: { ...withLink, signed_params: { ...params, slack_id: '' } },
        when: { requests: [open('link-identity')] },
        then: { statuses: [410], identities: [] },
      },
    ],
    [
      'do not let anybody unlink somebody else',
      {
        given: { ...withLink, identities: [{ external_id: 'U2', user: 'user2' }] },
        when: { requests: [open('unlink-identity', 'GET'), open('unlink-identity')] },
        then: { statuses: [403, 403], identities: [{ external_id: 'U2', user: 'user2' }], slack_calls: [] },
      },
    ],
    [
      'let the owner of the organization unlink somebody else',
      {
        given: { ...withLink, role: 'owner', identities: [{ external_id: 'U2', user: 'user2' }] },
        when: { requests: [open('unlink-identity')] },
        then: { statuses: [200], page: 'unlinked', identities: [] },
      },
    ],
    [
      'lead who has not signed in to the sign-in',
      {
        given: { ...withLink, logged_in_as: null },
        when: { requests: [open('link-identity', 'GET')] },
        then: { statuses: [303], identities: [] },
      },
    ],
  ])('%s', async (_, told) => holdsTrue(told));
});

describe('teams', () => {
  it.each<Told>([
    [
      'that are in the channel already stay, and nobody is told (slack-055)',
      {
        given: { ...withTeam, links: ['band'] },
        when: { request: open('link-team'), form: { team: '<id>' } },
        then: { page: { heading: 'Already linked' }, links: ['band'], slack_calls: [] },
      },
    ],
    [
      'that are in another channel wait for a confirmation that says so',
      {
        given: { ...withTeam, links: ['band'], signed_params: { ...params, channel_id: 'C2', channel_name: 'two' } },
        when: { request: open('link-team'), form: { team: '<id>' } },
        then: { status: 200, page: 'confirm', links: ['band'], slack_calls: [] },
      },
    ],
    [
      'are told of their alerts always once they are linked, whatever features there are (slack-058)',
      {
        given: { ...withTeam, features: ['organizations:team-workflow-notifications'] },
        when: { request: open('link-team'), form: { team: '<id>' } },
        then: {
          status: 200,
          notification_settings: [{ scope: 'team', provider: 'slack', type: 'alerts', value: 'always' }],
        },
      },
    ],
    [
      'are not for who may link none of them (slack-061)',
      {
        given: { ...withTeam, role: 'member', team_roles: {} },
        when: { request: open('link-team', 'GET') },
        then: { status: 403, page_text: 'HTTP 403: which role it takes' },
      },
    ],
    [
      'that are not linked need no unlinking',
      {
        given: { ...withTeam, signed_params: { ...params, organization_id: 1 } },
        when: { request: open('unlink-team') },
        then: { status: 200, page: 'nothing to unlink', slack_calls: [] },
      },
    ],
  ])('%s', async (_, told) => holdsTrue(told));
});

describe('shared links', () => {
  it.each<Told>([
    [
      'are all shown, of several to the same place one',
      {
        given,
        when: { request: event({}).request, event: 'link_shared with 4 links, two resolving to the same arguments' },
        then: { status: 200, slack_calls: [{ method: 'chat.unfurl', unfurl_count: 3 }] },
      },
    ],
    [
      'of somebody whom we do not know are not shown, and they alone are told why',
      {
        given,
        when: { request: event({}).request, event: 'link_shared with 2 links by an unlinked user' },
        then: { status: 200, slack_calls: [{ method: 'chat.postEphemeral', channel: 'C0SHARING1' }] },
      },
    ],
  ])('%s', async (_, told) => holdsTrue(told));
});

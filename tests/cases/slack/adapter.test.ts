import { describe, expect, inject, it } from 'vitest';
import { runCase } from '../run-case.ts';

const engines = { dynamoDbEndpoint: inject('dynamoDbEndpoint'), upstash: inject('upstash') };
const given = { workspace: 'T1', installed_in: ['org1'] };
const form = { team_id: 'T1', user_id: 'UXXXXXXX1', channel_id: 'C1', text: 'link' };
const when = { request: 'POST /extensions/slack/commands/', signed: true, form };
const base = { id: 'x-1', area: 'slack', given, when, then: { status: 200 } };
const signed_params = { integration_id: 1, slack_id: 'U2', channel_id: 'C1', channel_name: 'one', response_url: '' };
const page = { request: 'POST /extensions/slack/link-identity/<signed>/' };
const matched = { match_link: 'https://sentry.io/organizations/o/issues/1/' };
const opened = { ...base, given: { ...given, signed_params }, when: page };

describe('cases of Slack', () => {
  it.each([
    ['a request', base],
    ['a page', opened],
    ['a link in a message', { ...base, when: matched, then: { args: { issue_id: 1 } } }],
  ])('pass on %s as it is', async (_, testCase) => {
    const { report, ...result } = await runCase(testCase, engines);
    expect(result, report).toEqual({ id: 'x-1', passed: true });
  });

  it.each([
    ['an unknown key of given', { ...base, given: { ...given, unknown: 1 } }],
    ['an unknown role', { ...base, given: { ...given, role: 'emperor' } }],
    ['an unknown key of when', { ...base, when: { ...when, unknown: 1 } }],
    ['an unknown address', { ...base, when: { ...when, request: 'POST /extensions/slack/nowhere/' } }],
    ['an unknown key of then', { ...base, then: { status: 200, unknown: 1 } }],
    ['an unknown key of a call', { ...base, then: { slack_calls: [{ unknown: 1 }] } }],
    ['another status', { ...base, then: { status: 400 } }],
    ['another text', { ...base, then: { text: 'You do not have a linked identity to unlink.' } }],
    ['a text that names somebody else', { ...base, then: { text: 'Link your Slack identity, other@example.org' } }],
    ['another kind of answer', { ...base, then: { response_type: 'in_channel' } }],
    ['a counter that was not counted', { ...base, then: { metric: 'x.y.success.unlink_user' } }],
    ['a call that was not made', { ...base, then: { slack_calls: [{ method: 'chat.postMessage' }] } }],
    ['another page', { ...opened, then: { page: 'unlinked' } }],
    ['a page that nobody knows', { ...opened, then: { page: 'a riddle' } }],
    ['a text of a page that nobody knows', { ...opened, then: { page_text: 'a riddle' } }],
    ['another identity', { ...opened, then: { identity: { external_id: 'U2', user: 'user2' } } }],
    ['no identity', { ...opened, then: { identities: [] } }],
    ['a call that was made', { ...opened, then: { slack_calls: [] } }],
    ['a link that opens for longer', { ...opened, given: { ...opened.given, url_age_s: 1800 }, then: { status: 410 } }],
    ['another argument', { ...base, when: matched, then: { args: { issue_id: 2 } } }],
  ])('fail on %s', async (_, testCase) => {
    expect(await runCase(testCase, engines)).toMatchObject({ passed: false, report: expect.stringMatching(/\w/) });
  });
});

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerResponseUrl, isSlackResponseUrl } from './response-url.ts';

const slackApi = 'https://slack.com/api/';
const ownApi = 'http://127.0.0.1:4000/__local/slack/api/';

describe('a response_url', () => {
  it.each([
    ['https://hooks.slack.com/commands/T1/2/3', slackApi, true],
    ['https://hooks.slack-gov.com/commands/T1/2/3', 'https://slack-gov.com/api/', true],
    ['http://127.0.0.1:4000/__local/slack/response/1', ownApi, true],
    ['http://hooks.slack.com/commands/T1/2/3', slackApi, false],
    ['https://hooks.slack.com:8443/commands/T1', slackApi, false],
    ['https://hooks.slack.com.evil.example/commands', slackApi, false],
    ['https://evil.example/hooks.slack.com/', slackApi, false],
    ['https://hooks.slack.com@evil.example/', slackApi, false],
    ['https://user:word@hooks.slack.com/commands', slackApi, false],
    ['https://hooks.slack-gov.com/commands/T1', slackApi, false],
    ['http://169.254.169.254/latest/meta-data/', slackApi, false],
    ['http://127.0.0.1:4000/__local/slack/response/1', slackApi, false],
    ['http://127.0.0.1:4000/api/0/', ownApi, false],
    ['http://127.0.0.1:4000/__local/slack/../../api/0/', ownApi, false],
    ['http://127.0.0.1:4000/__local/slack/%2e%2e/%2e%2e/api/0/', ownApi, false],
    ['http://127.0.0.1:4001/__local/slack/response/1', ownApi, false],
    ['https://hooks.slack.com/commands/T1', ownApi, false],
    ['http://127.0.0.1:4000/', 'http://127.0.0.1:4000/api/', false],
    ['javascript:alert(1)', slackApi, false],
    ['no address', slackApi, false],
    ['', slackApi, false],
  ])('%s beside %s: %s', (address, api, is) => {
    expect(isSlackResponseUrl(address, api)).toBe(is);
  });
});

describe('an answer', () => {
  let server: Server;
  let asked: { path: string; body: unknown }[];
  let status: number;
  let said: string;
  let origin: string;

  beforeEach(async () => {
    asked = [];
    [status, said] = [200, 'ok'];
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => {
        body += chunk.toString();
      });
      request.on('end', () => {
        asked.push({ path: request.url ?? '', body: JSON.parse(body || 'null') });
        response.writeHead(status, { location: `${origin}/__local/slack/response/other`, 'retry-after': '7' });
        response.end(said);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  const answer = (path = '/__local/slack/response/one') =>
    answerResponseUrl(`${origin}${path}`, { text: 'Hello' }, `${origin}/__local/slack/api/`);

  it('is seen by one person and replaces nothing', async () => {
    await answer();
    expect(asked).toEqual([
      {
        path: '/__local/slack/response/one',
        body: { response_type: 'ephemeral', replace_original: false, text: 'Hello' },
      },
    ]);
  });

  it('is never given to an address that is not Slack’s', async () => {
    await expect(answer('/elsewhere')).rejects.toMatchObject({ slackError: 'not_a_response_url' });
    expect(asked).toEqual([]);
  });

  it('does not follow where the address leads on to', async () => {
    status = 307;
    await expect(answer()).rejects.toMatchObject({ slackError: 'not_a_response_url' });
    expect(asked).toHaveLength(1);
  });

  it.each([
    [404, '{"ok":false,"error":"used_url"}', { slackError: 'used_url' }],
    [404, 'Expired url', { slackError: 'expired_url' }],
    [429, '', { retryAfterSeconds: 7 }],
    [503, '', { code: 'slack_uncertain' }],
  ])('that is answered with %i %s says what became of it', async (code, text, failure) => {
    [status, said] = [code, text];
    await expect(answer()).rejects.toMatchObject(failure);
  });
});

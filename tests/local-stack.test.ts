import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { descendants, type LocalStack, sentryCli, startLocalStack } from './support/local-stack.ts';

let stack: LocalStack;

beforeAll(async () => {
  stack = await startLocalStack();
}, 90_000);
afterAll(() => stack.stop());

interface Message {
  readonly channel: string;
  readonly text: string;
  readonly attachments?: readonly { color?: string; blocks?: readonly unknown[] }[];
}

async function messages(): Promise<Message[]> {
  return (await (await fetch(`${stack.url}/__local/slack/messages`)).json()) as Message[];
}

async function runSchedules(): Promise<void> {
  const answer = await fetch(`${stack.url}/__local/schedule`, { method: 'POST' });
  expect(answer.status).toBe(200);
}

function slashCommand(text: string, options: { secret?: string; teamId?: string; age?: number; path?: string } = {}) {
  const body = new URLSearchParams({
    team_id: options.teamId ?? stack.slack.teamId,
    text,
    user_id: 'U1',
    channel_id: 'C1',
  });
  const timestamp = String(Math.floor(Date.now() / 1000) - (options.age ?? 0));
  const key = options.secret ?? stack.slack.signingSecret;
  const signature = `v0=${createHmac('sha256', key).update(`v0:${timestamp}:${body.toString()}`).digest('hex')}`;
  return fetch(`${stack.url}${options.path ?? '/extensions/slack/commands/'}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-signature': signature,
      'x-slack-request-timestamp': timestamp,
    },
    body: body.toString(),
  });
}

const createRelease = (body: string, headers: Record<string, string> = {}) =>
  fetch(`${stack.url}/api/0/organizations/${stack.org}/releases/`, {
    method: 'POST',
    headers: { authorization: `Bearer ${stack.token}`, 'content-type': 'application/json', ...headers },
    body,
  });

describe('npm start', () => {
  it('says where everything is and is ready within 20 seconds', () => {
    expect(stack.output()).toMatch(/^ready http:\/\/127\.0\.0\.1:\d+$/m);
    // Other tests run beside this one on the same cores; alone it takes a few seconds.
    expect(stack.startedInMs).toBeLessThan(60_000);
    expect(stack).toMatchObject({
      org: 'acme',
      projects: [
        { slug: 'web', id: expect.stringMatching(/^\d+$/), dsn: expect.stringContaining('@127.0.0.1') },
        { slug: 'api', id: expect.stringMatching(/^\d+$/), dsn: expect.stringContaining('@127.0.0.1') },
      ],
      repository: 'acme/app',
      orgToken: expect.stringMatching(/^sntrys_/),
      alert: { statsd: 'checkout.errors@none', threshold: 10, windowSeconds: 300 },
    });
    expect(stack.users.map((user) => user.role).sort()).toEqual(['admin', 'manager', 'member', 'owner']);
  });
});

describe('the Slack command, signed', () => {
  it.each(['/extensions/slack/commands/', '/extensions/slack/commands'])('is answered at %s', async (path) => {
    const answer = await slashCommand('help', { path });
    expect(answer.status).toBe(200);
    const { blocks } = (await answer.json()) as { blocks: unknown[] };
    expect(JSON.stringify(blocks)).toContain('/postflow help');
  });

  it.each([
    ['another secret', { secret: 'not-the-secret' }],
    ['six minutes ago', { age: 360 }],
    ['in six minutes', { age: -360 }],
  ])('is refused when signed with %s', async (_, options) => {
    const answer = await slashCommand('help', options);
    expect({ status: answer.status, body: await answer.text() }).toEqual({ status: 401, body: '' });
  });

  it('tells an unknown workspace that it is not connected', async () => {
    const answer = await slashCommand('help', { teamId: 'T0NOBODY01' });
    expect(answer.status).toBe(200);
    expect(JSON.stringify(await answer.json())).toContain('not connected');
  });

  it('is only taken with POST', async () => {
    const answer = await fetch(`${stack.url}/extensions/slack/commands/`);
    expect(answer.status).toBe(405);
  });
});

describe('the API', () => {
  it.each([
    ['bad JSON', '{"version":', {}, 400],
    ['a version that may not be', '{"version":"latest","projects":["web"]}', {}, 400],
    ['a body of 7 MB', `{"version":"${'x'.repeat(7_000_000)}"}`, {}, 413],
    ['another content type', 'version=1', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['a wrong token', '{}', { authorization: 'Bearer nobody' }, 401],
    ['commits that are none', '{"version":"1","projects":["web"],"commits":[{"id":""}]}', {}, 400],
  ])('refuses %s', async (_, body, headers, status) => {
    const answer = await createRelease(body, headers);
    const answered = (await answer.json()) as Record<string, unknown>;
    expect({ status: answer.status, keys: Object.keys(answered).length }).toEqual({ status, keys: 1 });
  });

  it.each([
    ['/nowhere', 404],
    ['/api/0/nowhere/', 404],
    ['/api/0/organizations/acme/monitors/', 404],
  ])('answers %s with %i and one key', async (path, status) => {
    const answer = await fetch(`${stack.url}${path}`, { headers: { authorization: `Bearer ${stack.token}` } });
    expect({ status: answer.status, body: await answer.json() }).toEqual({
      status,
      body: { detail: expect.any(String) },
    });
  });
});

describe('a metric that crosses the threshold', () => {
  it('becomes one message in the channel', async () => {
    const { statsd, threshold, channel } = stack.alert;
    const dsn = stack.projects[0]?.dsn ?? '';
    const send = (count: number) =>
      sentryCli(2, ['send-metric', 'increment', '-n', statsd.split('@')[0] ?? '', '-v', String(count)], {
        SENTRY_DSN: dsn,
      });
    expect(await send(threshold)).toMatchObject({ code: 0 });
    await runSchedules();
    const before = (await messages()).length;
    expect(before, 'exactly the threshold is not beyond it').toBe(0);

    expect(await send(1)).toMatchObject({ code: 0 });
    await runSchedules();
    const channelIds = [channel, ...stack.slack.channels.filter(({ name }) => name === channel).map(({ id }) => id)];
    const inChannel = (await messages()).filter((message) => channelIds.includes(message.channel));
    expect(inChannel).toHaveLength(1);
    expect(inChannel[0]).toMatchObject({ attachments: [{ color: expect.stringMatching(/^#/) }] });
    expect(JSON.stringify(inChannel[0])).toMatch(/checkout\.errors.*11|11.*checkout\.errors/);

    await runSchedules();
    expect(await messages(), 'running again says nothing twice').toHaveLength(inChannel.length);

    const page = await (await fetch(`${stack.url}/__local/`)).text();
    expect(page).toContain('Checkout errors');
  });
});

describe('the logs', () => {
  it('name requests and outcomes, and neither tokens nor signatures nor people nor texts', async () => {
    await createRelease('{"version":"a-version-in-the-body","projects":["web"]}');
    await createRelease('{"version":"a-version-in-the-body","projects":["web"]}', {
      authorization: 'Bearer not-a-token',
    });
    await slashCommand('words that somebody typed');
    const logged = () =>
      stack
        .output()
        .split('\n')
        .filter((line) => line.startsWith('['));
    const inTime = { timeout: 20_000 };
    const answered = () => logged().filter((line) => line.includes('"message":"answered"'));
    await expect.poll(() => answered().length, inTime).toBeGreaterThan(1);
    await expect.poll(() => logged().some((line) => line.includes('"code":"unauthenticated"')), inTime).toBe(true);
    const secrets = [stack.token, stack.orgToken, stack.slack.signingSecret, 'not-a-token', 'v0='];
    const texts = ['a-version-in-the-body', 'words that somebody typed', ...stack.users.map(({ email }) => email)];
    for (const text of [...secrets, ...texts]) expect(logged().join('\n')).not.toContain(text);
  });
});

describe('a worker', () => {
  it('that is killed is replaced, and nothing else notices', async () => {
    await createRelease('{"version":"before","projects":["web"]}');
    const workers = descendants(stack.process.pid ?? 0).filter((pid) => commandOf(pid).includes('create-release'));
    expect(workers.length).toBeGreaterThan(0);
    for (const pid of workers) process.kill(pid, 'SIGKILL');
    const answers = await Promise.all(
      ['a', 'b', 'c'].map((v) => createRelease(`{"version":"${v}","projects":["web"]}`)),
    );
    // One that hits the dying worker may fail as it would on Lambda; the next one must not.
    expect(answers.every(({ status }) => [201, 502].includes(status))).toBe(true);
    expect((await createRelease('{"version":"after","projects":["web"]}')).status).toBe(201);
  });
});

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8') + readFileSync(`/proc/${pid}/environ`, 'utf8');
  } catch {
    return '';
  }
}

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { type CommandResult, type LocalStack, sentryCli } from '../support/local-stack.ts';

/** The one stack that all groups of these tests use; it runs by the time a test asks. */
export type Running = () => LocalStack;

/** The two generations of the command line that are in use. */
export const majors = [3, 2] as const;
/** One of them. */
export type Major = (typeof majors)[number];

const adminCli = fileURLToPath(new URL('../../infra/admin/cli.ts', import.meta.url));

/** Runs the real command line against the stack, with its personal token unless `more` says otherwise. */
export async function runCli(
  stack: LocalStack,
  major: Major,
  args: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<CommandResult> {
  const { url, org, token } = stack;
  return sentryCli(major, args, { SENTRY_URL: url, SENTRY_ORG: org, SENTRY_AUTH_TOKEN: token, ...more });
}

/** The same where only success is expected; gives what was printed. */
export async function succeed(...run: Parameters<typeof runCli>): Promise<string> {
  const { code, output } = await runCli(...run);
  expect(code, `${run[2].join(' ')}\n${output}`).toBe(0);
  return output;
}

/** Asks the API below `/api/0/` with the personal token. */
export function api(stack: LocalStack, path: string, method = 'GET', body?: unknown): Promise<Response> {
  return fetch(`${stack.url}/api/0/${path}`, {
    method,
    headers: { authorization: `Bearer ${stack.token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

/** What the API says there, which has to be there. */
export async function readApi<Answer>(stack: LocalStack, path: string): Promise<Answer> {
  const answer = await api(stack, path);
  expect(answer.status, path).toBe(200);
  return (await answer.json()) as Answer;
}

/** Where a release stands, below `/api/0/`. */
export const releasePath = (version: string, rest = ''): string =>
  `organizations/acme/releases/${encodeURIComponent(version)}/${rest}`;

/** Makes a project, so that releases of other tests are none that came before; gives its slug. */
export async function newProject(stack: LocalStack, slug: string): Promise<string> {
  const answer = await api(stack, 'teams/acme/backend/projects/', 'POST', { name: slug, slug });
  expect(answer.status, await answer.clone().text()).toBe(201);
  return ((await answer.json()) as { slug: string }).slug;
}

/** Makes an issue as the operator does; gives its short ID. */
export async function createIssue(stack: LocalStack, project: string, title: string): Promise<string> {
  return (await admin<{ shortId: string }>(stack, ['issue', 'create', '--project', project, '--title', title])).shortId;
}

/** Runs a command of the admin command line for the organization, and gives its answer. */
export async function admin<Answer>(stack: LocalStack, command: readonly string[]): Promise<Answer> {
  const env = { ...process.env, POSTFLOW_STATE_DIR: stack.folder };
  const args = [adminCli, ...command, '--organization', stack.org, '--json'];
  return JSON.parse((await promisify(execFile)(process.execPath, args, { env })).stdout) as Answer;
}

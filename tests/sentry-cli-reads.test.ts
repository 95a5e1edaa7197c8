import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalStack, sentryCli, startLocalStack } from './support/local-stack.ts';

let stack: LocalStack;

beforeAll(async () => {
  stack = await startLocalStack();
}, 90_000);
afterAll(() => stack.stop());

const api = async (path: string, method = 'GET', body?: object): Promise<Response> =>
  fetch(`${stack.url}/api/0/organizations/${stack.org}/releases/${path}`, {
    method,
    headers: { authorization: `Bearer ${stack.token}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });

describe.each([3, 2] as const)('sentry-cli %i', (major) => {
  const run = (args: readonly string[], more: Readonly<Record<string, string>> = {}) =>
    sentryCli(major, args, {
      SENTRY_URL: stack.url,
      SENTRY_ORG: stack.org,
      SENTRY_AUTH_TOKEN: stack.token,
      ...more,
    });
  const odd = `read ${major} space+plus%40#x@3.0.0`;

  it('lists releases of the organization and of a project', async () => {
    const [web, both] = [`web@${major}.1.0`, `web@${major}.2.0`];
    await api('', 'POST', { version: web, projects: ['web'] });
    await api('', 'POST', { version: both, projects: ['web', 'api'], dateReleased: '2026-03-02T09:00:00Z' });
    await api('', 'POST', { version: `gone@${major}`, projects: ['web'], status: 'archived' });
    const all = await run(['releases', 'list', '--raw']);
    expect(all.code, all.output).toBe(0);
    expect(all.output.split('\n')).toEqual(expect.arrayContaining([web, both]));
    expect(all.output).not.toContain(`gone@${major}`);
    const ofApi = await run(['releases', 'list', '--raw', '-p', 'api']);
    expect(ofApi.code, ofApi.output).toBe(0);
    expect(ofApi.output.split('\n')).toContain(both);
    expect(ofApi.output).not.toContain(web);
    const table = await run(['releases', 'list', '--show-projects']);
    expect({ code: table.code, output: table.output }).toEqual({ code: 0, output: expect.stringMatching(/api/) });
  });

  it('shows a release with its commits, and says of another that there is none', async () => {
    await api('', 'POST', { version: odd, projects: ['web'] });
    for (const project of [[], ['-p', 'web']]) {
      const info = await run(['releases', 'info', odd, '--show-commits', '--show-projects', ...project]);
      expect(info.code, info.output).toBe(0);
      expect(info.output).toContain('web');
    }
    const none = await run(['releases', 'info', 'nothing@1.0.0']);
    expect(none.code, none.output).toBe(1);
  });

  it('deletes a release, and takes it well when there is none', async () => {
    for (const project of [[], ['-p', 'web']]) {
      await api('', 'POST', { version: odd, projects: ['web'] });
      const deleted = await run(['releases', 'delete', odd, ...project]);
      expect(deleted.code, deleted.output).toBe(0);
      expect((await api(`${encodeURIComponent(odd)}/`)).status).toBe(404);
      const again = await run(['releases', 'delete', odd, ...project]);
      expect(again.code, again.output).toBe(0);
    }
  });

  it('is told that a token is wrong', async () => {
    const { code, output } = await run(['releases', 'list'], { SENTRY_AUTH_TOKEN: '0'.repeat(64) });
    expect(code).not.toBe(0);
    expect(output).toMatch(/401|token/i);
  });
});

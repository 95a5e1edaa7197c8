import { expect, test } from 'vitest';
import { makeSampleData } from './sample-data.ts';

test('the sample data is made by the admin commands, in an order that each of them can follow', async () => {
  const commands: string[] = [];
  const made = await makeSampleData(async ({ command, input }) => {
    commands.push(command);
    const { slug, kind } = input;
    return {
      ok: true,
      result: { slug, id: `id-${String(slug)}`, dsn: `dsn-${String(slug)}`, token: `token-${String(kind)}` },
    };
  }, 'xoxb-local-bot');
  expect(commands).toEqual([
    'organization.create',
    'member.add',
    'member.add',
    'member.add',
    'member.add',
    'team.create',
    'project.create',
    'project.create',
    'repository.create',
    'workspace.add',
    'alert-rule.create',
    'token.create',
    'token.create',
  ]);
  expect(made).toEqual({
    projects: [
      { slug: 'web', id: 'id-web', dsn: 'dsn-web' },
      { slug: 'api', id: 'id-api', dsn: 'dsn-api' },
    ],
    token: 'token-personal',
    orgToken: 'token-organization',
  });
});

test('a refusal stops the start with the admin function’s words', async () => {
  const refuse = async () => ({ ok: false, error: { status: 409, detail: 'taken' } });
  await expect(makeSampleData(refuse, 'xoxb')).rejects.toThrow(/organization\.create.*taken/);
});

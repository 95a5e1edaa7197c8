import { beforeAll, describe } from 'vitest';
import { admin, type Running } from './command-line.ts';
import { type Row, walk } from './rows.ts';

const commands: readonly (readonly string[])[] = [
  ['organizations', 'list'],
  ['projects', 'list'],
  ['repos', 'list'],
  ['releases', 'new', 'x@{m}', '-p', 'web'],
  ['releases', 'new', 'x@{m}', '-p', 'web', '-p', 'api'],
  ['releases', 'finalize', 'x@{m}'],
  ['releases', 'finalize', 'x@{m}', '-p', 'web'],
  ['releases', 'archive', 'x@{m}'],
  ['releases', 'restore', 'x@{m}'],
  ['releases', 'set-commits', 'x@{m}', '--commit', 'acme/app@abc'],
  ['releases', 'set-commits', 'x@{m}', '--clear', '-p', 'web'],
  ['releases', 'list'],
  ['releases', 'list', '-p', 'web'],
  ['releases', 'info', 'x@{m}'],
  ['releases', 'delete', 'x@{m}'],
  ['releases', 'delete', 'x@{m}', '-p', 'web'],
  ['deploys', 'new', '-r', 'x@{m}', '-e', 'production'],
  ['deploys', 'list', '-r', 'x@{m}'],
  ['issues', 'list', '-p', 'web'],
  ['issues', 'resolve', '-a', '-p', 'web'],
  ['events', 'list', '-p', 'web'],
];

const named = (why: string, rows: (args: readonly string[]) => Omit<Row, 'what' | 'args'> | undefined): Row[] =>
  commands.flatMap((args) => {
    const row = rows(args);
    return row === undefined ? [] : [{ what: `${args.join(' ')} with ${why}`, args, ...row }];
  });

const wrongToken = named('a token that nobody has', () => ({
  env: { SENTRY_AUTH_TOKEN: '0'.repeat(64) },
  code: 1,
  prints: /This token is not valid.*401/,
}));

const strangeToken = named('an organization token that nobody has', (args) =>
  args[0] === 'releases' && args[1] === 'new'
    ? { env: { SENTRY_AUTH_TOKEN: strangeOrgToken() }, code: 1, prints: /This token is not valid.*401/ }
    : undefined,
);

const wrongOrganization = named("somebody else's organization", (args) =>
  args[0] === 'organizations'
    ? undefined
    : { env: { SENTRY_ORG: 'elsewhere' }, code: 1, prints: /This token is for another organization.*403/ },
);

const wrongScope = (token: () => string) =>
  named('a token that may not', () => ({ token, code: 1, prints: /This token may not do that.*403/ }));

const unknown: readonly Row[] = [
  { what: 'new for no such project', args: ['releases', 'new', '{v}', '-p', 'nowhere'], code: 1, prints: /project/i },
  {
    what: 'new for one project that is and one that is not',
    args: ['releases', 'new', '{v}', '-p', 'web', '-p', 'nowhere'],
    code: 1,
    prints: /There is no such project here, or you do not reach it: nowhere/,
    release: 404,
  },
  {
    what: 'list of no such project',
    args: ['releases', 'list', '-p', 'nowhere'],
    code: 1,
    prints: /Project not found/,
  },
  {
    what: 'issues of no such project',
    args: ['issues', 'list', '-p', 'nowhere'],
    code: 1,
    prints: /Project not found/,
  },
  { what: 'events of no such project', args: ['events', 'list', '-p', 'nowhere'], code: 1, prints: /not found/ },
  { what: 'info of no such release', args: ['releases', 'info', '{v}'], code: 1 },
  { what: 'deploys of no such release', args: ['deploys', 'list', '-r', '{v}'], code: 1, prints: /Release not found/ },
  {
    what: 'commits of no such repository',
    before: [['releases', 'new', '{v}', '-p', 'web']],
    args: ['releases', 'set-commits', '{v}', '--commit', 'nobody/nothing@abc'],
    code: 1,
    prints: /nobody\/nothing/,
    release: { refs: [] },
  },
];

function strangeOrgToken(): string {
  const payload = { iat: 1_772_440_000.5, url: '', region_url: '', org: 'acme' };
  return `sntrys_${Buffer.from(JSON.stringify(payload)).toString('base64')}_${'s'.repeat(43)}`;
}

/** What a command says, and how it ends, when it may not or cannot. */
export function describeRefusals(running: Running): void {
  describe('a wrong token', () => walk(running, [...wrongToken, ...strangeToken]));
  describe('a wrong organization', () => walk(running, wrongOrganization));
  describe('a wrong scope', () => {
    let token = '';
    beforeAll(async () => {
      const options = [
        '--kind',
        'personal',
        '--email',
        'ada@acme.example',
        '--name',
        'Alerts',
        '--scope',
        'alerts:read',
      ];
      token = (await admin<{ token: string }>(running(), ['token', 'create', ...options])).token;
    });
    walk(
      running,
      wrongScope(() => token),
    );
  });
  describe('what is not there', () => walk(running, unknown));
}

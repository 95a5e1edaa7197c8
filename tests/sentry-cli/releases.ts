import { describe, expect } from 'vitest';
import type { Running } from './command-line.ts';
import { type Row, walk } from './rows.ts';

const released = '2026-03-02T08:26:40.000Z';
const web = { SENTRY_PROJECT: 'web' };
const ofWeb = ['releases', 'new', '{v}', '-p', 'web'];
const ofBoth = [...ofWeb, '-p', 'api'];
const projects = (...slugs: string[]) => slugs.map((slug) => ({ slug }));

const making: readonly Row[] = [
  {
    what: 'makes a release of one project',
    args: ofWeb,
    prints: 'Created release {v}',
    release: { projects: projects('web'), dateReleased: null, url: null, status: 'open' },
  },
  { what: 'makes one as an organization', args: ofWeb, token: 'orgToken', release: { projects: projects('web') } },
  {
    what: 'makes one of the project that the environment names',
    args: ['releases', 'new', '{v}'],
    env: web,
    release: { projects: projects('web') },
  },
  { what: 'makes one of several projects', args: ofBoth, release: { projects: projects('api', 'web') } },
  {
    what: 'makes one of several projects as an organization',
    args: ofBoth,
    token: 'orgToken',
    release: { projects: projects('api', 'web') },
  },
  {
    what: 'makes one of a project by its number',
    args: ['releases', 'new', '{v}', '-p', '{id:web}'],
    release: { projects: projects('web') },
  },
  {
    what: 'makes one of several projects by their numbers',
    args: ['releases', 'new', '{v}', '-p', '{id:web}', '-p', '{id:api}'],
    release: { projects: projects('api', 'web') },
  },
  {
    what: 'makes one with an address',
    args: [...ofWeb, '--url', 'https://ci.acme.example/7'],
    release: { url: 'https://ci.acme.example/7' },
  },
  {
    what: 'makes a finished one',
    args: [...ofBoth, '--finalize'],
    release: { dateReleased: expect.any(String), projects: projects('api', 'web') },
  },
  {
    what: 'makes the same one again, with one more project',
    before: [ofWeb, ofWeb],
    args: ['releases', 'new', '{v}', '-p', 'api'],
    prints: 'Created release {v}',
    release: { projects: projects('api', 'web') },
  },
];

const finishing: readonly Row[] = [
  {
    what: 'finalizes a release',
    before: [ofBoth],
    args: ['releases', 'finalize', '{v}'],
    prints: 'Finalized release {v}',
    release: { dateReleased: expect.any(String), projects: projects('api', 'web') },
  },
  {
    what: 'finalizes one at a given time, with an address',
    before: [ofWeb],
    args: ['releases', 'finalize', '{v}', '--released', '1772440000', '--url', 'https://ci.acme.example/8'],
    release: { dateReleased: released, url: 'https://ci.acme.example/8' },
  },
  {
    what: 'finalizes one of a project',
    before: [ofWeb],
    args: ['releases', 'finalize', '{v}', '--released', '1772440000'],
    env: web,
    release: { dateReleased: released, projects: projects('web') },
  },
  {
    what: 'finalizes one of a project as an organization',
    before: [ofWeb],
    args: ['releases', 'finalize', '{v}', '-p', 'web', '--released', '1772440000'],
    token: 'orgToken',
    release: { dateReleased: released },
  },
  {
    what: 'adds nothing when several projects are finalized that it has',
    before: [ofBoth],
    args: ['releases', 'finalize', '{v}', '-p', 'web', '-p', 'api', '--released', '1772440000'],
    release: { dateReleased: released, projects: projects('api', 'web') },
  },
  {
    what: 'finalizes with a start that only the old client still takes',
    only: 2,
    before: [ofWeb],
    args: ['releases', 'finalize', '{v}', '--started', '1772439000', '--released', '1772440000'],
    release: { dateReleased: released },
  },
  {
    what: 'finalizes no release that is not there',
    args: ['releases', 'finalize', '{v}'],
    code: 1,
    prints: /Release not found/,
    release: 404,
  },
  {
    what: 'archives a release',
    before: [ofWeb],
    args: ['releases', 'archive', '{v}'],
    prints: 'Archived release {v}',
    release: { status: 'archived', projects: projects('web') },
  },
  {
    what: 'archives one as an organization',
    before: [ofBoth],
    args: ['releases', 'archive', '{v}'],
    token: 'orgToken',
    env: web,
    release: { status: 'archived', projects: projects('api', 'web') },
  },
  {
    what: 'restores a release',
    before: [ofWeb, ['releases', 'archive', '{v}']],
    args: ['releases', 'restore', '{v}'],
    prints: 'Restored release {v}',
    release: { status: 'open', projects: projects('web') },
  },
];

const deleting: readonly Row[] = [
  ...[[], ['-p', 'web']].flatMap((project): Row[] => [
    {
      what: `deletes a release ${project.join(' ')}`,
      before: [ofWeb],
      args: ['releases', 'delete', '{v}', ...project],
      prints: 'Deleted release {v}!',
      release: 404,
    },
    {
      what: `takes it well that there is none to delete ${project.join(' ')}`,
      args: ['releases', 'delete', '{v}', ...project],
      prints: /did nothing|does not exist/i,
    },
  ]),
  {
    what: 'deletes none as an organization, whose tokens are for building',
    before: [ofWeb],
    args: ['releases', 'delete', '{v}'],
    token: 'orgToken',
    code: 1,
    prints: /This token may not do that.*project:releases.*403/,
    release: { status: 'open' },
  },
];

/** Versions that are hard to send, to store or to print. */
const oddVersions = [
  'app space+plus%40#x@3.0.{m}',
  'ünï→日本😀 {m}',
  `{m}${'v'.repeat(199)}`,
  '{m}%2F%2e%2e?query=1&x=;',
  '\'"`$(echo {m})<b>|*~^[]{}',
  '.hidden@{m}',
  'Latest.{m}',
  '@scope.pkg@{m}.0.0-rc.1+build.5',
  'e\u0301{m} \u00e9',
] as const;

const odd = oddVersions.flatMap((version): Row[] => {
  // Each of its own, for tests run in any order.
  const own = (mark: string) => (version.length > 190 ? version.replace('v', mark) : `${version}${mark}`);
  return [
    { what: `makes ${version}`, version: own('a'), args: ofWeb, prints: 'Created release {v}', release: {} },
    {
      what: `shows ${version}`,
      version: own('b'),
      before: [ofWeb],
      args: ['releases', 'info', '{v}', '-P', '-C'],
      prints: '{v}',
    },
    {
      what: `finalizes ${version}`,
      version: own('c'),
      before: [ofBoth],
      args: ['releases', 'finalize', '{v}', '-p', 'web', '--released', '1772440000'],
      release: { dateReleased: released },
    },
    {
      what: `deploys ${version}`,
      version: own('d'),
      before: [ofWeb],
      args: ['deploys', 'new', '-r', '{v}', '-e', 'production'],
      release: { deployCount: 1 },
    },
    {
      what: `deletes ${version}`,
      version: own('e'),
      before: [ofWeb],
      args: ['releases', 'delete', '{v}', '-p', 'web'],
      release: 404,
    },
  ];
});

const refused: readonly Row[] = [
  ...['a/b', '.', '', ' '].map(
    (version): Row => ({
      what: `does not even send ${JSON.stringify(version)}`,
      version,
      args: ofWeb,
      code: 2,
      prints: /Invalid release version/,
    }),
  ),
  ...[ofWeb, ofBoth].flatMap((args): Row[] => [
    {
      what: 'is told that a version is too long',
      version: 'v'.repeat(201),
      args,
      code: 1,
      prints: /A version has at most 200 characters/,
    },
    { what: 'is told that a version is reserved', version: 'latest', args, code: 1, prints: /latest is not allowed/ },
    { what: 'is told that a version has a backslash', version: 'a\\b', args, code: 1, prints: /is not allowed/ },
  ]),
];

/** The commands that make, finish, put away and delete releases. */
export function describeReleases(running: Running): void {
  describe('a release', () => walk(running, [...making, ...finishing, ...deleting]));
  describe('an odd version', () => walk(running, odd));
  describe('a version that may not be', () => walk(running, refused));
}

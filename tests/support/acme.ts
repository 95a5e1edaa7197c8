import {
  addMember,
  createOrganization,
  createTeam,
  createToken,
  type Scope,
  type TokenCache,
  tokenCache,
} from '../../lib/organizations/index.ts';
import { type RandomText, randomText } from '../../lib/platform/random-text.ts';
import { createProject, type DeletionMessage, type Project } from '../../lib/projects/index.ts';
import type { AfterRelease, FetchMessage } from '../../lib/releases/index.ts';
import { type ArrayQueue, arrayQueue } from './array-queue.ts';
import { createTestApp, type TestApp } from './test-app.ts';

/** A test app with the parts that organizations and projects add. */
export type AcmeApp = TestApp & {
  readonly tokens: TokenCache;
  readonly randomText: RandomText;
  readonly publicUrl: string;
  /** What was to be erased. */
  readonly deletions: ArrayQueue<DeletionMessage>;
  /** The services that commits can be fetched from. */
  readonly providers: ReadonlySet<string>;
  /** Whose commits were to be fetched. */
  readonly fetches: ArrayQueue<FetchMessage>;
  /** What releases left to be done. */
  readonly followUps: ArrayQueue<AfterRelease>;
};

/** The organization `acme` with people, teams and projects: `web` belongs to everybody, `api` to the team `backend`. */
export interface Acme {
  readonly app: AcmeApp;
  readonly web: Project;
  readonly api: Project;
  /** The text of an organization token; of a personal one when it says whose. */
  token(scopes: readonly Scope[], email?: string): Promise<string>;
}

/** Who is in `acme`; mia is in no team, ada in `backend`. */
export const people = {
  olivia: 'olivia@acme.example',
  ada: 'ada@acme.example',
  mia: 'mia@acme.example',
} as const;

/** Founds `acme` in an app of its own, or in the given one. */
export async function createAcme(given?: TestApp): Promise<Acme> {
  const testApp = given ?? (await createTestApp());
  const app = {
    ...testApp,
    tokens: tokenCache(testApp.clock),
    randomText,
    publicUrl: 'https://postflow.example',
    deletions: arrayQueue<DeletionMessage>(),
    providers: new Set(['github']),
    fetches: arrayQueue<FetchMessage>(),
    followUps: arrayQueue<AfterRelease>(),
  };
  const organization = 'acme';
  await createOrganization(app, { slug: organization, name: 'Acme' });
  await addMember(app, { organization, email: people.olivia, name: 'Olivia', role: 'owner' });
  await addMember(app, { organization, email: people.ada, name: 'Ada', role: 'admin' });
  await addMember(app, { organization, email: people.mia, name: 'Mia', role: 'member' });
  await createTeam(app, { organization, slug: 'backend', members: [people.ada] });
  return {
    app,
    web: await createProject(app, { organization, name: 'Web', slug: 'web', platform: 'javascript' }),
    api: await createProject(app, { organization, name: 'API', slug: 'api', team: 'backend' }),
    async token(scopes, email) {
      const kind = email === undefined ? ('organization' as const) : ('personal' as const);
      const owner = email === undefined ? {} : { email };
      return (await createToken(app, { organization, name: 'test', kind, scopes: [...scopes], ...owner })).token;
    },
  };
}

/** A stored event with another token than the placeholder; without the header when there is none. */
export function withToken<E extends { headers: object; multiValueHeaders: object }>(event: E, token?: string): E {
  const { Authorization: _, ...headers } = event.headers as Record<string, string>;
  const { Authorization: __, ...lists } = event.multiValueHeaders as Record<string, string[]>;
  const value = `Bearer ${token ?? ''}`;
  return {
    ...event,
    headers: token === undefined ? headers : { ...headers, Authorization: value },
    multiValueHeaders: token === undefined ? lists : { ...lists, Authorization: [value] },
  };
}

import { addMember, createOrganization, createTeam, createToken, type Scope } from '../../lib/organizations/index.ts';
import { createProject, type Project } from '../../lib/projects/index.ts';
import { createTestApp, type TestApp } from './test-app.ts';
import { type WholeApp, wholeApp } from './whole-app.ts';

/** A test app with what all functions of the API together need. */
export type AcmeApp = WholeApp;

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
  const app = wholeApp(given ?? (await createTestApp()));
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

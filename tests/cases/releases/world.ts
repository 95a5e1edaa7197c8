import type { Organization, Scope } from '../../../lib/organizations/index.ts';
import { addMember, createOrganization, createTeam, createToken } from '../../../lib/organizations/index.ts';
import type { Clock } from '../../../lib/platform/clock.ts';
import { snowflakeIds } from '../../../lib/platform/snowflake.ts';
import type { Project } from '../../../lib/projects/index.ts';
import { type ApiClient, apiClient } from '../../support/api.ts';
import { appOver, type Engines } from '../../support/app-over-engines.ts';
import { type WholeApp, wholeApp } from '../../support/whole-app.ts';

/** The world in which a case happens. */
export interface World {
  readonly app: WholeApp;
  readonly organization: Organization;
  readonly projects: Map<string, Project>;
  /** Who reaches everything: prepares the world and looks at it afterwards. */
  readonly operator: ApiClient;
  /** Whoever the case is about. */
  user: ApiClient;
  /** ID of the user who is meant by "the member". */
  readonly memberId: string;
  /** IDs of issues by short ID. */
  readonly issues: Map<string, string>;
  /** A client with a token of its own. */
  clientWith(token: TokenWish): Promise<ApiClient>;
}

/** Whose token it is, and what it allows. */
export interface TokenWish {
  readonly scopes: readonly Scope[];
  readonly organization?: string;
  /** Address of the person; an organization's token without. */
  readonly email?: string;
}

/** Addresses of people in the world. */
export const people = { member: 'member@example.com', owner: 'owner@example.com' } as const;
/** A second organization, of which the first must see nothing. */
export const otherOrganization = 'other';

const operatorScopes: readonly Scope[] = ['org:read', 'org:admin', 'org:ci', 'project:admin', 'project:releases'];

/** An organization with its people; everything else comes from what a case gives. */
export async function openWorld(engines: Engines, slug: string): Promise<World> {
  const testApp = await appOver(engines);
  const app: WholeApp = {
    ...wholeApp(testApp),
    ids: snowflakeIds({ redis: testApp.redis, clock: neverBefore(testApp.clock) }),
  };
  const organization = await createOrganization(app, { slug, name: 'The organization' });
  await createOrganization(app, { slug: otherOrganization, name: 'Another one' });
  await addMember(app, { organization: slug, email: people.owner, name: 'Olga Owner', role: 'owner' });
  const member = await addMember(app, { organization: slug, email: people.member, name: 'Mo Member', role: 'member' });
  const clientWith = async ({ scopes, email, organization: of = slug }: TokenWish): Promise<ApiClient> => {
    const kind = email === undefined ? ('organization' as const) : ('personal' as const);
    const input = { organization: of, name: 'case', kind, scopes: [...scopes], ...(email !== undefined && { email }) };
    return apiClient(app, (await createToken(app, input)).token);
  };
  const operator = await clientWith({ scopes: operatorScopes });
  return {
    app,
    organization,
    projects: new Map(),
    operator,
    user: operator,
    memberId: member.userId,
    issues: new Map(),
    clientWith,
  };
}

/** IDs have no room for times before their epoch, in which some cases begin. */
function neverBefore(clock: Clock): Clock {
  const start = clock.now();
  return { now: () => Math.max(clock.now(), start) };
}

/** The team that owns a project. */
export function teamOf(project: string): string {
  return `${project}-team`;
}

/** Makes the teams of projects, and says of whose the member is. */
export async function openTeams(world: World, slugs: readonly string[], joined: (slug: string) => boolean) {
  for (const slug of slugs) {
    const members = joined(slug) ? [people.member] : [];
    await createTeam(world.app, { organization: world.organization.slug, slug, members });
  }
}

import * as z from 'zod';

const text = z.string();
const teamRoles = z.record(text, z.enum(['contributor', 'admin']));
const role = z.enum(['member', 'admin', 'manager', 'owner']);

/** What the cases say of the world before something happens. */
export const givenSchema = z.strictObject({
  /** The id of the Slack workspace. */
  workspace: text.default('T001'),
  /** Organizations that have installed the app there; an empty list means that nobody has. */
  installed_in: z.array(text).optional(),
  channel: z.strictObject({ id: text, name: text }).default({ id: 'my-channel_id', name: 'my-channel' }),
  slack_user: text.default('UXXXXXXX1'),
  signing_secret: text.nullish(),
  verification_token: text.nullish(),
  /** Whether the Slack user is linked to the user. */
  identity_linked: z.boolean().optional(),
  /** Who is whom in Slack before, by name of the user. */
  identities: z.array(z.strictObject({ external_id: text, user: text })).default([]),
  /** What the user is in organizations; a member of the first one that has installed the app when nothing is said. */
  memberships: z.array(z.strictObject({ org: text, role, team_roles: teamRoles.default({}) })).optional(),
  role: role.optional(),
  /** Teams that there are, as `team` or `organization/team`. */
  teams: z.array(text).default([]),
  team_roles: teamRoles.optional(),
  /** Teams that are linked to the channel. */
  links: z.array(text).default([]),
  channel_linked_to: z.array(text).default([]),
  /** What the link carries that is opened. */
  signed_params: z.record(text, z.unknown()).optional(),
  /** Null for nobody. */
  logged_in_as: text.nullable().default('user1'),
  url_age_s: z.int().default(0),
  /** What Slack answers to every call. */
  slack_reply: z.strictObject({ ok: z.boolean(), error: text.optional() }).optional(),
  /** Features of the other system that are on. */
  features: z.array(text).default([]),
});

/** What the cases say of the world before something happens. */
export type Given = z.infer<typeof givenSchema>;

/** The Slack user that a case is about: whom the link names, where there is one. */
export function slackUserOf({ signed_params: parameters, slack_user: typing }: Given): string {
  const named = parameters?.['slack_id'];
  return typeof named === 'string' && named !== '' ? named : typing;
}

/** The address of a user whom a case names. */
export function emailOf(name: string): string {
  return `${name}@example.com`;
}

/** The address of the user that a case is about. */
export function userOf({ logged_in_as: name }: Given): string {
  return emailOf(name ?? 'user1');
}

/** The organizations that a case names, the one first that it is about. */
export function organizationsOf({ installed_in: installed = [], memberships = [], ...given }: Given): string[] {
  const prefixes = [...given.teams, ...given.links, ...given.channel_linked_to].flatMap((name) =>
    name.includes('/') ? [name.slice(0, name.indexOf('/'))] : [],
  );
  const named = [...installed, ...memberships.map(({ org }) => org), ...prefixes];
  return [...new Set(named.length === 0 ? ['org1'] : named)];
}

/** A team with its organization. */
export interface TeamAt {
  readonly organization: string;
  readonly team: string;
}

/** The team that a case names as `team`, of the organization that it is about, or as `organization/team`. */
export function teamAt(given: Given, name: string): TeamAt {
  const slash = name.indexOf('/');
  if (slash < 0) return { organization: organizationsOf(given)[0] ?? '', team: name };
  return { organization: name.slice(0, slash), team: name.slice(slash + 1) };
}

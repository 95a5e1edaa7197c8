import * as z from 'zod';
import type { App } from '../platform/app.ts';
import { isoTime } from '../platform/clock.ts';
import { ConflictError, InvalidFieldsError, NotFoundError } from '../platform/errors.ts';
import { saveWithSnowflakeId } from '../platform/save-with-snowflake-id.ts';
import { slugSchema } from '../platform/slug.ts';
import { emailSchema } from './email.ts';
import { readMembers } from './member-store.ts';
import { messages } from './messages.ts';
import { insertTeam, readTeam, readTeams, type Team } from './team-store.ts';
import { readUserIds } from './user-store.ts';

/** The members are written with the team in one transaction, which has a limit; more can join later. */
const maxFirstMembers = 90;

/** What a new team needs; its first members by address. */
export const teamInput = z.strictObject({
  organization: z.string(),
  slug: slugSchema,
  name: z.string().trim().min(1).max(64).optional(),
  members: z.array(emailSchema).max(maxFirstMembers).default([]),
});

/**
 * Creates a team in an existing organization.
 * @throws InvalidFieldsError naming who is no member, ConflictError when the slug is taken
 */
export async function createTeam(
  app: Pick<App, 'table' | 'ids' | 'clock'>,
  input: z.infer<typeof teamInput>,
): Promise<Team> {
  const { organization, slug, name = slug } = input;
  // Looked up first, so that a slug that is taken uses up no ID; the insert asks again.
  if ((await readTeam(app.table, organization, slug)) !== undefined) {
    throw new ConflictError(messages.teamSlugTaken(slug));
  }
  const memberIds = await memberIdsOf(app, organization, [...new Set(input.members)]);
  const createdAt = isoTime(app.clock.now());
  return saveWithSnowflakeId(app.ids, 'team', async (id) => {
    const team = { id, organization, slug, name, memberIds, createdAt };
    await insertTeam(app.table, team);
    return team;
  });
}

/** All teams of an organization. */
export async function listTeams(app: Pick<App, 'table'>, input: { readonly organization: string }): Promise<Team[]> {
  return readTeams(app.table, input.organization);
}

/** The team with this slug. @throws NotFoundError */
export async function requireTeam(app: Pick<App, 'table'>, organization: string, slug: string): Promise<Team> {
  const team = await readTeam(app.table, organization, slug);
  if (team === undefined) throw new NotFoundError(messages.teamUnknown(slug));
  return team;
}

async function memberIdsOf(
  app: Pick<App, 'table'>,
  organization: string,
  addresses: readonly string[],
): Promise<string[]> {
  const userIds = await readUserIds(app.table, addresses);
  const members = new Set((await readMembers(app.table, organization, [...userIds.values()])).map((one) => one.userId));
  const isMember = (address: string): boolean => members.has(userIds.get(address) ?? '');
  const strangers = addresses.filter((address) => !isMember(address));
  if (strangers.length > 0) throw new InvalidFieldsError({ members: [messages.notMembers(strangers)] });
  return [...members];
}

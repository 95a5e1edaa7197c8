import * as z from 'zod';
import type { Caller } from './authenticate-token.ts';
import { avatarJson, letterAvatar } from './organization-json.ts';
import type { Team } from './team-store.ts';

/** A team as our API shows it. */
export const teamJson = z
  .object({
    id: z.string(),
    slug: z.string(),
    name: z.string(),
    dateCreated: z.string(),
    memberCount: z.number(),
    isMember: z.boolean().meta({ description: 'Whether the person who asks is in it.' }),
    avatar: avatarJson,
  })
  .meta({ id: 'Team' });

/** A team as our API shows it. */
export type TeamJson = z.infer<typeof teamJson>;

/** Shows a team to a caller. */
export function serializeTeam(team: Team, caller: Caller): TeamJson {
  return {
    id: team.id,
    slug: team.slug,
    name: team.name,
    dateCreated: team.createdAt,
    memberCount: team.memberIds.length,
    isMember: caller.userId !== undefined && team.memberIds.includes(caller.userId),
    avatar: letterAvatar,
  };
}

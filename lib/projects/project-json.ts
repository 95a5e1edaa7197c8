import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Project } from './project-store.ts';

const teamOfProject = z.object({ id: z.string(), slug: z.string(), name: z.string() });

/** A project as our API shows it. */
export const projectJson = z
  .object({
    id: z.string(),
    slug: z.string(),
    name: z.string(),
    platform: z.string().nullable(),
    team: teamOfProject.nullable().meta({ description: 'Who looks after it; null when it is everybody’s.' }),
    teams: z.array(teamOfProject),
    status: z.enum(['active']),
    dateCreated: z.string(),
    color: z.string(),
    avatar: z.object({ avatarType: z.literal('letter_avatar'), avatarUuid: z.null() }),
    features: z.array(z.string()),
    access: z.array(z.string()).meta({ description: 'What the caller’s token may do.' }),
    hasAccess: z.boolean(),
    isMember: z.boolean(),
    isBookmarked: z.boolean(),
    isInternal: z.boolean(),
    isPublic: z.boolean(),
    hasMinifiedStackTrace: z.boolean(),
    hasMonitors: z.boolean(),
    hasProfiles: z.boolean(),
    hasReplays: z.boolean(),
    hasSessions: z.boolean(),
    firstEvent: z.string().nullable(),
    firstTransactionEvent: z.boolean(),
  })
  .meta({ id: 'Project' });

/** A project as our API shows it. */
export type ProjectJson = z.infer<typeof projectJson>;

/** What others know of a project and its caller. */
export interface ProjectView {
  /** The team of the project, when that still exists. */
  readonly team: z.infer<typeof teamOfProject> | undefined;
  /** Scopes of the caller, who reaches the project. */
  readonly access: readonly string[];
  /** Whether the caller is a person. */
  readonly isPerson: boolean;
}

const colors = ['#3fbf7f', '#3fbfbf', '#3f7fbf', '#3f3fbf', '#7f3fbf', '#bf3fbf', '#bf3f7f', '#bf3f3f', '#bf7f3f'];

/** Shows a project to a caller who reaches it. */
export function serializeProject(project: Project, { team, access, isPerson }: ProjectView): ProjectJson {
  const shownTeam = team === undefined ? null : { id: team.id, slug: team.slug, name: team.name };
  return {
    id: project.id,
    slug: project.slug,
    name: project.name,
    platform: project.platform ?? null,
    team: shownTeam,
    teams: shownTeam === null ? [] : [shownTeam],
    status: 'active',
    dateCreated: project.createdAt,
    color: colorOf(project.id),
    avatar: { avatarType: 'letter_avatar', avatarUuid: null },
    features: [],
    access: [...access],
    hasAccess: true,
    isMember: isPerson,
    isBookmarked: false,
    isInternal: project.isInternal ?? false,
    isPublic: false,
    hasMinifiedStackTrace: false,
    hasMonitors: false,
    hasProfiles: false,
    hasReplays: false,
    hasSessions: false,
    firstEvent: null,
    firstTransactionEvent: false,
  };
}

/** The same for as long as the project lives. */
function colorOf(id: string): string {
  const number = createHash('sha256').update(id).digest().readUInt32BE(0);
  return colors[number % colors.length] ?? '#3f7fbf';
}

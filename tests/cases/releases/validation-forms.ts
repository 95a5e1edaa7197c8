import * as z from 'zod';
import { repositoryId } from './give-commits.ts';
import { releasesPath, type Stage } from './happening.ts';

const body = z.record(z.string(), z.unknown());

/** Whether a body, or a part of one, is taken. */
export const validationForm = z.union([
  z.strictObject({ validate_create_body: body }),
  z.strictObject({ validate_update_body: body }),
  z.strictObject({ validate_ref: body }),
  z.strictObject({ validate_head_commit: body }),
  z.strictObject({ validate_commit: body }),
]);

/** What is to be validated. */
export type Validation = z.infer<typeof validationForm>;

/** Sends the body to the door that takes it: valid is what is not refused. */
export async function validate({ world, happening }: Stage, wish: Validation): Promise<void> {
  const version = 'validated';
  const projects = [...world.projects.keys()];
  const client = world.operator;
  const sent = bodyOf(wish, version, projects);
  for (const name of repositoriesIn(sent)) await repositoryId(world, name);
  if ('validate_update_body' in wish) await client.post(releasesPath(world), { version, projects });
  const answer = await ('validate_update_body' in wish
    ? client.put(releasesPath(world, version), sent)
    : client.post(releasesPath(world), sent));
  happening.sent.push(sent);
  happening.answers.push(answer);
  happening.version = version;
  happening.facts['valid'] = answer.status !== 400;
  happening.facts['errors'] = answer.status === 400 ? answer.body : {};
}

function bodyOf(wish: Validation, version: string, projects: readonly string[]): Record<string, unknown> {
  if ('validate_create_body' in wish) return wish.validate_create_body;
  if ('validate_update_body' in wish) return wish.validate_update_body;
  if ('validate_ref' in wish) return { version, projects, refs: [wish.validate_ref] };
  if ('validate_head_commit' in wish) return { version, projects, headCommits: [wish.validate_head_commit] };
  return { version, projects, commits: [wish.validate_commit] };
}

/** The form of a name is judged, not whether there is such a repository. */
function repositoriesIn({ refs, headCommits }: Record<string, unknown>): string[] {
  const named = [refs, headCommits]
    .flat()
    .map((ref) => (ref as { repository?: unknown } | null | undefined)?.repository);
  return [
    ...new Set(named.filter((name) => typeof name === 'string' && name !== '' && name.length <= 200)),
  ] as string[];
}

/** Projects that bodies of this form name. */
export function projectsIn(wish: Validation): string[] {
  const sent = bodyOf(wish, '', []);
  const named = Array.isArray(sent['projects']) ? sent['projects'].filter((one) => typeof one === 'string') : [];
  return named.length === 0 ? ['p'] : named;
}

import * as z from 'zod';
import { projectKey, projectOf } from '../../../lib/projects/project-store.ts';
import { type Checks, check, forms } from './checks.ts';
import { holds, same } from './compare.ts';
import type { Judged } from './happening.ts';

/** What became of projects. */
export const projectChecks: Checks = {
  project: check(forms.record, async (judged, expected) => {
    const answered = judged.answers.at(-1)?.body;
    holds(answered ?? (await theProject(judged)), withOurWords(expected));
  }),
  /** The other system notes the slug in an option; ours stands in the project itself. */
  organization_option: check(z.literal('pending-delete:Project:<id>'), async (judged) => {
    const [slug] = judged.world.projects.keys();
    holds(await theProject(judged), { formerSlug: slug });
  }),
  /** No days: it is asked for at once. */
  deletion_scheduled_days: check(z.literal(0), async (judged) => {
    const { id } = await theProject(judged);
    same(
      judged.world.app.deletions.takeAll().map(({ projectId }) => projectId),
      [id],
    );
  }),
};

function withOurWords(expected: Record<string, unknown>): Record<string, unknown> {
  const { status } = expected;
  return typeof status === 'string' ? { ...expected, status: status.replaceAll('_', '-') } : expected;
}

/** The project of the case as it is stored: the API shows no deleted ones. */
async function theProject({ world }: Judged) {
  const [project] = world.projects.values();
  const key = projectKey(world.organization.slug, project?.id ?? '');
  const item = key && (await world.app.table.get(key, { consistent: true }));
  if (item === undefined) throw new Error('the case gives no project');
  return projectOf(item);
}

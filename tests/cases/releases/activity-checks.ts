import * as z from 'zod';
import { listProjectActivities, type ProjectActivity, projectActivityTypes } from '../../../lib/projects/index.ts';
import { type Checks, check, forms } from './checks.ts';
import { holds, same } from './compare.ts';
import type { Judged } from './happening.ts';

const activity = z.strictObject({
  project: z.string().optional(),
  type: z.enum(['release', 'deploy']).optional(),
  ident: z.string().optional(),
  data: z.record(z.string(), z.unknown()).optional(),
});

const expected = z.union([activity, z.array(activity), forms.count, z.null()]);

/** What the projects are told. */
export const activityChecks: Checks = {
  activity: check(expected, judge),
  activities: check(expected, judge),
  activity_count: check(forms.count, judge),
};

/** A number counts all; otherwise the newest of the project (of the first, unless it says which) are compared. */
async function judge(judged: Judged, wanted: z.output<typeof expected>): Promise<void> {
  const all = await activities(judged);
  if (typeof wanted === 'number') return same(all.length, wanted);
  if (wanted === null) return same(all, []);
  for (const one of [wanted].flat()) {
    const { project = [...judged.world.projects.keys()][0] ?? '', type, ...parts } = one;
    const id = judged.world.projects.get(project)?.id;
    const [newest] = all.filter(({ projectId }) => projectId === id);
    holds(newest, { ...parts, ...(type !== undefined && { type: projectActivityTypes[type] }) });
  }
}

async function activities({ world }: Judged): Promise<ProjectActivity[]> {
  const lists = [...world.projects.values()].map(({ id }) => listProjectActivities(world.app, id));
  return (await Promise.all(lists)).flat();
}

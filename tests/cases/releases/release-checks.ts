import * as z from 'zod';
import { lookUp } from '../../../lib/platform/lookup.ts';
import { deployLookup } from '../../../lib/releases/deploy-store.ts';
import { type Checks, check, forms } from './checks.ts';
import { holds, same, sameMembers } from './compare.ts';
import { type Judged, releasesPath } from './happening.ts';
import { showRelease, storedRelease } from './look.ts';
import { people } from './world.ts';

const slugsOf = (projects: readonly { readonly slug: string }[] = []): string[] => projects.map(({ slug }) => slug);

const release = async ({ world, version }: Judged) => showRelease(world, version);

/** What the release of the case is afterwards. */
export const releaseChecks: Checks = {
  release: check(z.union([forms.record, z.null()]), async (judged, wanted) => {
    const shown = await release(judged);
    if (wanted === null) return same(shown, undefined);
    const { projects, owner, ...expected } = wanted;
    holds(shown, expected);
    if (owner !== undefined) holds(shown?.owner, typeof owner === 'string' ? { email: people.member } : owner);
    if (projects !== undefined) sameMembers(slugsOf(shown.projects), forms.texts.parse(projects));
  }),
  projects: check(forms.texts, async (judged, expected) =>
    sameMembers(slugsOf((await release(judged))?.projects), expected),
  ),
  release_exists: check(forms.flag, async (judged, expected) => same((await release(judged)) !== undefined, expected)),
  release_count: check(forms.count, async ({ world }, expected) => {
    const { body } = await world.operator.get(`${releasesPath(world)}?status=`);
    same(body.length, expected);
  }),
  owner: check(z.union([forms.text, z.null()]), async (judged, expected) =>
    same((await release(judged))?.owner?.email ?? null, expected),
  ),
  deploys: check(forms.count, async ({ world, version }, expected) => {
    const { body } = await world.operator.get(`${releasesPath(world, version)}deploys/`);
    same(body.length, expected);
  }),
  notified: check(forms.flag, async ({ world, version = '', facts }, expected) => {
    const stored = await storedRelease(world, version);
    const at = { releaseId: stored?.id ?? '', id: String(facts['deploy_id']) };
    const [deploy] = await lookUp(world.app.table, [deployLookup(at)]);
    same(deploy?.notified ?? false, expected);
  }),
  token_last_used_project: check(forms.text, async ({ world }, expected) => {
    const { body } = await world.operator.get(`/api/0/organizations/${world.organization.slug}/org-auth-tokens/`);
    const used = (body as { projectLastUsed: string | null }[]).flatMap(({ projectLastUsed }) => projectLastUsed ?? []);
    same(used, [world.projects.get(expected)?.id]);
  }),
};

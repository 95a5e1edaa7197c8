import { type Caller, reachLookup } from '../organizations/index.ts';
import type { App } from '../platform/app.ts';
import { lookUp } from '../platform/lookup.ts';
import { type Project, projectsLookup } from '../projects/index.ts';
import { type AlertRule, loadRule } from './alert-rule-store.ts';

/**
 * A rule with its project; undefined when there is none with this ID, or when the caller does not reach its project.
 * @throws UnauthenticatedError when the person has left the organization
 */
export async function reachedRule(
  app: Pick<App, 'table'>,
  { caller, ruleId }: { readonly caller: Caller; readonly ruleId: string },
): Promise<{ readonly rule: AlertRule; readonly project: Project } | undefined> {
  const rule = await loadRule(app, ruleId);
  if (rule === undefined || rule.organization !== caller.organization) return undefined;
  const [reach, projects] = await lookUp(app.table, [
    reachLookup(caller),
    projectsLookup(rule.organization, [rule.projectId]),
  ]);
  const [project] = projects.found;
  return project === undefined || !reach(project.team) ? undefined : { rule, project };
}

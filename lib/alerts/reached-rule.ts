import { type Caller, reachLookup } from '../organizations/index.ts';
import type { App } from '../platform/app.ts';
import { NotFoundError } from '../platform/errors.ts';
import { lookUp } from '../platform/lookup.ts';
import { type Project, projectsLookup } from '../projects/index.ts';
import { type AlertRule, loadRule } from './alert-rule-store.ts';
import { messages } from './messages.ts';
import { ruleIdForm } from './rule-id.ts';

/** A rule with its project. */
export interface ReachedRule {
  readonly rule: AlertRule;
  readonly project: Project;
}

/**
 * A rule with its project; undefined when there is none with this ID, or when the caller does not reach its project.
 * @throws UnauthenticatedError when the person has left the organization
 */
export async function reachedRule(
  app: Pick<App, 'table'>,
  { caller, ruleId }: { readonly caller: Pick<Caller, 'organization' | 'userId'>; readonly ruleId: string },
): Promise<ReachedRule | undefined> {
  const rule = ruleIdForm.test(ruleId) ? await loadRule(app, ruleId) : undefined;
  if (rule === undefined || rule.organization !== caller.organization) {
    // Who has left the organization is told that, and not which rules there are.
    await lookUp(app.table, [reachLookup(caller)]);
    return undefined;
  }
  const [reach, projects] = await lookUp(app.table, [
    reachLookup(caller),
    projectsLookup(rule.organization, [rule.projectId]),
  ]);
  const [project] = projects.found;
  return project === undefined || !reach(project.team) ? undefined : { rule, project };
}

/**
 * The same where there has to be one, in one project when it is named by its ID.
 * @throws NotFoundError, UnauthenticatedError
 */
export async function requireReachedRule(
  app: Pick<App, 'table'>,
  wanted: Parameters<typeof reachedRule>[1] & { readonly projectId?: string | undefined },
): Promise<AlertRule> {
  const found = await reachedRule(app, wanted);
  const elsewhere = wanted.projectId !== undefined && found?.rule.projectId !== wanted.projectId;
  if (found === undefined || elsewhere) throw new NotFoundError(messages.ruleUnknown);
  return found.rule;
}

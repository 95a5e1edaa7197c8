import type { App } from '../platform/app.ts';
import { type AlertRule, deleteRule, loadRules } from './alert-rule-store.ts';
import { deleteState, loadState } from './rule-state-store.ts';
import { stopRule } from './stop-rule.ts';

/**
 * Erases the rules of a project that is being deleted. The open incident of a rule is closed before, as its next evaluation
 * would have done. What incidents there were stays, as what happened in the organization. May be run again at any time.
 */
export async function eraseProjectRules(
  app: Pick<App, 'table' | 'clock'>,
  { organization, projectId }: { readonly organization: string; readonly projectId: string },
): Promise<'more' | 'done'> {
  const rules = (await loadRules(app, organization)).filter((rule) => rule.projectId === projectId);
  let erased = 0;
  for (const rule of rules) erased += (await eraseRule(app, rule)) ? 1 : 0;
  return rules.length === erased ? 'done' : 'more';
}

/** Says false when an evaluation wrote in between: then it has to be looked at again. */
async function eraseRule(app: Pick<App, 'table' | 'clock'>, rule: AlertRule): Promise<boolean> {
  const at = { ruleId: rule.id, projectId: rule.projectId };
  const state = await loadState(app, at);
  if (state !== undefined && !(await stopRule(app, rule, state, app.clock.now()))) return false;
  await app.table.write([deleteState(at), deleteRule(rule.id)]);
  return true;
}

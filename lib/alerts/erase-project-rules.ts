import type { App } from '../platform/app.ts';
import { type AlertRule, deleteRule, loadRules } from './alert-rule-store.ts';
import { eraseIncident, findIncidents } from './incident-store.ts';
import { deleteState, loadState } from './rule-state-store.ts';
import { forgetPersonalSnoozes } from './rules/rule-snooze-store.ts';
import { stopRule } from './stop-rule.ts';

const incidentsPerPage = 10;

/**
 * Erases a page of the rules of a project that is being deleted, each with its incidents and what was told of them. A rule is
 * stopped before, so that no evaluation adds to what is erased. May be run again at any time.
 */
export async function eraseProjectRules(
  app: Pick<App, 'table' | 'clock'>,
  { organization, projectId }: { readonly organization: string; readonly projectId: string },
): Promise<'more' | 'done'> {
  const [rule] = (await loadRules(app, organization)).filter((one) => one.projectId === projectId);
  if (rule === undefined) return 'done';
  if ((await stopped(app, rule)) && !(await eraseSomeIncidents(app, rule.id))) {
    await forgetPersonalSnoozes(app, rule.id);
    await app.table.write([deleteState({ ruleId: rule.id, projectId }), deleteRule(rule.id)]);
  }
  return 'more';
}

/** Says false when an evaluation wrote in between: then it has to be looked at again. */
async function stopped(app: Pick<App, 'table' | 'clock'>, rule: AlertRule): Promise<boolean> {
  const state = await loadState(app, { ruleId: rule.id, projectId: rule.projectId });
  return state === undefined || stopRule(app, rule, state, app.clock.now());
}

/** Says false when there were none any more. */
async function eraseSomeIncidents(app: Pick<App, 'table'>, ruleId: string): Promise<boolean> {
  let erased = false;
  for (const incident of await findIncidents(app, ruleId, incidentsPerPage)) {
    if (await eraseIncident(app, incident)) erased = true;
  }
  return erased;
}

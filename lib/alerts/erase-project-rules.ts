import type { App } from '../platform/app.ts';
import { type AlertRule, deleteRule, loadRules } from './alert-rule-store.ts';
import { eraseIncident, findIncidents, incidentSource } from './incident-store.ts';
import { forgetOutage } from './outages/forget-outage.ts';
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
  if (rule === undefined) return eraseIncidentsLeft(app, { organization, projectId });
  if ((await stopped(app, rule)) && !(await eraseSomeIncidents(app, rule.id))) {
    await forgetPersonalSnoozes(app, rule.id);
    await forgetOutage(app, { ruleId: rule.id, projectId });
    await app.table.write([deleteState({ ruleId: rule.id, projectId }), deleteRule(rule.id)]);
  }
  return 'more';
}

/** What rules have found that were deleted before, or that watch another project by now. */
async function eraseIncidentsLeft(
  app: Pick<App, 'table'>,
  { organization, projectId }: { readonly organization: string; readonly projectId: string },
): Promise<'more' | 'done'> {
  let left = incidentsPerPage;
  for await (const { item } of incidentSource(app.table, { organization })({ backwards: false })) {
    if (item?.projectId !== projectId) continue;
    await eraseIncident(app, item);
    left -= 1;
    if (left === 0) break;
  }
  return left < incidentsPerPage ? 'more' : 'done';
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

import {
  type ActionsApp,
  type AlertRule,
  type EndingApp,
  lookUpRuleNames,
  requireReachedRule,
  type SavedRule,
  serializeAlertRule,
} from '../../lib/alerts/index.ts';
import type { Caller, Scope } from '../../lib/organizations/index.ts';
import type { App } from '../../lib/platform/app.ts';
import * as endpoints from '../api-endpoints/alert-rules.ts';
import type { ApiApp } from '../middleware/api-door.ts';
import type { HttpAnswer } from '../middleware/http-answer.ts';
import { projectInReach } from '../middleware/reach.ts';

/** What all about alert rules needs. */
export type AlertRulesApp = ApiApp & ActionsApp & EndingApp & Pick<App, 'ids'>;

/** An address below a list of rules: that of the organization, or that of one of its projects. */
export interface RulesAddress {
  readonly org: string;
  readonly project?: string;
}

/** The project that an address names, by slug and ID; undefined when it names none. */
export async function projectOf(app: AlertRulesApp, caller: Caller, { org, project }: RulesAddress) {
  return project === undefined ? undefined : projectInReach(app, caller, { org, project });
}

/** The rule that an address names, which the caller reaches. @throws NotFoundError, UnauthenticatedError */
export async function ruleOf(
  app: AlertRulesApp,
  caller: Caller,
  path: RulesAddress & { readonly rule: string },
): Promise<AlertRule> {
  const project = await projectOf(app, caller, path);
  return requireReachedRule(app, { caller, ruleId: path.rule, projectId: project?.id });
}

/** Which scopes change rules below an address; one of them is enough. */
export function scopesToChange({ project }: RulesAddress): readonly Scope[] {
  return (project === undefined ? endpoints.updateAlertRule : endpoints.updateProjectAlertRule).scopes;
}

/** Whether the caller may change rules below an address. */
export function mayChangeRules(caller: Caller, path: RulesAddress): boolean {
  return scopesToChange(path).some((scope) => caller.scopes.includes(scope));
}

/** Shows a rule, with the secrets of webhooks that are new. */
export async function answerWith(
  app: AlertRulesApp,
  { caller, path }: { readonly caller: Caller; readonly path: RulesAddress },
  { rule, secrets }: SavedRule,
  status: 200 | 201 = 200,
): Promise<HttpAnswer> {
  const view = { showsAddresses: mayChangeRules(caller, path), secrets };
  return { status, body: serializeAlertRule(rule, await lookUpRuleNames(app, caller, [rule]), view) };
}

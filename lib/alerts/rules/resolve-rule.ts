import { type Caller, listTeams, reachLookup } from '../../organizations/index.ts';
import { InvalidFieldsError } from '../../platform/errors.ts';
import { lookUp } from '../../platform/lookup.ts';
import { type Project, projectsLookup } from '../../projects/index.ts';
import type { AlertAction, AlertRule } from '../alert-rule-store.ts';
import { ruleMessages as messages } from '../messages.ts';
import { textOfOwner } from './body-of-rule.ts';
import type { Faults } from './check-thresholds.ts';
import { type ActionsApp, resolveActions } from './resolve-actions.ts';
import { resolveOwner } from './resolve-owner.ts';
import { type AlertRuleBody, mostTriggers } from './rule-body.ts';
import { type RuleTerms, validateRule } from './validate-rule.ts';

/** Who wants a rule: somebody with a token, or an operator, who reaches everything. */
export type RuleCaller = Pick<Caller, 'organization' | 'userId'>;

/** A rule that is wanted. */
export interface WantedRule {
  readonly caller: RuleCaller;
  readonly body: AlertRuleBody;
  /** The rule as it is, when it is to be another. */
  readonly before?: AlertRule | undefined;
}

/** What a body comes to when all is well with it. */
export interface ResolvedRule {
  readonly terms: Omit<RuleTerms, 'triggers'> & Pick<AlertRule, 'owner' | 'triggers'>;
  readonly project: Project;
  /** Secrets of new webhooks by address; they are shown now and never again. */
  readonly secrets: ReadonlyMap<string, string>;
}

/**
 * Checks a whole rule: its fields, its project, its owner and everybody whom it tells. All that is wrong is said at once.
 * @throws InvalidFieldsError, UnauthenticatedError for who has left the organization
 */
export async function resolveRule(app: ActionsApp, wanted: WantedRule): Promise<ResolvedRule> {
  const { terms, project, owner, told, faults } = await look(app, wanted);
  if ('fault' in project || Object.keys(faults).length > 0) throw new InvalidFieldsError(faults);
  const triggers = terms.triggers.map((trigger, index) => ({ ...trigger, actions: actionsAt(told.actions, index) }));
  return { terms: { ...terms, owner: owner.owner, triggers }, project, secrets: told.secrets };
}

/** All that is wrong with a rule, by field. @throws UnauthenticatedError for who has left the organization */
export async function faultsOfRule(app: ActionsApp, wanted: WantedRule): Promise<Faults> {
  return (await look(app, wanted)).faults;
}

async function look(app: ActionsApp, { caller, body, before }: WantedRule) {
  const { organization } = caller;
  const { terms, faults } = validateRule(body);
  const teams = await listTeams(app, { organization });
  const known = { organization, teams, before: before?.triggers.flatMap(({ actions }) => actions) };
  const [project, owner, told] = await Promise.all([
    findWatched(app, caller, body.projects),
    isOwner(before, body.owner)
      ? { owner: before.owner, faults: {} }
      : resolveOwner(app, organization, body.owner, teams),
    // What is more than there may be is not looked up.
    resolveActions(app, body.triggers.slice(0, mostTriggers), known),
  ]);
  const all = together(
    faults,
    'fault' in project ? { projects: [project.fault] } : {},
    owner.faults,
    told.faults.length > 0 ? { triggers: told.faults } : {},
  );
  return { terms, project, owner, told, faults: all };
}

/** The one project that is named, when the caller reaches it. @throws UnauthenticatedError */
export async function findWatched(
  app: Pick<ActionsApp, 'table'>,
  caller: RuleCaller,
  projects: AlertRuleBody['projects'],
): Promise<Project | { readonly fault: string }> {
  const [named, ...others] = new Set(projects);
  if (named === undefined || others.length > 0) return { fault: messages.oneProject };
  const [reach, { found }] = await lookUp(app.table, [
    reachLookup(caller),
    projectsLookup(caller.organization, [named]),
  ]);
  const [project] = found;
  return project === undefined || !reach(project.team) ? { fault: messages.projectUnknown(named) } : project;
}

/** Whose rule it was before stays its owner, even if they could not become it now. */
function isOwner(before: AlertRule | undefined, sent: AlertRuleBody['owner']): before is AlertRule {
  return before !== undefined && before.owner !== null && textOfOwner(before.owner) === sent;
}

function actionsAt(actions: readonly (readonly AlertAction[])[], index: number): AlertAction[] {
  return [...(actions[index] ?? [])];
}

function together(...all: readonly Faults[]): Faults {
  const fields = new Set(all.flatMap((faults) => Object.keys(faults)));
  return Object.fromEntries([...fields].map((field) => [field, all.flatMap((faults) => faults[field] ?? [])]));
}

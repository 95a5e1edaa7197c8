import { reachLookup, wholeReachLookup } from '../../organizations/index.ts';
import type { App } from '../../platform/app.ts';
import { NotFoundError } from '../../platform/errors.ts';
import { lookUp } from '../../platform/lookup.ts';
import { projectsLookup } from '../../projects/index.ts';
import { loadRulesById } from '../alert-rule-store.ts';
import type { ReachedRule } from '../reached-rule.ts';
import type { RuleCaller } from '../rules/resolve-rule.ts';
import { type Digest, loadDigest } from './digest-store.ts';
import { digestFaults } from './messages.ts';

/** A digest with those of its rules that there still are, and their projects. */
export interface ReachedDigest {
  readonly digest: Digest;
  readonly rules: readonly RuleOfDigest[];
}

/** A rule with the project that it watches. */
export type RuleOfDigest = ReachedRule;

/**
 * Those of these rules that there are, in their order, each with whether the caller reaches it.
 * @throws UnauthenticatedError when the person has left the organization
 */
export async function findRulesInReach(
  app: Pick<App, 'table'>,
  caller: RuleCaller,
  ids: readonly string[],
): Promise<(RuleOfDigest & { readonly isReached: boolean })[]> {
  const { organization } = caller;
  const rules = (await loadRulesById(app, ids)).filter((rule) => rule.organization === organization);
  const [reach, { found }] = await lookUp(app.table, [
    reachLookup(caller),
    projectsLookup(organization, [...new Set(rules.map(({ projectId }) => projectId))]),
  ]);
  return ids.flatMap((id) => {
    const rule = rules.find((one) => one.id === id);
    const project = found.find((one) => one.id === rule?.projectId);
    return rule === undefined || project === undefined ? [] : [{ rule, project, isReached: reach(project.team) }];
  });
}

/**
 * Those of some digests whose rules the caller reaches, all of them: a digest shows them together. One whose rules are all
 * gone is still that of who made it, and of those who reach everything.
 * @throws UnauthenticatedError
 */
export async function digestsInReach(
  app: Pick<App, 'table'>,
  caller: RuleCaller,
  digests: readonly Digest[],
): Promise<ReachedDigest[]> {
  const ids = [...new Set(digests.flatMap(({ ruleIds }) => ruleIds))];
  const byId = new Map((await findRulesInReach(app, caller, ids)).map((one) => [one.rule.id, one]));
  const present = digests.map((digest) => ({ digest, rules: digest.ruleIds.flatMap((id) => byId.get(id) ?? []) }));
  const isEmpty = ({ rules }: ReachedDigest) => rules.length === 0;
  const [reachesAll] = present.some(isEmpty) ? await lookUp(app.table, [wholeReachLookup(caller)]) : [false];
  return present.filter(({ digest, rules }) => {
    if (rules.length > 0) return rules.every(({ isReached }) => isReached);
    return reachesAll || digest.createdBy === caller.userId;
  });
}

/** The digest with this ID, if it is within reach. @throws NotFoundError, UnauthenticatedError */
export async function requireReachedDigest(
  app: Pick<App, 'table'>,
  { caller, digestId }: { readonly caller: RuleCaller; readonly digestId: string },
): Promise<ReachedDigest> {
  const isId = /^\d{1,20}$/u.test(digestId);
  const digest = isId ? await loadDigest(app, digestId) : undefined;
  const known = digest?.organization === caller.organization ? [digest] : [];
  const [reached] = await digestsInReach(app, caller, known);
  if (reached === undefined) throw new NotFoundError(digestFaults.unknown);
  return reached;
}

import { isDeepStrictEqual } from 'node:util';
import { isoTime } from '../../platform/clock.ts';
import { ConflictError, NotFoundError } from '../../platform/errors.ts';
import { orRefuse } from '../../platform/or-refuse.ts';
import { type AlertRule, changeRule } from '../alert-rule-store.ts';
import { type EndingApp, endIncidentForRule } from '../end-incident-for-rule.ts';
import { messages, ruleMessages } from '../messages.ts';
import { reachedRule } from '../reached-rule.ts';
import type { SavedRule } from './add-alert-rule.ts';
import { changedBody } from './body-of-rule.ts';
import type { Faults } from './check-thresholds.ts';
import { checkReadable, type ReadableParts } from './readable-parts.ts';
import type { ActionsApp } from './resolve-actions.ts';
import { faultsOfRule, type RuleCaller, resolveRule } from './resolve-rule.ts';
import type { AlertRuleChanges } from './rule-body.ts';

/** A rule that is to be another. */
export interface RuleChange {
  readonly caller: RuleCaller;
  readonly ruleId: string;
  /** The rule is only found in this project. */
  readonly projectId?: string | undefined;
  readonly changes: AlertRuleChanges;
}

/**
 * Changes a rule. Its open incident is over with that, and its judging begins anew; who says again what the rule is already
 * changes nothing.
 * @throws InvalidFieldsError naming all that is wrong, NotFoundError, ConflictError when somebody else was faster,
 * UnauthenticatedError
 */
export async function changeAlertRule(
  app: ActionsApp & EndingApp,
  { caller, ruleId, projectId, changes }: RuleChange,
): Promise<SavedRule> {
  const found = await ruleToChange(app, { caller, ruleId, projectId });
  const { rule } = found;
  if (changes.revision != null && changes.revision !== rule.revision) {
    throw new ConflictError(ruleMessages.changedMeanwhile);
  }
  const body = changedBody(rule, found.project.slug, changes);
  const { terms, project, secrets } = await resolveRule(app, { caller, body, before: rule });
  const wanted: AlertRule = { ...rule, ...terms, projectId: project.id };
  if (isDeepStrictEqual(wanted, rule)) return { rule, secrets };
  const edited = { ...wanted, editedAt: isoTime(app.clock.now()), revision: rule.revision + 1 };
  await orRefuse(
    endIncidentForRule(app, { rule, edited, writes: [changeRule(edited, rule)] }),
    (why) => new ConflictError(ruleMessages.changedMeanwhile, why),
  );
  return { rule: edited, secrets };
}

/**
 * What is wrong with the rest of a change of which some fields cannot be read.
 * @throws NotFoundError, UnauthenticatedError
 */
export async function faultsOfChange(
  app: ActionsApp,
  { parts, ...which }: Omit<RuleChange, 'changes'> & { readonly parts: ReadableParts },
): Promise<Faults> {
  const { rule: before, project } = await ruleToChange(app, which);
  const { caller } = which;
  const body = changedBody(before, project.slug, parts.body);
  return checkReadable({ ...parts, body }, (wanted) => faultsOfRule(app, { caller, body: wanted, before }));
}

async function ruleToChange(app: ActionsApp, { caller, ruleId, projectId }: Omit<RuleChange, 'changes'>) {
  const found = await reachedRule(app, { caller, ruleId });
  if (found === undefined || (projectId !== undefined && found.project.id !== projectId)) {
    throw new NotFoundError(messages.ruleUnknown);
  }
  return found;
}

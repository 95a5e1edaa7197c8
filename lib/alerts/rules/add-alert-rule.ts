import type { App } from '../../platform/app.ts';
import { isoTime } from '../../platform/clock.ts';
import { saveWithSnowflakeId } from '../../platform/save-with-snowflake-id.ts';
import { writeWithId } from '../../platform/write-with-id.ts';
import { type AlertRule, insertRule } from '../alert-rule-store.ts';
import { insertState } from '../rule-state-store.ts';
import type { Faults } from './check-thresholds.ts';
import { firstState } from './first-state.ts';
import { checkReadable, type ReadableParts } from './readable-parts.ts';
import type { ActionsApp } from './resolve-actions.ts';
import { faultsOfRule, type RuleCaller, resolveRule, type WantedRule } from './resolve-rule.ts';

/** A rule as it is stored, with the secrets of its new webhooks, which nobody can ask for later. */
export interface SavedRule {
  readonly rule: AlertRule;
  readonly secrets: ReadonlyMap<string, string>;
}

/**
 * Creates a rule. It is evaluated from the next run of the schedule on.
 * @throws InvalidFieldsError naming all that is wrong, UnauthenticatedError for who has left the organization
 */
export async function addAlertRule(
  app: ActionsApp & Pick<App, 'ids' | 'clock'>,
  wanted: Omit<WantedRule, 'before'>,
): Promise<SavedRule> {
  const { terms, project, secrets } = await resolveRule(app, wanted);
  const { organization, userId } = wanted.caller;
  const createdAt = isoTime(app.clock.now());
  const rule = await saveWithSnowflakeId(app.ids, 'alert-rule', async (id) => {
    const made: AlertRule = {
      ...{ id, organization, projectId: project.id },
      ...terms,
      snooze: null,
      createdAt,
      ...(userId !== undefined && { createdBy: userId }),
      revision: 1,
    };
    await writeWithId(app.table, 'alert-rule', id, [insertRule(made), insertState(firstState(made, createdAt))]);
    return made;
  });
  return { rule, secrets };
}

/** What is wrong with the rest of a new rule of which some fields cannot be read. @throws UnauthenticatedError */
export async function faultsOfAddition(
  app: ActionsApp,
  { caller, parts }: { readonly caller: RuleCaller; readonly parts: ReadableParts },
): Promise<Faults> {
  return checkReadable(parts, (body) => faultsOfRule(app, { caller, body }));
}

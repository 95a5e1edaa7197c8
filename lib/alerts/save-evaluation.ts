import type { App } from '../platform/app.ts';
import { ConditionFailedError, type WriteAction } from '../platform/table.ts';
import { insertActivity } from './incident-activity-store.ts';
import { insertIncident, turnIncident } from './incident-store.ts';
import { insertNotification } from './notification-store.ts';
import type { Transition } from './plan-transition.ts';
import { type RuleState, replaceState } from './rule-state-store.ts';

/**
 * How a write ended. `state-changed`: somebody else evaluated the rule, so look again. `number-taken`: another rule of the
 * organization took the incident's number, so take the next; the rule itself stands as it stood.
 */
export type SaveOutcome = 'saved' | 'state-changed' | 'number-taken';

/**
 * Writes what an evaluation came to: the state of the rule and, with a transition, the incident, its activities and
 * whom to tell – or without one, the `messages` that tell of the rule itself –, all of it or nothing.
 */
export async function saveEvaluation(
  { table }: Pick<App, 'table'>,
  state: { readonly before: RuleState; readonly next: RuleState },
  transition: Transition | undefined,
  messages: readonly WriteAction[] = [],
): Promise<SaveOutcome> {
  const stateWrite = replaceState(state.next, state.before);
  try {
    const more = transition === undefined ? messages : transitionWrites(state.next.organization, transition);
    if (more.length === 0) await table.put(stateWrite.put, stateWrite.onlyIf);
    else await table.write([stateWrite, ...more]);
    return 'saved';
  } catch (error) {
    if (!(error instanceof ConditionFailedError)) throw error;
    // The state is written first. When its condition holds, only a new incident's number can have been taken.
    const [stateFailed] = error.failed;
    return stateFailed === undefined && transition?.change.kind === 'open' ? 'number-taken' : 'state-changed';
  }
}

/** The writes of a transition, beside the state of its rule. */
export function transitionWrites(
  organization: string,
  { change, activities, notifications }: Pick<Transition, 'change' | 'activities' | 'notifications'>,
): WriteAction[] {
  return [
    ...(change.kind === 'open'
      ? insertIncident(change.incident)
      : [turnIncident({ organization, identifier: change.identifier }, change)]),
    ...activities.map(insertActivity),
    ...notifications.map(insertNotification),
  ];
}

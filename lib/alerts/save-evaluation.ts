import type { App } from '../platform/app.ts';
import { ConditionFailedError, type WriteAction } from '../platform/table.ts';
import { endIncident, insertActivity, insertIncident } from './incident-store.ts';
import { insertNotification } from './notification-store.ts';
import type { Transition } from './plan-transition.ts';
import { type RuleState, replaceState } from './rule-state-store.ts';

/**
 * Writes what an evaluation came to: the state of the rule and, with a transition, the incident, its activities and
 * whom to tell, all of it or nothing. Says false when somebody else wrote in between: then look again.
 */
export async function saveEvaluation(
  { table }: Pick<App, 'table'>,
  state: { readonly before: RuleState; readonly next: RuleState },
  transition: Transition | undefined,
): Promise<boolean> {
  const stateWrite = replaceState(state.next, state.before);
  try {
    if (transition === undefined) await table.put(stateWrite.put, stateWrite.onlyIf);
    else await table.write([stateWrite, ...transitionWrites(state.next.organization, transition)]);
    return true;
  } catch (error) {
    if (error instanceof ConditionFailedError) return false;
    throw error;
  }
}

function transitionWrites(organization: string, { change, activities, notifications }: Transition): WriteAction[] {
  return [
    ...(change.kind === 'open'
      ? insertIncident(change.incident)
      : [endIncident({ organization, identifier: change.identifier }, change.closedAt)]),
    ...activities.map(insertActivity),
    ...notifications.map(insertNotification),
  ];
}

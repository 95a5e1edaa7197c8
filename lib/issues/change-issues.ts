import type { App } from '../platform/app.ts';
import { isoTime } from '../platform/clock.ts';
import { mapLimited } from '../platform/map-limited.ts';
import {
  type ChangeOutcome,
  type ChangeRequest,
  changeIssue,
  type Plan,
  plannedChange,
  unchanged,
} from './change-issue.ts';
import { changeActions, type StandingIssue, saveChanges } from './issue-record-store.ts';

/** A change of an issue as it was just read; `standing` is undefined when there is no such issue. */
export interface PlannedChange {
  readonly request: Omit<ChangeRequest, 'standing'>;
  readonly standing: StandingIssue | undefined;
  readonly plan: Plan;
}

/** A change has nine actions at most, and a transaction a hundred. */
const issuesPerTransaction = 10;
const concurrency = 5;

/**
 * Changes issues, each named once, ten in a transaction. Where one of the ten was changed by somebody else in between,
 * each of them is changed on its own. Outcomes come in the order of the changes.
 */
export async function changeIssues(
  app: Pick<App, 'table' | 'clock'>,
  changes: readonly PlannedChange[],
): Promise<ChangeOutcome[]> {
  const groups: (readonly PlannedChange[])[] = [];
  for (let start = 0; start < changes.length; start += issuesPerTransaction) {
    groups.push(changes.slice(start, start + issuesPerTransaction));
  }
  return (await mapLimited(groups, concurrency, (group) => changeTogether(app, group))).flat();
}

async function changeTogether(
  app: Pick<App, 'table' | 'clock'>,
  group: readonly PlannedChange[],
): Promise<ChangeOutcome[]> {
  const at = isoTime(app.clock.now());
  const steps = group.map((one) => ({ ...one, change: plannedChange(one.request, one.standing, one.plan, at) }));
  const actions = steps.flatMap(({ request, standing, change }) =>
    change && standing ? changeActions(standing.issue, change, { ...request, at }) : [],
  );
  const together = actions.length === 0 || (await saveChanges(app.table, actions));
  return Promise.all(
    steps.map(({ request, standing, change, plan }) => {
      if (change === undefined) return unchanged(request, standing);
      return together ? { issue: change.issue, changed: true } : changeIssue(app, request, plan);
    }),
  );
}

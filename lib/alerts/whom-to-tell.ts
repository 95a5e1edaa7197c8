import type { AlertTrigger } from './alert-rule-store.ts';
import type { ActiveStatus, ToldStatus } from './incident-status.ts';

/** What a change of an incident is told as, and to whose actions. */
export interface Telling {
  readonly method: 'fire' | 'resolve';
  readonly status: ToldStatus;
  /** Who is told of critical incidents only has no concern with one that is not. */
  readonly whom: 'everybody' | 'warning';
}

/** How an incident stood before an update and stands after it; null when there was none, or is none any more. */
export interface Course {
  readonly from: ActiveStatus | null;
  readonly to: ActiveStatus | null;
  /** Whether it was critical at any time. */
  readonly wasCritical: boolean;
}

/** Who hears of an update; undefined when the status is what it was. */
export function whomToTell({ from, to, wasCritical }: Course): Telling | undefined {
  if (from === to) return undefined;
  if (to === null) return { method: 'resolve', status: 'closed', whom: wasCritical ? 'everybody' : 'warning' };
  if (to === 'critical') return { method: 'fire', status: 'critical', whom: 'everybody' };
  return from === null
    ? { method: 'fire', status: 'warning', whom: 'warning' }
    : { method: 'resolve', status: 'warning', whom: 'everybody' };
}

/** The actions that are told, those of warnings first; of several for the same target the first. */
export function actionsToTell<Action>(
  triggers: readonly { readonly label: AlertTrigger['label']; readonly actions: readonly Action[] }[],
  whom: Telling['whom'],
  targetOf: (action: Action) => string,
): Action[] {
  const labels = whom === 'warning' ? (['warning'] as const) : (['warning', 'critical'] as const);
  const actions = labels.flatMap((wanted) =>
    triggers.filter(({ label }) => label === wanted).flatMap((trigger) => trigger.actions),
  );
  const first = new Map<string, Action>();
  for (const action of actions) if (!first.has(targetOf(action))) first.set(targetOf(action), action);
  return [...first.values()];
}

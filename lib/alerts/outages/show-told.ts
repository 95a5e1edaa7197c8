import type { App } from '../../platform/app.ts';
import { readOutgoing } from '../../slack/index.ts';
import { describeDestination } from '../describe-targets.ts';
import type { RuleState } from '../rule-state-store.ts';
import { outageMessageName } from './outage.ts';

/** That a destination was told that a rule cannot be read, is being told, or could not be. */
export interface ShownTold {
  /** In words. */
  readonly destination: string;
  readonly state: 'pending' | 'sent' | 'failed';
  /** Why it could not be told, and what to do about it. */
  readonly error: { readonly code: string; readonly detail: string } | null;
}

/** Who was told that rules cannot be read, by the rule; costs nothing where all can be. */
export async function showTold(
  { table }: Pick<App, 'table'>,
  states: Iterable<RuleState>,
): Promise<ReadonlyMap<string, readonly ShownTold[]>> {
  const outages = [...states].flatMap(({ ruleId, outage }) => (outage ? [{ ruleId, ...outage }] : []));
  if (outages.length === 0) return new Map();
  const names = outages.flatMap(({ ruleId, since, told }) => told.map((one) => outageMessageName(ruleId, since, one)));
  const stored = await readOutgoing(table, names);
  return new Map(
    outages.map(({ ruleId, since, told }) => [
      ruleId,
      told.map((one): ShownTold => {
        // What was sent is forgotten after some weeks.
        const { state = 'sent', error } = stored.get(outageMessageName(ruleId, since, one)) ?? {};
        return {
          destination: describeDestination(one),
          state: state === 'refused' ? 'failed' : state,
          error: error === undefined ? null : { code: error.code, detail: error.advice },
        };
      }),
    ]),
  );
}

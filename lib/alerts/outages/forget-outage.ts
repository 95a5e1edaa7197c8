import type { App } from '../../platform/app.ts';
import { forgetOutgoing } from '../../slack/index.ts';
import { loadState } from '../rule-state-store.ts';
import { outageMessageName } from './outage.ts';

/** Forgets what is to be told of a rule that is gone: what Slack could not take yet is not told any more. */
export async function forgetOutage(
  app: Pick<App, 'table'>,
  { ruleId, projectId }: { readonly ruleId: string; readonly projectId: string },
): Promise<void> {
  const outage = (await loadState(app, { ruleId, projectId }))?.outage;
  if (outage === undefined) return;
  const names = outage.told.map((one) => outageMessageName(ruleId, outage.since, one));
  await forgetOutgoing(app.table, names);
}

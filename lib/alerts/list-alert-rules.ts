import type { App } from '../platform/app.ts';
import { type AlertRule, loadRules } from './alert-rule-store.ts';

/** All alert rules of an organization, the oldest first. */
export async function listAlertRules(
  app: Pick<App, 'table'>,
  input: { readonly organization: string },
): Promise<AlertRule[]> {
  return loadRules(app, input.organization);
}

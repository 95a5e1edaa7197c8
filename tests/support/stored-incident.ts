import { insertActivity } from '../../lib/alerts/incident-activity-store.ts';
import { type Incident, insertIncident, loadLastIdentifier } from '../../lib/alerts/incident-store.ts';
import { type AlertRule, alertRuleInput, createAlertRule } from '../../lib/alerts/index.ts';
import { loadState, replaceState } from '../../lib/alerts/rule-state-store.ts';
import type { App } from '../../lib/platform/app.ts';
import { isoTime } from '../../lib/platform/clock.ts';
import { addWorkspace } from '../../lib/slack/index.ts';
import { slackChannels, slackWorkspace } from './slack-server.ts';

/** Makes a rule of a project that tells #alerts, in a workspace that is connected to `acme`. */
export async function storeRule(
  app: Parameters<typeof createAlertRule>[0],
  { project, name }: { readonly project: string; readonly name: string },
): Promise<AlertRule> {
  await addWorkspace(app, { organization: 'acme', ...slackWorkspace });
  const { teamId: workspace } = slackWorkspace;
  const { id: channelId, name: channelName } = slackChannels.alerts;
  const watched = { organization: 'acme', project, name, metric: 'errors@none', threshold: 10, windowSeconds: 60 };
  return createAlertRule(app, alertRuleInput.parse({ ...watched, workspace, channelId, channelName }));
}

/** Opens an incident of a rule, as an evaluation would, but for telling anybody. */
export async function storeIncident(app: Pick<App, 'table' | 'clock'>, rule: AlertRule): Promise<Incident> {
  const { organization, projectId, id: ruleId } = rule;
  const now = isoTime(app.clock.now());
  const identifier = (await loadLastIdentifier(app, organization)) + 1;
  const before = await loadState(app, { ruleId, projectId });
  if (before === undefined) throw new TypeError('The rule has no state.');
  const times = { startedAt: now, detectedAt: now, createdAt: now, closedAt: null };
  const incident: Incident = { organization, identifier, ruleId, projectId, status: 'critical', ...times };
  const values = { wasCritical: true, worst: null, last: null };
  const kept = { identifier, startedAt: now, createdAt: now, status: 'critical' as const, activities: 1, ...values };
  await app.table.write([
    replaceState({ ...before, revision: before.revision + 1, incident: kept }, before),
    ...insertIncident(incident),
    insertActivity({
      ...{ organization, identifier, number: 1, type: 'status_change', at: now, from: 'open', to: 'critical' },
      notificationId: '8f3cbb2c-2c0a-4b7e-9d27-6b0f1c0a3a01',
    }),
  ]);
  return incident;
}

import { sumOverWindow } from '../metrics/index.ts';
import type { Caller } from '../organizations/index.ts';
import type { App } from '../platform/app.ts';
import type { Table } from '../platform/table.ts';
import type { MessageBox } from '../slack/index.ts';
import type { AlertRule } from './alert-rule-store.ts';
import { incidentLink } from './incident-link.ts';
import { incidentMessage } from './incident-message.ts';
import { loadNotifications, type Notification } from './notification-store.ts';
import { reachedRule } from './reached-rule.ts';
import { loadState } from './rule-state-store.ts';
import { statusText } from './status-text.ts';
import { watchedCounter } from './watched-counter.ts';

/** Which rule, with which of its incidents if one is named, and who wants to see it. */
export interface AlertToShow {
  readonly caller: Caller;
  readonly ruleId: string;
  /** The number of an incident; the one that is open, if any, when it is left out or not one of the rule. */
  readonly incident?: number | undefined;
}

/** What showing a rule needs of the outside world. */
export type ShowAlertApp = Pick<App, 'table' | 'clock'> & { readonly metricsTable: Table; readonly publicUrl: string };

/** How a rule stands. */
interface Standing {
  readonly status: Notification['status'];
  readonly value: number | null;
  readonly startedAt?: string;
  readonly incident?: number;
}

/**
 * How a rule stands, in the words of its messages; undefined when there is no such rule, or when the caller does not reach
 * its project. It carries no buttons: what is shown below somebody else's message is not ours to update.
 * @throws UnauthenticatedError when the person has left the organization
 */
export async function showAlert(
  app: ShowAlertApp,
  { caller, ruleId, incident }: AlertToShow,
): Promise<MessageBox | undefined> {
  const found = await reachedRule(app, { caller, ruleId });
  if (found === undefined) return undefined;
  const { rule, project } = found;
  const standing = (await told(app, rule, incident)) ?? (await quiet(app, rule));
  const { publicUrl } = app;
  const { organization } = rule;
  const { text, box } = incidentMessage({
    status: standing.status,
    ruleName: rule.name,
    projectName: project.slug,
    statusText: statusText(rule, standing.value),
    startedAt: standing.startedAt,
    organization,
    // Only buttons name it, and they are taken out below.
    incident: standing.incident ?? 0,
    link: incidentLink({ publicUrl, organization, ruleId, incident: standing.incident }),
  });
  const blocks = box.blocks.filter(({ type }) => type !== 'actions');
  return { ...box, blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }, ...blocks] };
}

/** What people were told last of an incident: the one that is named, or the one that is open. */
async function told(app: ShowAlertApp, rule: AlertRule, named: number | undefined): Promise<Standing | undefined> {
  const state = await loadState(app, { ruleId: rule.id, projectId: rule.projectId });
  for (const incident of [named, state?.incident?.identifier]) {
    if (incident === undefined) continue;
    const notifications = await loadNotifications(app, { organization: rule.organization, incident });
    const last = notifications.findLast(({ subject }) => subject.ruleId === rule.id);
    if (last === undefined) continue;
    const { status, subject } = last;
    return { status, value: subject.value, startedAt: subject.startedAt, incident };
  }
  return undefined;
}

/** A rule of which there is nothing to tell: what its metric is now. */
async function quiet(app: ShowAlertApp, rule: AlertRule): Promise<Standing> {
  const { organization, projectId } = rule;
  const endMs = app.clock.now();
  const startMs = endMs - rule.windowSeconds * 1_000;
  const window = { organization, projectId, metric: watchedCounter(rule), startMs, endMs };
  return { status: 'closed', value: await sumOverWindow(app, window) };
}

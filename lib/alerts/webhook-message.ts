import { createHmac } from 'node:crypto';
import { incidentLink } from './incident-link.ts';
import { lateSince } from './late-since.ts';
import { messages } from './messages.ts';
import type { Notification } from './notification-store.ts';
import { statusText } from './status-text.ts';

/** What a webhook is sent; docs/alerts.md describes it to those who write receivers. */
export function webhookBody(
  { publicUrl, project, nowMs }: { readonly publicUrl: string; readonly project: string; readonly nowMs: number },
  notification: Notification,
): string {
  const { organization, incident, notificationId, status, ending, subject, createdAt } = notification;
  const { ruleId, ruleName, aggregate, windowSeconds, startedAt, closedAt, environment, value, worst } = subject;
  return JSON.stringify({
    version: 1,
    event: `incident.${status === 'closed' ? 'resolved' : status}`,
    id: deliveryId(notification),
    at: createdAt,
    lateSince: lateSince(notification, nowMs) ?? null,
    organization,
    project,
    rule: { id: ruleId, name: ruleName, aggregate, windowSeconds, environment: environment ?? null },
    incident: { identifier: incident, startedAt, closedAt: closedAt ?? null, ending: ending ?? null },
    value,
    worst: worst ?? null,
    text: ending === undefined ? statusText(subject, value) : messages.endings[ending],
    url: incidentLink({ publicUrl, organization, ruleId, incident, notificationId, referrer: 'metric_alert_webhook' }),
  });
}

/** Names what is told, the same for every attempt: a receiver that has seen it has nothing to do. */
export function deliveryId({ organization, incident, change }: Notification): string {
  return `${organization}/${incident}/${change}`;
}

/** Says who sent a body, and when: the HMAC-SHA-256 of the time and the body, under the secret of the webhook. */
export function webhookSignature(secret: string, unixSeconds: number, body: string): string {
  const signature = createHmac('sha256', secret).update(`${unixSeconds}.${body}`).digest('hex');
  return `t=${unixSeconds},v1=${signature}`;
}

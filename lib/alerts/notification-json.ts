import * as z from 'zod';
import { placeOf } from './deliver-notification.ts';
import { describeDestination } from './describe-targets.ts';
import { isInSlack } from './destination.ts';
import { statusNumbers } from './incident-json.ts';
import type { Notification } from './notification-store.ts';

/** That a target was told of a change of an incident, is being told, or could not be. */
export const notificationJson = z
  .object({
    id: z.string().meta({ description: 'Names the change that is told; the same in the link of its message.' }),
    incident: z.string().meta({ description: 'The number of the incident.' }),
    change: z.number().meta({ description: 'Which of its activities is told.' }),
    status: z
      .literal([statusNumbers.closed, statusNumbers.warning, statusNumbers.critical])
      .meta({ description: '2 resolved, 10 warning, 20 critical: what is told.' }),
    alertRule: z.object({ id: z.string(), name: z.string() }).meta({ description: 'As it was called then.' }),
    target: z.string().meta({ description: 'Names the destination within the incident.' }),
    destination: z.string().meta({ description: 'Where it goes, in words; of a webhook only its host.' }),
    kind: z.enum(['channel', 'person', 'webhook', 'nobody']),
    state: z.enum(['pending', 'sent', 'failed', 'skipped']),
    attempts: z.number().meta({ description: 'How often it was tried.' }),
    error: z
      .object({ code: z.string(), detail: z.string() })
      .nullable()
      .meta({ description: 'Why it failed for good, or was skipped, and what to do about it.' }),
    dateCreated: z.string(),
    dateSent: z.string().nullable(),
    message: z
      .object({ workspace: z.string(), channel: z.string(), ts: z.string() })
      .nullable()
      .meta({ description: 'Where it stands in Slack. Null too where the change only shows on an earlier message.' }),
  })
  .meta({ id: 'Notification' });

/** A notification as our API shows it. */
export type NotificationJson = z.infer<typeof notificationJson>;

/** Shows a notification, without anything of a webhook that may be secret. */
export function serializeNotification(notification: Notification): NotificationJson {
  const { notificationId, incident, change, status, subject, target, destination, state, attempts } = notification;
  return {
    id: notificationId,
    incident: String(incident),
    change,
    status: statusNumbers[status],
    alertRule: { id: subject.ruleId, name: subject.ruleName },
    target,
    destination: describeDestination(destination),
    kind: destination.kind,
    state,
    attempts,
    error: notification.error ?? null,
    dateCreated: notification.createdAt,
    dateSent: notification.sentAt ?? null,
    message: messageOf(notification),
  };
}

function messageOf(notification: Notification): NotificationJson['message'] {
  const place = placeOf(notification);
  const { destination } = notification;
  return place === undefined || !isInSlack(destination) ? null : { workspace: destination.teamId, ...place };
}

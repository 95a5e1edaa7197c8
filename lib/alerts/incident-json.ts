import * as z from 'zod';
import { messages } from './messages.ts';

/** Numbers of the statuses, as clients know them. */
export const statusNumbers = { open: 1, closed: 2, warning: 10, critical: 20 } as const;

const person = z.object({ id: z.string(), name: z.string() });

/** An incident as our API shows it. */
export const incidentJson = z
  .object({
    identifier: z.string().meta({ description: 'Its number within the organization.' }),
    organizationId: z.string().meta({ description: 'The slug of the organization.' }),
    projects: z.array(z.string()).meta({ description: 'Slugs.' }),
    alertRule: z
      .object({ id: z.string(), name: z.string() })
      .nullable()
      .meta({ description: 'Null when it was deleted.' }),
    title: z.string(),
    status: z
      .literal(Object.values(statusNumbers))
      .meta({ description: '1 open, 2 resolved, 10 warning, 20 critical.' }),
    dateStarted: z.string(),
    dateDetected: z.string(),
    dateCreated: z.string(),
    dateClosed: z.string().nullable(),
    acknowledged: z.object({ by: person, at: z.string() }).nullable(),
  })
  .meta({ id: 'Incident' });

/** An incident as our API shows it. */
export type IncidentJson = z.infer<typeof incidentJson>;

/** The status that clients know by this number. */
export function incidentStatusOf(number: IncidentJson['status']): keyof typeof statusNumbers {
  const statuses = Object.keys(statusNumbers) as (keyof typeof statusNumbers)[];
  return statuses.find((status) => statusNumbers[status] === number) ?? 'open';
}

/** Something that happened to an incident, or that was said about it. */
export const incidentActivityJson = z
  .object({
    id: z.string(),
    type: z.enum(['detected', 'created', 'acknowledged', 'status_change', 'comment']),
    user: person.nullable(),
    value: z.literal(Object.values(statusNumbers)).nullable().meta({ description: 'The status from then on.' }),
    previousValue: z.literal(Object.values(statusNumbers)).nullable(),
    comment: z.string().nullable(),
    dateCreated: z.string(),
  })
  .meta({ id: 'IncidentActivity' });

/** Something that happened to an incident, or that was said about it. */
export type IncidentActivityJson = z.infer<typeof incidentActivityJson>;

/** An incident with all that happened to it. */
export const incidentDetailJson = incidentJson
  .extend({
    isSubscribed: z.boolean().meta({ description: 'Whether the person who asks hears of it.' }),
    activities: z.array(incidentActivityJson),
  })
  .meta({ id: 'IncidentDetail' });

/** An incident with all that happened to it. */
export type IncidentDetailJson = z.infer<typeof incidentDetailJson>;

/** What is said to whoever asks for a change that incidents do not know. */
export const { incidentStatusWanted } = messages;

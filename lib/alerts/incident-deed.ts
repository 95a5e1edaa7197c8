import * as z from 'zod';

/** What people do about an incident. */
export const deedSchema = z.object({
  kind: z.enum(['acknowledged', 'resolved']),
  at: z.string(),
  by: z.object({
    userId: z.string(),
    /** What the person was called then. */
    name: z.string(),
    /** Who they are in the workspace in which they did it; elsewhere their name is shown. */
    slack: z.object({ teamId: z.string(), slackUserId: z.string() }).optional(),
  }),
});

/** Something that a person did about an incident. */
export type IncidentDeed = z.infer<typeof deedSchema>;

/** The person who did it. */
export type Doer = IncidentDeed['by'];

import * as z from 'zod';

/** So many rules are evaluated together at most: their states, the rules and their project are one read. */
export const rulesPerMessage = 25;

/** What the evaluations queue carries: look at these rules of a project, at all windows that had ended by this moment. */
export const evaluationMessageSchema = z.object({
  organization: z.string().min(1),
  projectId: z.string().min(1),
  evaluateAt: z.iso.datetime(),
  ruleIds: z.array(z.string().min(1)).min(1).max(rulesPerMessage),
});

/** What the evaluations queue carries. */
export type EvaluationMessage = z.infer<typeof evaluationMessageSchema>;

/** Which notification: that of one change of an incident, to one target. */
export const notificationAddressSchema = z.object({
  organization: z.string().min(1),
  incident: z.number().int().positive(),
  /** The number of the activity that is told of, within its incident. */
  change: z.number().int().positive(),
  target: z.string().min(1),
});

/** Which notification. */
export type NotificationAddress = z.infer<typeof notificationAddressSchema>;

/** What the notifications queue carries: which one to send and, when it was put off, after how many attempts. */
export const notificationMessageSchema = notificationAddressSchema.extend({
  attempts: z.number().int().positive().optional(),
});

/** What the notifications queue carries. */
export type NotificationMessage = z.infer<typeof notificationMessageSchema>;

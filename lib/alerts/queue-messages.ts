import * as z from 'zod';

/** What the evaluations queue carries: look at this rule with the data before this moment. */
export const evaluationMessageSchema = z.object({
  ruleId: z.string().min(1),
  projectId: z.string().min(1),
  evaluateAt: z.iso.datetime(),
});

/** What the evaluations queue carries. */
export type EvaluationMessage = z.infer<typeof evaluationMessageSchema>;

/** Which notification: that of one change of an incident, to one target. The notifications queue carries these. */
export const notificationAddressSchema = z.object({
  organization: z.string().min(1),
  incident: z.number().int().positive(),
  /** The number of the activity that is told of, within its incident. */
  change: z.number().int().positive(),
  target: z.string().min(1),
});

/** Which notification. */
export type NotificationAddress = z.infer<typeof notificationAddressSchema>;

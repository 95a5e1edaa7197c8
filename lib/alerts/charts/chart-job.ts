import * as z from 'zod';

/** A week in minutes is what can be read within the time of a function. */
const maxHours = 168;

/** What the charts queue carries: the chart of a rule, and where it is wanted. */
export const chartJobSchema = z.object({
  kind: z.literal('rule-chart'),
  organization: z.string().min(1),
  ruleId: z.string().min(1),
  /** The incident at whose message it was asked for. */
  incident: z.number().int().positive().optional(),
  /** How far back it goes. */
  hours: z.number().int().min(1).max(maxHours),
  teamId: z.string().min(1),
  channelId: z.string().min(1),
  /** The message in whose thread it is wanted. */
  threadTs: z.string().min(1).optional(),
  slackUserId: z.string().min(1),
  /** Where to say to the one who asked, and to nobody else, why there is no chart. */
  responseUrl: z.string().optional(),
});

/** What the charts queue carries. */
export type ChartJob = z.infer<typeof chartJobSchema>;

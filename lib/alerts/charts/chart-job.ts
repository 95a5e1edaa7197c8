import * as z from 'zod';
import { digestJobSchema } from '../digests/digest-job.ts';
import { notificationAddressSchema } from '../queue-messages.ts';

/** A week in minutes is what can be read within the time of a function. */
const maxHours = 168;

const ruleChartSchema = z.object({
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

/** The notification whose message gets the chart of its incident. */
const incidentChartSchema = notificationAddressSchema.extend({ kind: z.literal('incident-chart') });

/** A link to a rule, which is told in words below the message that it stands in. */
const linkChartSchema = z.object({
  kind: z.literal('link-chart'),
  organization: z.string().min(1),
  ruleId: z.string().min(1),
  /** The incident that the link names. */
  incident: z.number().int().positive().optional(),
  /** Who shared it, which takes somebody who may see the rule. */
  userId: z.string().min(1),
  teamId: z.string().min(1),
  channelId: z.string().min(1),
  messageTs: z.string().min(1),
  /** The link as it was written, by which Slack knows what it shows below a message. */
  url: z.string().min(1),
  /** The event of Slack that told of it: after another one, all is shown anew. */
  eventId: z.string().min(1),
});

/** What the charts queue carries: which chart, and where it is wanted. */
export const chartJobSchema = z.discriminatedUnion('kind', [
  ruleChartSchema,
  incidentChartSchema,
  linkChartSchema,
  digestJobSchema,
]);

/** What the charts queue carries. */
export type ChartJob = z.infer<typeof chartJobSchema>;

/** The chart of a rule, for somebody who asked for it. */
export type RuleChartJob = z.infer<typeof ruleChartSchema>;

/** The chart of an incident, for its message. */
export type IncidentChartJob = z.infer<typeof incidentChartSchema>;

/** The chart of a rule, for a link to it. */
export type LinkChartJob = z.infer<typeof linkChartSchema>;

import * as z from 'zod';
import { mri, parsePublicName } from '../metrics/index.ts';
import type { AlertRule } from './alert-rule-store.ts';
import { messages, ruleMessages } from './messages.ts';
import { addAlertRule } from './rules/add-alert-rule.ts';
import { alertRuleBody, thresholdNumber } from './rules/rule-body.ts';

const fields = z.strictObject({
  organization: z.string(),
  /** The project's slug. */
  project: z.string(),
  name: z
    .string()
    .trim()
    .min(1)
    .max(256)
    .regex(/^\P{Cc}*$/u, messages.noControlCharacters),
  metric: z
    .string()
    .transform((text, context) => {
      const metric = parsePublicName(text, 'c');
      if (metric !== undefined) return metric;
      context.addIssue({ code: 'custom', message: messages.notAMetric });
      return z.NEVER;
    })
    .optional(),
  /** Instead of a counter: any aggregate of a rule. */
  aggregate: z.string().trim().min(1).optional(),
  threshold: thresholdNumber(ruleMessages.threshold),
  windowSeconds: z
    .number()
    .multipleOf(60, messages.wholeMinutes)
    .min(60, messages.wholeMinutes)
    .max(86_400, messages.wholeMinutes),
  /** The team id of a workspace that is connected to the organization. */
  workspace: z.string(),
  channelId: z.string().regex(/^[CDG][A-Z0-9]{2,20}$/, messages.notAChannel),
  channelName: z.string().trim().min(1).max(80),
});

/**
 * What a new rule needs: a counter or an aggregate of a project, how much of it in which time is too much, and which channel
 * to tell.
 */
export const alertRuleInput = fields.refine(
  ({ metric, aggregate }) => (metric === undefined) !== (aggregate === undefined),
  { path: ['metric'], error: messages.metricOrAggregate },
);

/**
 * Creates a rule that alerts when the sum of a counter over the window, or an aggregate, is above the threshold.
 * @throws InvalidFieldsError for a project or workspace that the organization does not have, or an aggregate that is none
 */
export async function createAlertRule(
  app: Parameters<typeof addAlertRule>[0],
  input: z.infer<typeof alertRuleInput>,
): Promise<AlertRule> {
  const { organization, project, name, metric, aggregate, threshold, windowSeconds } = input;
  const channel = {
    type: 'slack',
    integrationId: input.workspace,
    inputChannelId: input.channelId,
    targetIdentifier: input.channelName,
  } as const;
  const body = {
    name,
    projects: [project],
    aggregate: metric === undefined ? (aggregate ?? '') : `sum(${mri(metric)})`,
    timeWindow: windowSeconds / 60,
    thresholdType: 0,
    triggers: [{ label: 'critical', alertThreshold: threshold, actions: [channel] }],
  } as const;
  const { rule } = await addAlertRule(app, { caller: { organization }, body: alertRuleBody.parse(body) });
  return rule;
}

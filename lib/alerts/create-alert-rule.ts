import * as z from 'zod';
import { mri, parsePublicName } from '../metrics/index.ts';
import type { App } from '../platform/app.ts';
import { isoTime } from '../platform/clock.ts';
import { InvalidFieldsError } from '../platform/errors.ts';
import { saveWithSnowflakeId } from '../platform/save-with-snowflake-id.ts';
import { writeWithId } from '../platform/write-with-id.ts';
import { findProject } from '../projects/index.ts';
import { findActiveWorkspace } from '../slack/index.ts';
import { type AlertRule, insertRule } from './alert-rule-store.ts';
import { messages } from './messages.ts';
import { insertState } from './rule-state-store.ts';

/** What a new rule needs: a counter of a project, how much of it in which time is too much, and which channel to tell. */
export const alertRuleInput = z.strictObject({
  organization: z.string(),
  /** The project's slug. */
  project: z.string(),
  name: z
    .string()
    .trim()
    .min(1)
    .max(256)
    .regex(/^\P{Cc}*$/u, messages.noControlCharacters),
  metric: z.string().transform((text, context) => {
    const metric = parsePublicName(text, 'c');
    if (metric !== undefined) return metric;
    context.addIssue({ code: 'custom', message: messages.notAMetric });
    return z.NEVER;
  }),
  threshold: z.number(),
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
 * Creates a rule that alerts when the sum of a counter over the window is above the threshold. It is evaluated from the
 * next run of the schedule on.
 * @throws InvalidFieldsError for a project or workspace that the organization does not have
 */
export async function createAlertRule(
  app: Pick<App, 'table' | 'ids' | 'clock'>,
  input: z.infer<typeof alertRuleInput>,
): Promise<AlertRule> {
  const { organization, workspace, channelId, channelName, metric, threshold, windowSeconds, name } = input;
  const [project, connected] = await Promise.all([
    findProject(app, organization, input.project),
    findActiveWorkspace(app, { organization, teamId: workspace }),
  ]);
  if (project === undefined || connected === undefined) {
    throw new InvalidFieldsError({
      ...(project === undefined && { project: [messages.unknownProject] }),
      ...(connected === undefined && { workspace: [messages.unknownWorkspace] }),
    });
  }
  const createdAt = isoTime(app.clock.now());
  return saveWithSnowflakeId(app.ids, 'alert-rule', async (id) => {
    const rule: AlertRule = {
      id,
      organization,
      projectId: project.id,
      name,
      aggregate: `sum(${mri(metric)})`,
      query: '',
      environment: null,
      windowSeconds,
      resolutionSeconds: 60,
      thresholdType: 'above',
      resolveThreshold: null,
      thresholdPeriod: 1,
      comparisonSeconds: null,
      noData: 'ok',
      graceSeconds: 0,
      triggers: [
        { label: 'critical', threshold, actions: [{ type: 'slack', teamId: workspace, channelId, channelName }] },
      ],
      owner: null,
      description: '',
      threads: 'thread',
      broadcast: true,
      snooze: null,
      createdAt,
      revision: 1,
    };
    await writeWithId(app.table, 'alert-rule', id, [insertRule(rule), insertState(firstState(rule))]);
    return rule;
  });
}

/** Nothing was judged yet, and the rule is due at once. */
function firstState({ id, projectId, organization, createdAt }: AlertRule) {
  return {
    ruleId: id,
    projectId,
    organization,
    revision: 1,
    lastUpdate: null,
    nextEvaluationAt: createdAt,
    triggers: {},
    incident: null,
    unconfirmed: [],
  };
}

import * as z from 'zod';
import type { QueryingApp } from '../../metrics/index.ts';
import type { App } from '../../platform/app.ts';
import { isoTime } from '../../platform/clock.ts';
import { InvalidFieldsError } from '../../platform/errors.ts';
import type { Faults } from '../rules/check-thresholds.ts';
import { checkReadable, type ReadableParts } from '../rules/readable-parts.ts';
import { findWatched, type RuleCaller } from '../rules/resolve-rule.ts';
import { type AlertRuleBody, alertRuleBody } from '../rules/rule-body.ts';
import { type RuleTerms, validateRule } from '../rules/validate-rule.ts';
import { judgePast, type PastIncident } from './judge-past.ts';
import { previewChart } from './preview-chart.ts';
import { type PastWindows, readPastWindows } from './read-past-windows.ts';

/** The body that asks what a rule would have done; it needs no name yet. */
export const alertRulePreviewBody = alertRuleBody.extend({ name: alertRuleBody.shape.name.optional() });

const incidentJson = z.object({
  startedAt: z.string(),
  endedAt: z.string().nullable().meta({ description: 'null when it would still be open.' }),
  severity: z.enum(['critical', 'warning']),
  worstValue: z.number().nullable().meta({ description: 'With `comparisonDelta` in per cent of the earlier value.' }),
  statuses: z
    .array(z.object({ status: z.enum(['critical', 'warning', 'closed']), at: z.string() }))
    .meta({ description: 'Each status that it would have taken, and when that would have been known.' }),
});

/** What a rule would have done, as the API shows it. */
export const alertRulePreviewJson = z
  .object({
    start: z.string().meta({
      description: 'Two weeks back; less far for a metric with too many combinations of tags for that.',
    }),
    end: z.string(),
    step: z.number().meta({ description: 'Minutes from one look to the next.' }),
    incidentCount: z.number(),
    incidents: z.array(incidentJson).meta({ description: 'The newest hundred, oldest first.' }),
    notifications: z.number().meta({ description: 'Messages to all recipients together.' }),
    chart: z.string().meta({ description: 'SVG.' }),
  })
  .meta({ id: 'AlertRulePreview' });

const mostIncidents = 100;

/**
 * What a rule that is not stored would have done in the last two weeks. Whom it tells is counted and not looked up.
 * @throws InvalidFieldsError, BadRequestError for a metric that is too much to be read, UnauthenticatedError
 */
export async function previewAlertRule(
  app: QueryingApp & Pick<App, 'table'>,
  { caller, body: sent }: { readonly caller: RuleCaller; readonly body: z.infer<typeof alertRulePreviewBody> },
): Promise<z.infer<typeof alertRulePreviewJson>> {
  const body = { ...sent, name: sent.name ?? sent.aggregate };
  const { project, terms, faults } = await look(app, caller, body);
  if ('fault' in project || Object.keys(faults).length > 0) throw new InvalidFieldsError(faults);
  const { organization } = caller;
  const past = await readPastWindows(app, { organization, projectId: project.id, terms });
  return answerOf(terms, body, past);
}

/** What is wrong with the rest of a rule to preview of which some fields cannot be read. @throws UnauthenticatedError */
export async function faultsOfPreview(
  app: Pick<App, 'table'>,
  { caller, parts }: { readonly caller: RuleCaller; readonly parts: ReadableParts },
): Promise<Faults> {
  return checkReadable(parts, async (body) => (await look(app, caller, body)).faults);
}

async function look(app: Pick<App, 'table'>, caller: RuleCaller, body: AlertRuleBody) {
  const project = await findWatched(app, caller, body.projects);
  const { terms, faults } = validateRule(body);
  return { project, terms, faults: 'fault' in project ? { ...faults, projects: [project.fault] } : faults };
}

function answerOf(terms: RuleTerms, body: AlertRuleBody, past: PastWindows): z.infer<typeof alertRulePreviewJson> {
  const { startSeconds, endSeconds, stepSeconds } = past;
  const triggers = terms.triggers.map((trigger, index) => ({ ...trigger, actions: actionsAt(body, index) }));
  const count = Math.round((endSeconds - startSeconds) / stepSeconds);
  const ends = Array.from({ length: count }, (_, index) => startSeconds + (index + 1) * stepSeconds);
  const judged = judgePast(
    { ...terms, triggers, resolutionSeconds: stepSeconds },
    ends.map((end) => [end * 1_000, past.readingAt(end)] as const),
  );
  return {
    start: isoTime(startSeconds * 1_000),
    end: isoTime(endSeconds * 1_000),
    step: stepSeconds / 60,
    incidentCount: judged.incidents.length,
    incidents: judged.incidents.slice(-mostIncidents).map(serializeIncident),
    notifications: judged.notifications,
    chart: previewChart(terms, judged, { fromMs: startSeconds * 1_000, untilMs: endSeconds * 1_000 }),
  };
}

/** Actions that tell the same one are one text. */
function actionsAt({ triggers }: AlertRuleBody, index: number): string[] {
  return (triggers[index]?.actions ?? []).map(({ type, targetType, targetIdentifier, inputChannelId, integrationId }) =>
    JSON.stringify(
      inputChannelId ? [integrationId, inputChannelId] : [type, targetType, String(targetIdentifier ?? '')],
    ),
  );
}

function serializeIncident({ startedAtMs, endedAtMs, severity, worstValue, statuses }: PastIncident) {
  return {
    startedAt: isoTime(startedAtMs),
    endedAt: endedAtMs === null ? null : isoTime(endedAtMs),
    severity,
    worstValue,
    statuses: statuses.map(({ status, atMs }) => ({ status, at: isoTime(atMs) })),
  };
}

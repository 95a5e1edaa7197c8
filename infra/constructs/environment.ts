import type { EnvironmentKey, FunctionDefinition, FunctionName } from '../functions.ts';
import type { Parameters } from './parameters.ts';
import type { Resources } from './resources.ts';

/** Where the counters of all functions stand in CloudWatch. */
export const metricNamespace = 'postflow';

/** A value for every variable there is; nothing secret is among them, only where the secret is. */
export type EnvironmentValues = Readonly<Record<EnvironmentKey, string>>;

/** What each variable says in this stack. */
export function environmentValues(resources: Resources, parameters: Parameters, publicUrl: string): EnvironmentValues {
  return {
    TABLE_NAME: resources.mainTable.name,
    METRICS_TABLE_NAME: resources.metricsTable.name,
    METRIC_RETENTION_DAYS: parameters.metricRetentionDays,
    SERIES_PER_DAY: parameters.seriesPerDay,
    SECRET_ID: resources.secret.arn,
    UPSTASH_REDIS_REST_URL: parameters.upstashRedisRestUrl,
    PUBLIC_URL: publicUrl,
    SLACK_API_URL: parameters.slackApiUrl,
    GITHUB_API_URL: parameters.githubApiUrl,
    SLACK_COMMAND: parameters.slackCommand,
    SLACK_CLIENT_ID: parameters.slackClientId,
    OIDC_ISSUER: parameters.oidcIssuer,
    OIDC_CLIENT_ID: parameters.oidcClientId,
    DOCS_URL: parameters.docsUrl,
    SUPPORT_URL: parameters.supportUrl,
    EVALUATIONS_QUEUE_URL: resources.queues.evaluations.queue.queueUrl,
    NOTIFICATIONS_QUEUE_URL: resources.queues.notifications.queue.queueUrl,
    DELETIONS_QUEUE_URL: resources.queues.deletions.queue.queueUrl,
    FETCHES_QUEUE_URL: resources.queues['commit-fetches'].queue.queueUrl,
    POINTS_QUEUE_URL: resources.queues.points.queue.queueUrl,
    POINTS_PER_MINUTE: parameters.pointsPerMinute,
    POINTS_DEAD_LETTERS_URL: resources.queues.points.deadLetters.queueUrl,
    FOLLOW_UPS_QUEUE_URL: resources.queues['follow-ups'].queue.queueUrl,
    SLACK_JOBS_QUEUE_URL: resources.queues['slack-jobs'].queue.queueUrl,
    CHARTS_QUEUE_URL: resources.queues.charts.queue.queueUrl,
  };
}

/** The variables of one function: those that it reads, and how Powertools names its logs and metrics. */
export function environmentOf(
  name: FunctionName,
  definition: FunctionDefinition,
  values: EnvironmentValues,
): Record<string, string> {
  return {
    ...Object.fromEntries(definition.environment.map((key) => [key, values[key]])),
    POWERTOOLS_SERVICE_NAME: name,
    POWERTOOLS_METRICS_NAMESPACE: metricNamespace,
    POWERTOOLS_LOG_LEVEL: 'INFO',
  };
}

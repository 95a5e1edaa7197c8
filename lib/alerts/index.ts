export { acknowledgeIncident } from './acknowledge-incident.ts';
export type { AlertRule } from './alert-rule-store.ts';
export { type BrowsedRule, browseAlertRules } from './browse-alert-rules.ts';
export {
  type IncidentApp,
  type IncidentOutcome,
  type IncidentRequest,
  requireReachedIncident,
} from './change-incident.ts';
export { chartHover, type HoverPoint } from './charts/chart-hover.ts';
export type { ChartInput } from './charts/chart-input.ts';
export { type ChartJob, chartJobSchema, type LinkChartJob } from './charts/chart-job.ts';
export { chartPng } from './charts/chart-png.ts';
export { chartSvg } from './charts/chart-svg.ts';
export { describeChart } from './charts/describe-chart.ts';
export { pageChartSvg } from './charts/page-chart-svg.ts';
export { type IncidentChartApp, sendIncidentChart } from './charts/send-incident-chart.ts';
export { type LinkChartApp, sendLinkChart } from './charts/send-link-chart.ts';
export { type ChartApp, sendRuleChart } from './charts/send-rule-chart.ts';
export { commentOnIncident, commentText } from './comment-on-incident.ts';
export { alertRuleInput, createAlertRule } from './create-alert-rule.ts';
export { describeLength } from './describe-duration.ts';
export { digestBody, digestChangesBody } from './digests/digest-body.ts';
export type { DigestJob } from './digests/digest-job.ts';
export { digestDetailJson, digestJson, digestSendingJson, serializeDigest } from './digests/digest-json.ts';
export { listAllDigests, listDigests, removeDigest, showDigest } from './digests/list-digests.ts';
export { type RequestDigestApp, requestDigest } from './digests/request-digest.ts';
export { createDigest, updateDigest } from './digests/save-digest.ts';
export { type DigestApp, sendDigest } from './digests/send-digest.ts';
export type { EndingApp } from './end-incident-for-rule.ts';
export { eraseProjectRules } from './erase-project-rules.ts';
export { evaluateAlert } from './evaluate-alert.ts';
export type { EvaluationApp } from './evaluation-app.ts';
export type { Doer } from './incident-deed.ts';
export {
  type IncidentJson,
  incidentActivityJson,
  incidentDetailJson,
  incidentJson,
  incidentStatusOf,
  incidentStatusWanted,
} from './incident-json.ts';
export { incidentLink } from './incident-link.ts';
export { incidentNumber, incidentStatusChoice, requireAcknowledged, unsentStateChoice } from './incident-request.ts';
export { listAlertRules } from './list-alert-rules.ts';
export { listIncidents } from './list-incidents.ts';
export { listIncidentNotifications, listUnsentNotifications } from './list-notifications.ts';
export { notificationJson } from './notification-json.ts';
export {
  alertRulePreviewBody,
  alertRulePreviewJson,
  faultsOfPreview,
  previewAlertRule,
} from './preview/preview-alert-rule.ts';
export {
  type EvaluationMessage,
  evaluationMessageSchema,
  type NotificationAddress,
  type NotificationMessage,
  notificationMessageSchema,
} from './queue-messages.ts';
export { requireReachedRule } from './reached-rule.ts';
export { type RenderApp, renderAlert } from './render-alert.ts';
export { resolveIncident } from './resolve-incident.ts';
export type { RuleStanding } from './rule-standing.ts';
export { addAlertRule, faultsOfAddition, type SavedRule } from './rules/add-alert-rule.ts';
export { alertRuleJson, serializeAlertRule } from './rules/alert-rule-json.ts';
export { changeAlertRule, faultsOfChange } from './rules/change-alert-rule.ts';
export { pageOfAlertRules } from './rules/page-of-alert-rules.ts';
export { readableParts } from './rules/readable-parts.ts';
export { removeAlertRule } from './rules/remove-alert-rule.ts';
export type { ActionsApp } from './rules/resolve-actions.ts';
export { type AlertRuleBody, type AlertRuleChanges, alertRuleBody, alertRuleChangesBody } from './rules/rule-body.ts';
export { lookUpRuleNames } from './rules/rule-names.ts';
export {
  endSnooze,
  type SnoozeTarget,
  snoozeAlertRule,
  snoozeBody,
  snoozeJson,
  snoozeTargetChoice,
  snoozeTargets,
} from './rules/snooze-alert-rule.ts';
export { scheduleAlerts } from './schedule-alerts.ts';
export { showAlert } from './show-alert.ts';
export { type IncidentLine, type ShownAlertRule, type ShowRuleApp, showAlertRule } from './show-alert-rule.ts';
export type { ShownDifficulty } from './show-difficulty.ts';
export { listIncidentActivities, showIncident } from './show-incident.ts';
export type { IncidentStory, StoryEvent, Telling } from './show-incident-story.ts';
export { subscribeToIncident, unsubscribeFromIncident } from './subscribe-to-incident.ts';
export { type TellingApp, tellInTurn } from './tell-in-turn.ts';

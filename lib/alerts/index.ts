export { acknowledgeIncident } from './acknowledge-incident.ts';
export type { AlertRule } from './alert-rule-store.ts';
export {
  type IncidentApp,
  type IncidentOutcome,
  type IncidentRequest,
  requireReachedIncident,
} from './change-incident.ts';
export type { ChartIncident, ChartInput, ChartMark, ChartPoint, ChartThreshold } from './charts/chart-input.ts';
export { type ChartJob, chartJobSchema } from './charts/chart-job.ts';
export { chartPng } from './charts/chart-png.ts';
export { chartSvg } from './charts/chart-svg.ts';
export { describeChart } from './charts/describe-chart.ts';
export { type ChartReadingApp, readRuleChart } from './charts/read-rule-chart.ts';
export { type Rolling, rollWindows } from './charts/roll-windows.ts';
export { type ChartApp, sendRuleChart } from './charts/send-rule-chart.ts';
export { alertRuleInput, createAlertRule } from './create-alert-rule.ts';
export { eraseProjectRules } from './erase-project-rules.ts';
export { evaluateAlert } from './evaluate-alert.ts';
export type { EvaluationApp } from './evaluation-app.ts';
export type { Doer, IncidentDeed } from './incident-deed.ts';
export { listAlertRules } from './list-alert-rules.ts';
export {
  type EvaluationMessage,
  evaluationMessageSchema,
  type NotificationAddress,
  notificationAddressSchema,
  rulesPerMessage,
} from './queue-messages.ts';
export { type RenderApp, renderAlert } from './render-alert.ts';
export { resolveIncident } from './resolve-incident.ts';
export { scheduleAlerts } from './schedule-alerts.ts';
export { type AlertToShow, type ShowAlertApp, showAlert } from './show-alert.ts';
export {
  type ShownAlertRule,
  type ShownIncident,
  type ShownIncidentActivity,
  showAlertRule,
} from './show-alert-rule.ts';

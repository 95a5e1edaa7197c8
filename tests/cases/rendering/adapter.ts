import { AssertionError } from 'node:assert/strict';
import { calculateIncidentTimeRange } from '../../../lib/alerts/aggregates/calculate-incident-time-range.ts';
import { alertBox, statusByIncidents } from '../../../lib/alerts/alert-box.ts';
import { incidentChartRange } from '../../../lib/alerts/charts/incident-chart-range.ts';
import { incidentLink, messageReferrer } from '../../../lib/alerts/incident-link.ts';
import { incidentMessage } from '../../../lib/alerts/incident-message.ts';
import type { ToldStatus } from '../../../lib/alerts/incident-status.ts';
import { type StatusSubject, statusText } from '../../../lib/alerts/status-text.ts';
import type { CaseAdapter } from '../case.ts';
import { same } from '../releases/compare.ts';
import {
  numberOf,
  type RenderingGiven,
  type RenderingThen,
  type RenderingWhen,
  renderingGiven,
  renderingThen,
  renderingWhen,
  uncarriedKeys,
} from './forms.ts';
import { type CarriedFacts, factsOf, judgeMessage } from './read-message.ts';

const base = 'https://postflow.example';
const noChart = { altText: 'A chart' } as const;

type Call<Name extends RenderingWhen['call']> = Extract<RenderingWhen, { readonly call: Name }>;

/** Cases of what is said of a rule and its incidents: texts, titles, links, messages, and spans of time. */
export const renderingCase: CaseAdapter = async (testCase) => {
  const given = renderingGiven.parse(testCase.given);
  const when = renderingWhen.parse(testCase.when);
  const then = renderingThen.parse(testCase.then);
  if ('new_status' in when && when.new_status === 'open') return { notExpressed: 'nobody is told of a mere beginning' };
  const uncarried = uncarriedKeys.filter((key) => key in then);
  const expected: RenderingThen = Object.fromEntries(
    Object.entries(then).filter(([key]) => !uncarriedKeys.includes(key)),
  );
  let differs: string | undefined;
  if (when.call === 'incident_chart_range') same(chartRangeOf(given, when), expected);
  else if (when.call === 'incident_time_range') same(timeRangeOf(given, when), expected);
  else if (when.call === 'incident_status_text') {
    same({ text: statusText(subjectOf(given), numberOf(when.metric_value) ?? null) }, expected);
  } else differs = judgeCarried(given, when, expected);
  return {
    ...(differs !== undefined && { differsOnPurpose: differs }),
    ...(uncarried.length > 0 && { notExpressed: `our messages carry no ${uncarried.join(', ')}` }),
  };
};

type Message =
  | Call<'incident_attachment_info'>
  | Call<'slack_incident_message'>
  | Call<'slack_metric_alert_message'>
  | Call<'metric_alert_attachment_info'>;

function judgeCarried(given: RenderingGiven, when: Message, then: RenderingThen): string | undefined {
  const { message, title_link: link, ...expected } = then;
  const isBox = when.call === 'slack_metric_alert_message' || when.call === 'metric_alert_attachment_info';
  const carried = isBox ? boxOf(given, when) : incidentOf(given, when);
  const differs = message && judgeMessage(carried, message, base);
  if (link !== undefined) same(carried.titleLink, link.replace('{base}', base));
  judgeInfo(carried, expected);
  return differs;
}

function chartRangeOf(given: RenderingGiven, when: Call<'incident_chart_range'>) {
  const { incident, now } = given;
  if (incident === undefined || now === undefined) throw new TypeError('the case gives no incident, or no moment');
  const { date_started: startedAt, date_closed: closedAt } = incident;
  const range = incidentChartRange({ startedAt, closedAt, windowSeconds: when.time_window_s }, Date.parse(now));
  // They write them without a zone.
  const text = (timeMs: number) => new Date(timeMs).toISOString().slice(0, 19);
  return { start: text(range.fromMs), end: text(range.untilMs) };
}

function timeRangeOf({ incident, now = '', retention_days: days }: RenderingGiven, when: Call<'incident_time_range'>) {
  if (incident === undefined) throw new TypeError('the case gives no incident');
  const { date_started: startedAt, date_closed: closedAt = null } = incident;
  const { startMs, endMs } = calculateIncidentTimeRange(
    { startedAt, closedAt },
    {
      ...{ windowSeconds: when.time_window_s, windowedStats: when.windowed_stats ?? false, nowMs: Date.parse(now) },
      ...{ retentionSeconds: days == null ? undefined : days * 86_400 },
      ...{
        startMs: when.start ? Date.parse(when.start) : undefined,
        endMs: when.end ? Date.parse(when.end) : undefined,
      },
    },
  );
  const text = (timeMs: number) => new Date(timeMs).toISOString().replace('.000Z', '+00:00');
  return { start: text(startMs), end: text(endMs) };
}

/** What the other system calls the information of an attachment is what the title, the link and the text of ours say. */
function judgeInfo(carried: CarriedFacts, expected: Readonly<Record<string, string | null | undefined>>): void {
  const found: Readonly<Record<string, unknown>> = {
    title: unescaped(carried.title),
    text: unescaped(carried.statusText),
    status: carried.title?.split(':', 1)[0],
    ts: carried.startedAt,
    date_started: carried.startedAt,
  };
  for (const [key, value] of Object.entries(expected)) {
    if (!(key in found)) throw new AssertionError({ message: `nothing of ours is called ${key}` });
    same(found[key], /^(?:ts|date_started)$/.test(key) && value ? Date.parse(value) / 1_000 : value);
  }
}

/** The information is about text, and not yet about Slack's. */
function unescaped(text: string | undefined): string | undefined {
  return text?.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function incidentOf(
  given: RenderingGiven,
  when: Call<'incident_attachment_info'> | Call<'slack_incident_message'>,
): CarriedFacts {
  const { rule, incident } = both(given);
  const value = numberOf(when.metric_value) ?? numberOf(given.current_value) ?? null;
  const notificationId = when.notification_uuid;
  const referrer = 'referrer' in when ? when.referrer : messageReferrer;
  return factsOf(
    incidentMessage({
      status: toldStatus(when) ?? statusByIncidents({ status: incident.status ?? 'closed' }, undefined),
      ruleName: rule.name,
      projectName: 'web',
      statusText: statusText(subjectOf(given), value),
      startedAt: new Date(incident.date_started).toISOString(),
      description: rule.description ?? '',
      environment: rule.environment ?? null,
      ...(when.chart_url && { chart: { fileId: when.chart_url, ...noChart } }),
      organization: rule.organization_slug,
      incident: incident.identifier ?? 0,
      link: incidentLink({
        ...{ publicUrl: base, organization: rule.organization_slug, ruleId: rule.id, incident: incident.identifier },
        ...{ referrer, ...(notificationId !== undefined && { notificationId }) },
      }),
    }),
  );
}

function boxOf(
  given: RenderingGiven,
  when: Call<'slack_metric_alert_message'> | Call<'metric_alert_attachment_info'>,
): CarriedFacts {
  const { incidents = [] } = given;
  const rule = ruleOf(given);
  const withStatus = incidents.map((one) => ({ ...one, status: one.status ?? ('closed' as const) }));
  const meant = withStatus.find(({ identifier }) => identifier === when.incident);
  const newest = withStatus.toSorted((one, other) => (other.identifier ?? 0) - (one.identifier ?? 0))[0];
  const isOpen = meant === undefined && newest !== undefined && newest.status !== 'closed';
  const box = alertBox(
    { publicUrl: base, projectName: 'web' },
    {
      ...rule,
      ...subjectOf(given),
      organization: rule.organization_slug,
      environment: rule.environment ?? null,
      comparisonSeconds: rule.comparison_delta_s,
    },
    {
      status: toldStatus(when) ?? statusByIncidents(meant, newest),
      value: numberOf(when.metric_value) ?? (isOpen ? numberOf(given.current_value) : undefined),
      incident: meant?.identifier,
      ...(when.call === 'metric_alert_attachment_info' && { startedAt: startOf(meant ?? newest) }),
      ...(when.chart_url && { chart: { fileId: when.chart_url, ...noChart } }),
    },
  );
  return factsOf({ box });
}

function startOf(incident: RenderingGiven['incident']): string | undefined {
  return incident && new Date(incident.date_started).toISOString();
}

function toldStatus({ new_status: status }: { readonly new_status?: ToldStatus | 'open' | undefined }) {
  return status === 'open' ? undefined : status;
}

function ruleOf({ rule }: RenderingGiven) {
  if (rule === undefined) throw new TypeError('the case gives no rule');
  return rule;
}

function both(given: RenderingGiven) {
  if (given.incident === undefined) throw new TypeError('the case gives no incident');
  return { rule: ruleOf(given), incident: given.incident };
}

function subjectOf(given: RenderingGiven): StatusSubject {
  const { aggregate, time_window_s: windowSeconds, comparison_delta_s: comparisonSeconds } = ruleOf(given);
  return { aggregate, windowSeconds, comparisonSeconds };
}

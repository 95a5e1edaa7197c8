import { formatValue } from '../../metrics/index.ts';
import type { App } from '../../platform/app.ts';
import { isoTime } from '../../platform/clock.ts';
import { lookUp } from '../../platform/lookup.ts';
import { unitOfAggregate } from '../aggregate.ts';
import { statusByIncidents } from '../alert-box.ts';
import type { AlertRule } from '../alert-rule-store.ts';
import type { ChartInput, ChartMark } from '../charts/chart-input.ts';
import { chartTerms } from '../charts/chart-terms.ts';
import type { ChartRange } from '../charts/incident-chart-range.ts';
import { readChartMarks } from '../charts/read-chart-marks.ts';
import { spanOf } from '../charts/read-rule-chart.ts';
import { summarize } from '../charts/summarize.ts';
import { describeWindow } from '../describe-duration.ts';
import { incidentLink } from '../incident-link.ts';
import { findNewestIncidents, type Incident } from '../incident-store.ts';
import type { ReadingDifficulty } from '../reading-difficulty.ts';
import { statesLookup } from '../rule-state-store.ts';
import { statusText, valueText } from '../status-text.ts';
import type { DigestSection } from './digest-message.ts';
import { digestMessages } from './messages.ts';
import type { RuleOfDigest } from './reached-digest.ts';
import { type DigestTime, type RuleNumbers, readDigest } from './read-digest.ts';

/** What reading what a digest says needs of the outside world. */
export type DigestReadingApp = Parameters<typeof readDigest>[0] & Pick<App, 'table'> & { readonly publicUrl: string };

/** What is said of a rule, and what its picture shows; no picture of a metric that could not be read. */
export interface DescribedRule {
  readonly section: DigestSection;
  readonly chart: ChartInput | undefined;
}

/** Of a rule, the newest; more would be one red area. */
const maxIncidents = 50;
/** What digests say of where people come from. */
const digestReferrer = 'digest_slack';

/** What a digest says of its rules, in their order. */
export async function describeRules(
  app: DigestReadingApp,
  rules: readonly RuleOfDigest[],
  time: DigestTime,
): Promise<DescribedRule[]> {
  const { untilMs, periodSeconds } = time;
  const fromMs = untilMs - periodSeconds * 1_000;
  const [numbers, [states], incidents, marks] = await Promise.all([
    readDigest(
      app,
      rules.map(({ rule }) => rule),
      time,
    ),
    lookUp(app.table, [statesLookup(rules.map(({ rule: { id, projectId } }) => ({ ruleId: id, projectId })))]),
    Promise.all(rules.map(({ rule }) => findNewestIncidents(app, rule, maxIncidents))),
    readMarks(app, rules, { fromMs, untilMs }),
  ]);
  return rules.map((one, index) =>
    describeRule(app, one, {
      time,
      read: numbers.get(one.rule.id),
      difficulty: states.get(one.rule.id)?.difficulty,
      incidents: incidents[index] ?? [],
      marks: marks[index] ?? [],
    }),
  );
}

/** The releases and deploys for each rule; those of a project and environment are read once. */
async function readMarks(
  app: DigestReadingApp,
  rules: readonly RuleOfDigest[],
  range: ChartRange,
): Promise<ChartMark[][]> {
  const reads = new Map<string, Promise<ChartMark[]>>();
  const marks = rules.map(({ rule: { projectId, environment } }) => {
    const place = JSON.stringify([projectId, environment]);
    const read = reads.get(place) ?? readChartMarks(app, { projectId, environment, ...range });
    reads.set(place, read);
    return read;
  });
  return Promise.all(marks);
}

interface RuleFacts {
  readonly time: DigestTime;
  readonly read: RuleNumbers | undefined;
  readonly difficulty: ReadingDifficulty | undefined;
  readonly incidents: readonly Incident[];
  readonly marks: readonly ChartMark[];
}

function describeRule(
  { publicUrl }: Pick<DigestReadingApp, 'publicUrl'>,
  { rule, project }: RuleOfDigest,
  { time, read, difficulty, incidents, marks }: RuleFacts,
): DescribedRule {
  const within = incidents.filter((incident) => overlaps(incident, time));
  const open = within.filter(({ closedAt }) => closedAt === null);
  const [newest] = open;
  const { organization, id: ruleId, name: ruleName } = rule;
  return {
    section: {
      ...{ ruleName, projectName: project.slug },
      link: incidentLink({
        ...{ publicUrl, organization, ruleId, incident: newest?.identifier, referrer: digestReferrer },
      }),
      status: newest === undefined ? 'closed' : statusByIncidents(newest, undefined),
      startedAt: newest?.startedAt,
      ...(difficulty?.reads === 'nothing' && { blindSince: difficulty.since }),
      now: read === undefined ? undefined : statusText(rule, read.now),
      whole: read === undefined ? digestMessages.tooMuch : wholeOf(rule, read, time.periodSeconds),
      incidents: { count: within.length, open: open.length },
    },
    chart: read && chartOf(rule, read, { incidents: within, marks }),
  };
}

function overlaps({ startedAt, closedAt }: Incident, { untilMs, periodSeconds }: DigestTime): boolean {
  const [from, until] = [isoTime(untilMs - periodSeconds * 1_000), isoTime(untilMs)];
  return startedAt <= until && (closedAt === null || closedAt >= from);
}

function wholeOf(rule: AlertRule, { whole, points, intervalSeconds }: RuleNumbers, periodSeconds: number): string {
  const { min, max } = summarize(points);
  const period = describeWindow(periodSeconds);
  if (min === undefined || max === undefined) return digestMessages.nothing(period);
  const unit = unitOfAggregate(rule.aggregate);
  const [lowest, highest] = [min, max].map(([, value]) => formatValue(value, unit));
  const step = describeWindow(intervalSeconds);
  const total = whole === null ? undefined : valueText({ aggregate: rule.aggregate }, whole);
  return digestMessages.whole(period, total, digestMessages.range(lowest ?? '', highest ?? '', step));
}

function chartOf(
  rule: AlertRule,
  read: RuleNumbers,
  { incidents, marks }: Pick<RuleFacts, 'incidents' | 'marks'>,
): ChartInput {
  const { fromMs, untilMs, intervalSeconds, points, isComparable } = read;
  const terms = chartTerms({ ...rule, windowSeconds: intervalSeconds, comparisonSeconds: null });
  return {
    title: rule.name,
    ...{ ...terms, fromMs, untilMs, points },
    // The levels of another length of time, or of a change, say nothing here.
    thresholds: isComparable ? terms.thresholds : [],
    incidents: incidents.map(spanOf).reverse(),
    marks,
  };
}

import { floorTo, type MetricsAnswer, type QueryingApp, type QueryRequest, queryMetrics } from '../../metrics/index.ts';
import type { AlertRule } from '../alert-rule-store.ts';
import type { ChartPoint } from '../charts/chart-input.ts';
import { type Measure, measureOf } from '../measure.ts';
import { readWindows } from '../read-windows.ts';
import { isRefusal } from '../reading-query.ts';
import { weighReading } from '../weigh-reading.ts';
import { chooseInterval } from './choose-interval.ts';

/** Which time a digest is about: whole steps, at or before the moment at which it was due. */
export interface DigestTime {
  readonly untilMs: number;
  readonly periodSeconds: number;
}

/** What the metric of a rule was. */
export interface RuleNumbers {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly intervalSeconds: number;
  /** Of each step, at its end; null where nothing was measured. */
  readonly points: readonly ChartPoint[];
  /** Of the whole period. */
  readonly whole: number | null;
  /** Of the rule's last window, as the rule sees it: a comparison is in per cent of the earlier value. */
  readonly now: number | null;
  /** Whether a point can be held against the thresholds of the rule. */
  readonly isComparable: boolean;
}

/**
 * What the metrics of some rules were, by the IDs of the rules; nothing for those whose metric is too much to be read. What several
 * of them touch is read once.
 */
export async function readDigest(
  app: QueryingApp,
  rules: readonly AlertRule[],
  time: DigestTime,
): Promise<ReadonlyMap<string, RuleNumbers>> {
  try {
    return await readAll(app, rules, time);
  } catch (error) {
    if (!isRefusal(error)) throw error;
  }
  const numbers = new Map<string, RuleNumbers>();
  for (const rule of rules) {
    const read = await readAll(app, [rule], time).catch((error: unknown) => {
      if (isRefusal(error)) return new Map<string, RuleNumbers>();
      throw error;
    });
    for (const [id, one] of read) numbers.set(id, one);
  }
  return numbers;
}

async function readAll(
  app: QueryingApp,
  rules: readonly AlertRule[],
  time: DigestTime,
): Promise<Map<string, RuleNumbers>> {
  const asked = rules.map((rule) => ({ rule, ...ask(rule, time) }));
  const endMs = floorTo(time.untilMs, minuteMs);
  const [answers, windows] = await Promise.all([
    queryMetrics(
      app,
      asked.flatMap(({ requests }) => requests),
    ),
    readWindows(
      app,
      rules.map((rule) => ({ rule, endsMs: [endMs] })),
    ),
  ]);
  let at = 0;
  return new Map(
    asked.map(({ rule, requests, read }) => {
      at += requests.length;
      const reading = windows.get(rule.id)?.readings.get(endMs);
      const weighed = reading && weighReading(rule, reading);
      const now = weighed?.kind === 'value' ? weighed.told : null;
      return [rule.id, { ...read(answers.slice(at - requests.length, at)), now }] as const;
    }),
  );
}

interface Ask {
  readonly requests: readonly QueryRequest[];
  readonly read: (answers: readonly MetricsAnswer[]) => Omit<RuleNumbers, 'now'>;
}

const minuteMs = 60_000;

function ask(rule: AlertRule, { untilMs, periodSeconds }: DigestTime): Ask {
  const { windowSeconds, comparisonSeconds } = rule;
  const steps = chooseInterval(periodSeconds, windowSeconds);
  const { intervalSeconds } = steps;
  const end = floorTo(untilMs / 1_000, intervalSeconds);
  const start = end - Math.max(1, Math.floor(periodSeconds / intervalSeconds)) * intervalSeconds;
  const measure = measureOf(rule);
  const queries = measure.kind === 'value' ? [measure.query] : [measure.total, measure.crashed];
  const about = { organizations: [rule.organization], projectIds: [rule.projectId], totals: true };
  const requests = queries.map((query) => ({ ...about, query, startSeconds: start, endSeconds: end, ...steps }));
  const isComparable = !comparisonSeconds && (intervalSeconds === windowSeconds || !countsUp(measure));
  return {
    requests,
    read: (answers) => ({
      ...{ fromMs: start * 1_000, untilMs: end * 1_000, intervalSeconds, isComparable },
      ...periodOf(measure, answers, { start, end, intervalSeconds }),
    }),
  };
}

function periodOf(
  measure: Measure,
  answers: readonly MetricsAnswer[],
  { start, end, intervalSeconds }: { readonly start: number; readonly end: number; readonly intervalSeconds: number },
): Pick<RuleNumbers, 'points' | 'whole'> {
  const whole = together(measure, answers.map(total));
  const series = answers.map(({ rows }) => new Map(rows.map((row) => [Date.parse(row.time ?? ''), number(row)])));
  // Where something was counted at all, a step without points counted nothing.
  const gap = countsUp(measure) && whole !== null ? 0 : null;
  const points = Array.from({ length: (end - start) / intervalSeconds }, (_, index): ChartPoint => {
    const fromMs = (start + index * intervalSeconds) * 1_000;
    const values = series.map((one) => one.get(fromMs) ?? null);
    return [fromMs + intervalSeconds * 1_000, together(measure, values) ?? gap];
  });
  return { whole, points };
}

/** What the answers of a measure come to: its one number, or the share of sessions that did not crash. */
function together({ kind }: Measure, [first = null, second]: readonly (number | null)[]): number | null {
  if (kind === 'value' || !first) return kind === 'value' ? first : null;
  return Number(((1 - (second ?? 0) / first) * 100).toFixed(3));
}

/** Whether a longer time gives a larger number, so that the thresholds of another time say nothing. */
function countsUp(measure: Measure): boolean {
  return measure.kind === 'value' && measure.counts;
}

function total({ totals, rows }: MetricsAnswer): number | null {
  return number(totals ?? rows[0]);
}

function number(row: { readonly aggregate_value: unknown } | undefined): number | null {
  return typeof row?.aggregate_value === 'number' ? row.aggregate_value : null;
}

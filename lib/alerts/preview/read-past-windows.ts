import {
  floorTo,
  metricRetention,
  type Query,
  type QueryingApp,
  QueryRefusedError,
  queryWindows,
  type ReadLimits,
  type WindowsRequest,
  type WindowValues,
} from '../../metrics/index.ts';
import { BadRequestError } from '../../platform/errors.ts';
import { type Measure, type Measured, measureOf } from '../measure.ts';
import { ruleMessages } from '../messages.ts';
import type { RuleTerms } from '../rules/validate-rule.ts';
import type { Reading } from '../weigh-reading.ts';

/** Whose past, and with which terms. */
export interface PastOfRule {
  readonly organization: string;
  readonly projectId: string;
  readonly terms: Measured & Pick<RuleTerms, 'windowSeconds' | 'resolutionSeconds' | 'comparisonSeconds'>;
}

/** What was looked at: windows that end every so many seconds behind the start, up to the end. */
export interface PastWindows {
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly stepSeconds: number;
  readonly readingAt: (endSeconds: number) => Reading;
}

const minute = 60;
const hour = 3_600;
const day = 86_400;

/** How far back is looked, and in buckets of which length. */
interface Depth {
  readonly seconds: number;
  readonly intervalSeconds: 60 | 3_600;
  readonly limits?: ReadLimits | undefined;
}

/**
 * What a rule would have read in the last two weeks: every window that it looks at; every full hour where the metric has too
 * many series for that; and where its window is no whole hours, less time.
 * @throws BadRequestError when even six hours are too much to be read
 */
export async function readPastWindows(app: QueryingApp, past: PastOfRule, limits?: ReadLimits): Promise<PastWindows> {
  const wholeHours = past.terms.windowSeconds % hour === 0;
  const deepest: Depth = { seconds: 14 * day, intervalSeconds: minute };
  const instead: Depth = wholeHours ? { ...deepest, intervalSeconds: hour } : { ...deepest, seconds: 2 * day };
  const least: Depth = { seconds: 6 * hour, intervalSeconds: minute };
  let cause: unknown;
  for (const depth of [deepest, instead, least]) {
    try {
      return await readDepth(app, past, { ...depth, limits });
    } catch (error) {
      if (!(error instanceof QueryRefusedError)) throw error;
      cause = error;
    }
  }
  throw new BadRequestError(ruleMessages.previewTooMuch, { cause });
}

async function readDepth(app: QueryingApp, past: PastOfRule, depth: Depth): Promise<PastWindows> {
  const { resolutionSeconds } = past.terms;
  const stepSeconds = Math.max(resolutionSeconds, depth.intervalSeconds);
  const endSeconds = floorTo(app.clock.now() / 1_000, stepSeconds);
  const startSeconds = endSeconds - floorTo(depth.seconds, stepSeconds);
  const span = { startSeconds, endSeconds, intervalSeconds: depth.intervalSeconds };
  const readingAt = await readSpan(app, past, span, depth.limits);
  return { startSeconds, endSeconds, stepSeconds, readingAt };
}

/**
 * What a rule read, or would have read, of each window that ends within a span.
 * @throws QueryRefusedError when it is too much to be read
 */
export async function readSpan(
  app: QueryingApp,
  past: PastOfRule,
  span: Span,
  limits?: ReadLimits,
): Promise<PastWindows['readingAt']> {
  const asks = new Asks(app, past, span);
  const readingAt = readingsOf(measureOf(past.terms), past.terms, asks);
  await asks.answer(app, limits);
  return readingAt;
}

/** Windows that end behind the start and not behind the end. */
export type Span = Pick<WindowsRequest, 'startSeconds' | 'endSeconds' | 'intervalSeconds'>;
type ValueAt = (endSeconds: number) => number | null;

/** Collects what is to be asked, so that all of it is one query. */
class Asks {
  readonly #keptFromSeconds: number;
  readonly #past: PastOfRule;
  readonly #span: Span;
  readonly #requests: WindowsRequest[] = [];
  #answers: readonly WindowValues[] = [];

  constructor({ clock, retention = metricRetention }: QueryingApp, past: PastOfRule, span: Span) {
    this.#keptFromSeconds = clock.now() / 1_000 - retention[minute];
    this.#past = past;
    this.#span = span;
  }

  /** Values of windows so many seconds before those of the span; of whole hours where minutes are not kept any more. */
  ask(query: Query, earlierSeconds = 0): ValueAt {
    const { organization, projectId, terms } = this.#past;
    const { windowSeconds } = terms;
    const start = this.#span.startSeconds - earlierSeconds;
    const isKept = start - windowSeconds >= this.#keptFromSeconds;
    if (!isKept && windowSeconds % hour !== 0) return () => null;
    const intervalSeconds =
      isKept && earlierSeconds % this.#span.intervalSeconds === 0 ? this.#span.intervalSeconds : hour;
    const index = this.#requests.push({
      ...{ query, organization, projectId, intervalSeconds, windowSeconds },
      startSeconds: floorTo(start, intervalSeconds) - intervalSeconds,
      endSeconds: floorTo(this.#span.endSeconds - earlierSeconds, intervalSeconds),
    });
    return (end) => this.#answers[index - 1]?.get(floorTo(end - earlierSeconds, intervalSeconds)) ?? null;
  }

  async answer(app: QueryingApp, limits: ReadLimits | undefined): Promise<void> {
    this.#answers = await queryWindows(app, this.#requests, limits);
  }
}

function readingsOf(
  measure: Measure,
  { comparisonSeconds }: PastOfRule['terms'],
  asks: Asks,
): (endSeconds: number) => Reading {
  if (measure.kind === 'crash-free') {
    const [total, crashed] = [asks.ask(measure.total), asks.ask(measure.crashed)];
    return (end) => ({ kind: 'sessions', total: total(end) ?? 0, crashed: crashed(end) ?? 0 });
  }
  const value = asks.ask(measure.query);
  const earlier = comparisonSeconds ? asks.ask(measure.query, comparisonSeconds) : () => null;
  return (end) => ({ kind: 'value', value: value(end), earlier: earlier(end), isCount: measure.counts });
}

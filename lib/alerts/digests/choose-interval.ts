/** In which steps a digest shows a metric. */
export interface DigestSteps {
  readonly intervalSeconds: number;
  /** The buckets that are read: coarse ones for a long time. */
  readonly granularitySeconds: 60 | 3_600 | 86_400;
}

const minute = 60;
const hour = 3_600;
const day = 86_400;
/** More points would fall on the same pixels. */
const mostPoints = 300;
/** Fewer say nothing about the time between them. */
const fewestPoints = 7;
const minuteSteps = [1, 2, 5, 10, 15, 30].map((count) => count * minute);
const hourSteps = [1, 2, 3, 6, 12].map((count) => count * hour);
/** A day of minutes is read in some requests; a week of them would be ten times as many. */
const minutesUpToSeconds = 2 * day;
const hoursUpToSeconds = 31 * day;

/**
 * The steps of a period: as long as the rule's window where that is possible, so that values are those that the rule judges; else
 * the shortest of which there are not too many.
 */
export function chooseInterval(periodSeconds: number, windowSeconds: number): DigestSteps {
  const granularitySeconds =
    periodSeconds <= minutesUpToSeconds ? minute : periodSeconds <= hoursUpToSeconds ? hour : day;
  const windows = periodSeconds / windowSeconds;
  if (windowSeconds % granularitySeconds === 0 && windows <= mostPoints && windows >= fewestPoints) {
    return { intervalSeconds: windowSeconds, granularitySeconds };
  }
  const steps = { [minute]: minuteSteps, [hour]: hourSteps, [day]: [day] }[granularitySeconds] ?? [day];
  const fitting = steps.find((step) => periodSeconds / step <= mostPoints) ?? steps.at(-1) ?? day;
  return { intervalSeconds: fitting, granularitySeconds };
}

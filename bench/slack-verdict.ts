/** What the answer to a command may take, against others that were measured in the same run. */
export const rules = { ofFloor: 1.2, ofBolt: 0.5, warmP99Ms: 15 } as const;

/** Times of one contender, in milliseconds. */
export interface FirstAnswer {
  readonly medianMs: number;
  readonly minimumMs: number;
}

/** What was measured of one bundle. */
export interface SlackContender extends FirstAnswer {
  readonly name: string;
  readonly kB: number;
  readonly importMedianMs: number;
}

/** Whether our function keeps to the rules, and by how much. */
export interface Verdict {
  readonly ofFloor: number;
  readonly ofBolt: number;
  readonly warmP99Ms: number;
  readonly kept: boolean;
}

/** Judges by medians: one slow start of a busy machine says nothing. */
export function judge(measured: {
  readonly floor: FirstAnswer;
  readonly bolt: FirstAnswer;
  readonly ours: FirstAnswer;
  readonly warmP99Ms: number;
}): Verdict {
  const { floor, bolt, ours, warmP99Ms } = measured;
  const ofFloor = ours.medianMs / floor.medianMs;
  const ofBolt = ours.medianMs / bolt.medianMs;
  const kept = ofFloor <= rules.ofFloor && ofBolt <= rules.ofBolt && warmP99Ms <= rules.warmP99Ms;
  return { ofFloor: rounded(ofFloor), ofBolt: rounded(ofBolt), warmP99Ms: rounded(warmP99Ms), kept };
}

/** The time within which `share` (0 to 1) of all were done. */
export function percentile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

/** The middle and the least of some times. */
export function firstAnswer(times: readonly number[]): FirstAnswer {
  return { medianMs: rounded(percentile(times, 0.5)), minimumMs: rounded(percentile(times, 0)) };
}

function rounded(number: number): number {
  return Math.round(number * 100) / 100;
}

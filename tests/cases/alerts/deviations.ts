import { isDeepStrictEqual } from 'node:util';
import type { Judged, RuleTerms, Standing, Update } from '../../../lib/alerts/judge-update.ts';
import type { CaseStep } from './forms.ts';

/** One step of a case that came otherwise than the case tells. */
export interface DifferentStep {
  readonly terms: RuleTerms;
  readonly before: Standing;
  readonly update: Update;
  readonly judged: Judged;
  readonly ours: CaseStep;
  readonly theirs: CaseStep;
}

/** Why it came otherwise on purpose. */
export interface Deviation {
  readonly reason: string;
  /** How things stand at theirs, from where on the case is followed further; without it the rest follows from the difference. */
  readonly standing?: Standing;
}

type Look = (step: DifferentStep) => Deviation | undefined;

/** By what happens in a step and not by the name of its case. Undefined when nobody meant the difference. */
export function whyDifferent(step: DifferentStep): Deviation | undefined {
  for (const look of [
    toldWithoutChange,
    toldAsOneKind,
    wentOn,
    keptCounts,
    withinMargin,
    limitedByTheHour,
    withoutData,
  ]) {
    const found = look(step);
    if (found !== undefined) return found;
  }
  return undefined;
}

const toldWithoutChange: Look = ({ before, judged, ours, theirs }) => {
  const isChange = (before.incident?.status ?? null) !== (judged.standing.incident?.status ?? null);
  if (isChange || ours.notifications?.length !== 0 || !isSameBut('notifications', ours, theirs)) return undefined;
  return { reason: 'an alert is sent on a change of status only', standing: judged.standing };
};

/** They tell of what became of one trigger. */
const toldAsOneKind: Look = ({ judged, ours, theirs }) => {
  const isMixed = ['fire', 'resolve'].every((kind) => judged.counters.includes(`trigger.${kind}`));
  if (!isMixed || judged.telling === undefined || !isSameBut('notifications', ours, theirs)) return undefined;
  return { reason: 'an update that fires and resolves is told as the change of status', standing: judged.standing };
};

/** They end it as soon as no trigger holds it, and begin another with the trigger that they look at next. */
const wentOn: Look = ({ before, judged, theirs }) => {
  const hasGoneOn = before.incident !== null && judged.standing.incident?.createdAt === before.incident.createdAt;
  const isMixed = ['resolve', 'fire'].every((kind) => judged.counters.includes(`trigger.${kind}`));
  if (!hasGoneOn || !isMixed || theirs.triggers?.['critical'] !== undefined) return undefined;
  return { reason: 'an incident does not end while another of its triggers fires' };
};

const keptCounts: Look = ({ terms, before, judged, ours, theirs }) => {
  if (judged.skipped !== 'unusable' || !terms.comparisonSeconds) return undefined;
  const counts = (label: string) => ({
    alertCount: theirs.alert_counts?.[label] ?? 0,
    resolveCount: theirs.resolve_counts?.[label] ?? 0,
  });
  const triggers = Object.entries(before.triggers);
  const isKept = triggers.every(([label, state]) =>
    isDeepStrictEqual(counts(label), { alertCount: state.alertCount, resolveCount: state.resolveCount }),
  );
  const kept = { alert_counts: theirs.alert_counts, resolve_counts: theirs.resolve_counts };
  if (!isKept || !isDeepStrictEqual({ ...ours, ...kept }, { ...theirs, ...kept })) return undefined;
  const standing = { ...judged.standing, triggers: Object.fromEntries(triggers) };
  return { reason: 'skipped updates reset the consecutive counters', standing };
};

const withinMargin: Look = ({ terms, judged: { value } }) => {
  if (value === null) return undefined;
  const isAbove = terms.thresholdType === 'above';
  const isBoth = terms.triggers.some(({ label, threshold }) => {
    const hasOwn = terms.resolveThreshold !== null && (terms.triggers.length === 1 || label === 'warning');
    const end = hasOwn ? Number(terms.resolveThreshold) : threshold + (isAbove ? 0.000_001 : -0.000_001);
    return isAbove ? value > threshold && value < end : value < threshold && value > end;
  });
  return isBoth ? { reason: 'a value inside the resolve margin neither opens nor closes' } : undefined;
};

/** Of an age they take the part that is less than a day, and of one below 0 what is missing to a day. */
const limitedByTheHour: Look = ({ before, update, ours, theirs }) => {
  const agesOf = (labels: readonly string[], others: readonly string[]) =>
    labels
      .filter((label) => !others.includes(label))
      .map((label) => update.nowMs - Date.parse(before.triggers[label]?.lastIncidentAt ?? ''));
  const onlyTheirs = agesOf(theirs.rate_limited, ours.rate_limited);
  const onlyOurs = agesOf(ours.rate_limited, theirs.rate_limited);
  const isMeant =
    onlyTheirs.every((ageMs) => ageMs >= dayMs && ageMs % dayMs < limitMs + 1_000) &&
    onlyOurs.every((ageMs) => ageMs < 0) &&
    onlyTheirs.length + onlyOurs.length > 0;
  return isMeant ? { reason: 'the ten-minute limit uses the real age' } : undefined;
};

const withoutData: Look = ({ update: { reading } }) =>
  reading.kind === 'value' && reading.value === null
    ? { reason: 'a window without data is judged by the rule for no data, and not as 0' }
    : undefined;

const dayMs = 86_400_000;
const limitMs = 600_000;

function isSameBut(key: keyof CaseStep, ours: CaseStep, theirs: CaseStep): boolean {
  return isDeepStrictEqual({ ...ours, [key]: null }, { ...theirs, [key]: null });
}

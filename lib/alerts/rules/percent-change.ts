import type { AlertRule } from '../alert-rule-store.ts';

/** More of a change than these is lost beside 100. */
const decimals = 9;

type Side = AlertRule['thresholdType'];

/**
 * What a change in per cent is as a share of the earlier value, which thresholds of comparison rules are kept as: 20 % more
 * are 120 % of it, 20 % less are 80 %.
 */
export function shareOfChange(changePercent: number, side: Side): number {
  return side === 'above' ? changePercent + 100 : 100 - changePercent;
}

/** The change that was entered, from the share that is kept; 0.1 again, where 100.1 was kept. */
export function changeOfShare(sharePercent: number, side: Side): number {
  const change = side === 'above' ? sharePercent - 100 : 100 - sharePercent;
  return Number(change.toFixed(decimals));
}

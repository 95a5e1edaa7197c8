/** What of a case cannot be asked of us: under which key it is expected, and why it cannot. */
interface Gap {
  readonly key: string;
  readonly reason: string;
}

const gaps: readonly Gap[] = [
  {
    key: 'outbound_status_sync_calls',
    reason: 'no issue trackers of others are connected, so that no status is sent to them',
  },
];

/** What of a case cannot be asked of us and why, and what is left to be asked. */
export function notExpressed(then: Readonly<Record<string, unknown>>) {
  const found = gaps.filter(({ key }) => key in then);
  const keys = new Set(found.map(({ key }) => key));
  return {
    reason: found.length === 0 ? undefined : found.map(({ reason }) => reason).join('; '),
    left: Object.fromEntries(Object.entries(then).filter(([key]) => !keys.has(key))),
  };
}

/** Metrics that have a public name, and their ids. A product may give a table of its own in addition. */
export const wellKnownMetrics: ReadonlyMap<string, string> = new Map([
  ['transaction.duration', 'd:transactions/duration@millisecond'],
  ['transaction.user', 's:transactions/user@none'],
  ['transaction.count_per_root_project', 'c:transactions/count_per_root_project@none'],
  ...[
    'app_start_cold',
    'app_start_warm',
    'fcp',
    'fid',
    'fp',
    'inp',
    'lcp',
    'ttfb',
    'stall_longest_time',
    'stall_total_time',
    'time_to_initial_display',
    'time_to_full_display',
  ].map((name): [string, string] => [
    `transaction.measurements.${name}`,
    `d:transactions/measurements.${name}@millisecond`,
  ]),
  ...['frames_frozen', 'frames_slow', 'frames_total', 'stall_count'].map((name): [string, string] => [
    `transaction.measurements.${name}`,
    `d:transactions/measurements.${name}@none`,
  ]),
  ...['frames_frozen_rate', 'frames_slow_rate', 'stall_percentage'].map((name): [string, string] => [
    `transaction.measurements.${name}`,
    `d:transactions/measurements.${name}@ratio`,
  ]),
  ...['browser', 'db', 'http', 'resource', 'ui'].map((name): [string, string] => [
    `transaction.breakdowns.ops.${name}`,
    `d:transactions/breakdowns.span_ops.ops.${name}@millisecond`,
  ]),
  ['transaction.measurements.cls', 'd:transactions/measurements.cls@ratio'],
  ['span.duration', 'd:spans/duration@millisecond'],
  ['span.exclusive_time', 'd:spans/exclusive_time@millisecond'],
  ['span.exclusive_time_light', 'd:spans/exclusive_time_light@millisecond'],
  ['span.user', 's:spans/user@none'],
  ['session.raw_session', 'c:sessions/session@none'],
  ['session.raw_duration', 'd:sessions/duration@second'],
  ['session.raw_user', 's:sessions/user@none'],
  ['session.raw_error', 's:sessions/error@none'],
]);

/** Where metrics may live. A query asks one of these. */
export const namespaces: readonly string[] = [
  'spans',
  'transactions',
  'sessions',
  'escalating_issues',
  'custom',
  'profiles',
  'metric_stats',
];

/** More than 100 of something in a minute. */
export const rule = {
  threshold_type: 'above',
  resolve_threshold: null,
  threshold_period: 1,
  time_window_s: 60,
  resolution_s: 60,
  triggers: [{ label: 'critical', threshold: 100, actions: [{ id: 'c1', target: 'user:1' }] }],
};
/** Names of counters, whole. */
export const counters = (...names: string[]) => names.map((name) => `incidents.alert_rules.${name}`);
/** The one action is told. */
export const tell = (method: string, new_status: string, metric_value: number) => [
  { action: 'c1', method, new_status, metric_value },
];
/** A step in which nothing happens. */
export const quiet = {
  counters: [] as string[],
  active_incident: null as object | null,
  triggers: {},
  alert_counts: { critical: 0 },
  resolve_counts: { critical: 0 },
  notifications: [] as object[],
};
/** A step in which the rule fires for the first time. */
export const fired = {
  ...quiet,
  counters: counters('threshold{type=alert}', 'trigger{type=fire}'),
  active_incident: { number: 1, status: 'critical' },
  triggers: { critical: 'active' },
  notifications: tell('fire', 'critical', 101),
};
/** A step in which it resolves. */
export const closed = {
  ...quiet,
  counters: counters('threshold{type=resolve}', 'trigger{type=resolve}'),
  triggers: { critical: 'resolved' },
  notifications: tell('resolve', 'closed', 9),
};
/** What an incident has gone through when it is critical. */
export const steps = [
  { type: 'detected' },
  { type: 'created' },
  { type: 'status_change', from: 'open', to: 'critical' },
];
/** The first incident, which is over. */
export const incident = {
  number: 1,
  status: 'closed',
  date_started: 99_940,
  date_detected: 100_000,
  date_closed: 100_000,
  activities: [...steps, { type: 'status_change', from: 'critical', to: 'closed' }],
};

/** What people can be told of. */
export const notificationKinds = ['deploy', 'issue', 'alert', 'workflow'] as const;

/** One of `notificationKinds`. */
export type NotificationKind = (typeof notificationKinds)[number];

/** How much they want to be told; instead of `always`, `committed_only` of deploys that contain commits of theirs. From much to nothing. */
export const notificationValues = ['always', 'committed_only', 'never'] as const;

/** One of `notificationValues`. */
export type NotificationValue = (typeof notificationValues)[number];

/** What holds for somebody who said nothing. */
export function defaultValue(kind: NotificationKind): NotificationValue {
  return kind === 'deploy' ? 'committed_only' : 'always';
}

/** Whether this can be wished for that kind. Of deploys only those are told who have commits in them, and never all. */
export function isValueOf(kind: NotificationKind, value: NotificationValue): boolean {
  return value === 'never' || value === defaultValue(kind);
}

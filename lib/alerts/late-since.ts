import type { Notification } from './notification-store.ts';

/** So much passes between what happened and its message when all is well, at most. */
const punctualMs = 300_000;

/**
 * Since when a message has been due that comes late, or came late; undefined of one that is in time. Messages speak of the
 * present: a late one has to say of when it is.
 */
export function lateSince(
  { dueAt, createdAt, sentAt, failedAt }: Pick<Notification, 'dueAt' | 'createdAt' | 'sentAt' | 'failedAt'>,
  nowMs: number,
): string | undefined {
  const due = dueAt ?? createdAt;
  const end = sentAt ?? failedAt;
  const toldMs = end === undefined ? nowMs : Date.parse(end);
  return toldMs - Date.parse(due) > punctualMs ? due : undefined;
}

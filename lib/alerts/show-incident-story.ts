import type { App } from '../platform/app.ts';
import { describeDestination } from './describe-targets.ts';
import { type IncidentActivity, loadActivities } from './incident-activity-store.ts';
import type { Incident } from './incident-store.ts';
import { type IncidentComment, loadComments } from './incident-talk-store.ts';
import { messages } from './messages.ts';
import { loadNotifications, type Notification } from './notification-store.ts';
import { statusText } from './status-text.ts';

/** An incident, all that happened to it with the first first, and who was told. */
export interface IncidentStory extends Pick<Incident, 'identifier' | 'status' | 'startedAt' | 'closedAt' | 'deeds'> {
  readonly events: readonly StoryEvent[];
  readonly tellings: readonly Telling[];
}

/** Something that happened to an incident, or that somebody said. */
export interface StoryEvent {
  readonly type: IncidentActivity['type'] | 'comment';
  readonly at: string;
  readonly to?: IncidentActivity['to'];
  /** What somebody said, or what the metric was, in words. */
  readonly text?: string | undefined;
  /** The person who did it. */
  readonly who?: string | undefined;
}

/** That somebody was told, is being told, or could not be. */
export interface Telling {
  readonly at: string;
  /** Where, in words. */
  readonly to: string;
  readonly about: Notification['status'];
  readonly state: Notification['state'];
  /** Why it was not sent, with advice. */
  readonly reason?: string | undefined;
}

/** Reads all about an incident. */
export async function showIncidentStory(app: Pick<App, 'table'>, incident: Incident): Promise<IncidentStory> {
  const { organization, identifier, status, startedAt, closedAt, deeds = [] } = incident;
  const [activities, comments, notifications] = await Promise.all([
    loadActivities(app, incident),
    loadComments(app, incident),
    loadNotifications(app, { organization, incident: identifier }),
  ]);
  // Names as they were when it was done: who has left since then is still named.
  const names = new Map(deeds.map(({ by }) => [by.userId, by.name]));
  const values = valuesByChange(notifications);
  const happened = activities.map(
    ({ number, type, at, to, actor }): StoryEvent => ({
      ...{ type, at, to },
      // What people do has no value of its own.
      text: actor === undefined ? values.get(number) : undefined,
      who: actor === undefined ? undefined : (names.get(actor) ?? messages.somebody),
    }),
  );
  const events = [...happened, ...comments.map(said)].sort((one, other) => byTime(one.at, other.at));
  return { identifier, status, startedAt, closedAt, deeds, events, tellings: notifications.map(telling) };
}

function said({ at, text, by }: IncidentComment): StoryEvent {
  return { type: 'comment', at, text, who: by.name };
}

/** What the metric was when each change was told, by the number of the activity. */
function valuesByChange(notifications: readonly Notification[]): ReadonlyMap<number, string> {
  return new Map(notifications.map(({ change, subject }) => [change, statusText(subject, subject.value)]));
}

function telling({ createdAt, sentAt, destination, status, state, error }: Notification): Telling {
  const reason = destination.kind === 'nobody' ? destination.reason : error?.detail;
  return { at: sentAt ?? createdAt, to: describeDestination(destination), about: status, state, reason };
}

function byTime(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

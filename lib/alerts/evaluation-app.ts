import type { App } from '../platform/app.ts';
import type { Queue } from '../platform/queue.ts';
import type { SlackJobOf } from '../slack/index.ts';
import type { OutageApp } from './outages/plan-outage.ts';
import type { NotificationAddress } from './queue-messages.ts';
import type { WindowsApp } from './read-windows.ts';
import type { RecordingApp } from './record-transition.ts';

/** What an evaluation needs of the outside world. */
export type EvaluationApp = Pick<App, 'table' | 'clock' | 'metrics' | 'log'> &
  RecordingApp &
  WindowsApp &
  OutageApp & {
    readonly notifications: Queue<NotificationAddress>;
    /** Messages of the outbox that are to be sent. */
    readonly outgoing: Queue<SlackJobOf<'outgoing-message'>>;
  };

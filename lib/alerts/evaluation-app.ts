import type { App } from '../platform/app.ts';
import type { Queue } from '../platform/queue.ts';
import type { NotificationAddress } from './queue-messages.ts';
import type { WindowsApp } from './read-windows.ts';
import type { RecordingApp } from './record-transition.ts';

/** What an evaluation needs of the outside world. */
export type EvaluationApp = Pick<App, 'table' | 'clock' | 'metrics' | 'log'> &
  RecordingApp &
  WindowsApp & { readonly notifications: Queue<NotificationAddress> };

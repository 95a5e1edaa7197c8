import { teamSettingsWrites } from '../../lib/projects/index.ts';
import { closeChannel, type SlackJobOf, sendOutgoing } from '../../lib/slack/index.ts';
import type { WorkerApp } from './worker-app.ts';

/** Sorts out what a channel leaves behind that takes no messages any more, and tells those whom it concerns. */
export async function tidyClosedChannel(app: WorkerApp, job: SlackJobOf<'channel-closed'>): Promise<void> {
  const { outgoing } = await closeChannel(app, job, (intent) => teamSettingsWrites(app, intent));
  for (const id of outgoing) await sendOutgoing(app, id);
}

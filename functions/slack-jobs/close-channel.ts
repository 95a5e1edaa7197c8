import { changeNotificationSettings } from '../../lib/projects/index.ts';
import { closeChannel, type SlackJobOf, sendOutgoing, type TeamSettingsIntent } from '../../lib/slack/index.ts';
import type { WorkerApp } from './worker-app.ts';

/** Sorts out what a channel leaves behind that takes no messages any more, and tells those whom it concerns. */
export async function tidyClosedChannel(app: WorkerApp, job: SlackJobOf<'channel-closed'>): Promise<void> {
  const { outgoing, settings } = await closeChannel(app, job);
  for (const intent of settings) await forgetSettings(app, intent);
  for (const id of outgoing) await sendOutgoing(app, id);
}

/** A team without a channel is told of nothing; what it was to be told of is forgotten. */
async function forgetSettings(app: WorkerApp, { organization, ownerType, ownerId }: TeamSettingsIntent): Promise<void> {
  const owner = { organization, ownerType, ownerId };
  await changeNotificationSettings(app, { owner, wishes: [{ kind: 'alert', value: 'default' }], reaches: () => true });
}

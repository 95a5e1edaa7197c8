import type { App } from '../platform/app.ts';
import { saveChannelName } from './channel-link-store.ts';

/** Slack's names are far shorter; a longer text is no name. */
const longestName = 200;

/** Notes that a channel has another name now. Its teams stay: a channel is its id. @returns whether it has any */
export async function renameChannel(
  app: Pick<App, 'table'>,
  { teamId, channelId, name }: { readonly teamId: string; readonly channelId: string; readonly name: string },
): Promise<boolean> {
  return saveChannelName(app.table, { teamId, channelId }, name.slice(0, longestName).toWellFormed());
}

import type { App } from '../platform/app.ts';
import { saveChannelName } from './channel-link-store.ts';

/** Slack's names are far shorter; a longer text is no name. */
const longestName = 200;

/**
 * Notes that a channel has another name now, unless a later one is known. Its teams stay: a channel is its id.
 * @returns whether the name was noted
 */
export async function renameChannel(
  app: Pick<App, 'table'>,
  renaming: { readonly teamId: string; readonly channelId: string; readonly name: string; readonly renamedAt: number },
): Promise<boolean> {
  const { name, ...at } = renaming;
  return saveChannelName(app.table, at, name.slice(0, longestName).toWellFormed());
}

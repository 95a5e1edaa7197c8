import type { App } from '../platform/app.ts';
import { isoTime } from '../platform/clock.ts';
import { lookUp } from '../platform/lookup.ts';
import { mapLimited } from '../platform/map-limited.ts';
import { accountLookup } from './identity-store.ts';
import { readStoredOutgoing, saveOutgoing } from './outgoing-message-store.ts';
import type { MessageContent } from './slack-message.ts';
import { loadWorkspacesOf } from './workspace-store.ts';

/** What is told, and to whom. */
export interface FactToTell {
  readonly organization: string;
  /** Names what is told, uniquely: `deploy:<ID>`. Each person hears it once. */
  readonly fact: string;
  /** IDs of users. */
  readonly userIds: readonly string[];
  readonly message: MessageContent;
}

const peopleAtATime = 100;
const writesAtATime = 20;

/**
 * Stores a direct message for each of these people who is somebody in a workspace of the organization: one, however many
 * workspaces that is, and however often this is done. Who has theirs already costs next to nothing, so that even thousands are
 * through when this was begun again after a crash. @returns the names of the messages
 */
export async function storePersonalMessages(app: Pick<App, 'table' | 'clock'>, told: FactToTell): Promise<string[]> {
  const workspaces = (await loadWorkspacesOf(app, told.organization)).filter(({ status }) => status === 'active');
  if (workspaces.length === 0) return [];
  const teamIds = workspaces.map(({ teamId }) => teamId);
  const ids: string[] = [];
  for (let first = 0; first < told.userIds.length; first += peopleAtATime) {
    const userIds = told.userIds.slice(first, first + peopleAtATime);
    ids.push(...(await storeSome(app, { ...told, userIds }, teamIds)));
  }
  return ids;
}

async function storeSome(
  app: Pick<App, 'table' | 'clock'>,
  { fact, userIds, message: content }: FactToTell,
  teamIds: readonly string[],
): Promise<string[]> {
  const nameOf = (userId: string) => `${fact}:${userId}`;
  const [accounts, stored] = await Promise.all([
    lookUp(
      app.table,
      userIds.flatMap((userId) => teamIds.map((teamId) => accountLookup({ userId, teamId }))),
    ),
    readStoredOutgoing(app.table, userIds.map(nameOf)),
  ]);
  // The first workspace in which somebody is known counts.
  const people = new Map(
    accounts
      .flatMap((account) => account ?? [])
      .toReversed()
      .map((one) => [one.userId, one]),
  );
  const missing = [...people.values()].filter(({ userId }) => !stored.has(nameOf(userId)));
  await mapLimited(missing, writesAtATime, async ({ userId, teamId, slackUserId }) => {
    const destination = { kind: 'user', slackUserId } as const;
    const createdAt = isoTime(app.clock.now());
    await saveOutgoing(app.table, { id: nameOf(userId), teamId, destination, content, createdAt });
  });
  return userIds.filter((userId) => people.has(userId)).map(nameOf);
}

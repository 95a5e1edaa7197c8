import * as z from 'zod';
import { itemType } from '../platform/item-type.ts';
import type { VerifiedLink } from '../platform/signed-link.ts';
import { notThere, type Table, type WriteAction } from '../platform/table.ts';
import { linkDeed } from './link-deed.ts';

/** What of a link is needed to use it up. */
export type ClaimableLink = Pick<VerifiedLink<unknown>, 'id' | 'expiresAtSeconds'>;

/** A claim outlives its link by this, so that no clock that is behind ever sees a link as fresh again. */
const keptLongerSeconds = 24 * 60 * 60;

const linkUse = z.object({
  userId: z.string(),
  deed: linkDeed,
  /** Names of the messages of the outbox that tell of it. */
  told: z.array(z.string()).readonly(),
});

/** Who used a link, and what it did for them: they are shown that again, and everybody else is not. */
export type LinkUse = z.infer<typeof linkUse>;

const usedLinkItem = itemType({
  name: 'used Slack link',
  // Installations keep no deed: what they connect is listed on the page to which they lead back.
  schema: z.object({ id: z.string(), usedAt: z.string(), linkExpiresAt: z.number(), use: linkUse.optional() }),
  key: (id: string) => ({ pk: `USED_LINK#${id}`, sk: 'USED_LINK' }),
  address: ({ id }) => id,
  expiresAt: ({ linkExpiresAt }) => linkExpiresAt + keptLongerSeconds,
});

/** The step of a transaction that uses a link up; it fails when somebody has done so already. */
export function claimLink({ id, expiresAtSeconds }: ClaimableLink, usedAt: string, use?: LinkUse): WriteAction {
  const item = { id, usedAt, linkExpiresAt: expiresAtSeconds, ...(use && { use }) };
  return { put: usedLinkItem.toItem(item), onlyIf: notThere };
}

/** Whether a link was used up, and what it did where that is known. */
export async function findUsedLink(
  table: Table,
  id: string,
): Promise<{ readonly use?: LinkUse | undefined } | undefined> {
  const item = await table.get(usedLinkItem.key(id), { consistent: true });
  return item && usedLinkItem.fromItem(item);
}

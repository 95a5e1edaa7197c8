import * as z from 'zod';
import { itemType } from '../platform/item-type.ts';
import type { VerifiedLink } from '../platform/signed-link.ts';
import { notThere, type Table, type WriteAction } from '../platform/table.ts';

/** What of a link is needed to use it up. */
export type ClaimableLink = Pick<VerifiedLink<unknown>, 'id' | 'expiresAtSeconds'>;

/** A claim outlives its link by this, so that no clock that is behind ever sees a link as fresh again. */
const keptLongerSeconds = 24 * 60 * 60;

const usedLinkItem = itemType({
  name: 'used Slack link',
  schema: z.object({ id: z.string(), usedAt: z.string(), linkExpiresAt: z.number() }),
  key: (id: string) => ({ pk: `USED_LINK#${id}`, sk: 'USED_LINK' }),
  address: ({ id }) => id,
  expiresAt: ({ linkExpiresAt }) => linkExpiresAt + keptLongerSeconds,
});

/** The step of a transaction that uses a link up; it fails when somebody has done so already. */
export function claimLink({ id, expiresAtSeconds }: ClaimableLink, usedAt: string): WriteAction {
  return { put: usedLinkItem.toItem({ id, usedAt, linkExpiresAt: expiresAtSeconds }), onlyIf: notThere };
}

/** Whether a link was used up. */
export async function isLinkUsed(table: Table, id: string): Promise<boolean> {
  return (await table.get(usedLinkItem.key(id), { consistent: true })) !== undefined;
}

import * as z from 'zod';
import { itemType } from '../platform/item-type.ts';
import { notThere, type Table, type WriteAction } from '../platform/table.ts';
import { releaseDataPartition } from './commit-list-store.ts';

const notice = z.object({
  releaseId: z.string(),
  organization: z.string(),
  version: z.string(),
  deployId: z.string(),
  projectIds: z.array(z.string()),
  environment: z.string(),
  url: z.string().optional(),
  /** IDs of the users to tell. */
  recipients: z.array(z.string()),
  /** `nobody` when there was nobody to tell, `late` when it could not be told in time. */
  state: z.enum(['pending', 'sent', 'nobody', 'late']),
  at: z.string(),
});

/** The intent to tell people of a deploy. */
export type DeployNotice = z.infer<typeof notice>;

/** Only what is still to be sent stands in the index. */
const noticeItem = itemType({
  name: 'deploy notice',
  schema: notice,
  key: (at: { releaseId: string; deployId: string }) => ({
    pk: releaseDataPartition(at.releaseId),
    sk: `DEPLOY_NOTICE#${at.deployId}`,
  }),
  address: ({ releaseId, deployId }) => ({ releaseId, deployId }),
  index: ({ state, organization, at, deployId }): Record<string, string> =>
    state === 'pending'
      ? {
          gsi1pk: pendingOf(organization),
          gsi1sk: `${at}#${deployId}`,
          gsi2pk: pendingEverywhere,
          gsi2sk: `${at}#${deployId}`,
        }
      : {},
});

/** Deploys are few, and each stands here for seconds only: one partition is enough. */
const pendingEverywhere = 'DEPLOY_NOTICES';

function pendingOf(organization: string): string {
  return `ORG#${organization}#DEPLOY_NOTICES`;
}

/** The step that stores an intent; there is one for each deploy. */
export function noticeWrite(value: DeployNotice): WriteAction {
  return { put: noticeItem.toItem(value), onlyIf: notThere };
}

/** The intents of an organization that are still to be sent, oldest first. */
export async function readPendingNotices(table: Table, organization: string): Promise<DeployNotice[]> {
  const query = { index: 'gsi1', partition: pendingOf(organization) } as const;
  return (await Array.fromAsync(table.queryAll(query))).map(noticeItem.fromItem);
}

/** Where the intents are that were stored before this time (ISO) and are still to be sent, the oldest first. */
export async function readNoticesBefore(
  table: Table,
  { before, limit }: { readonly before: string; readonly limit: number },
): Promise<Pick<DeployNotice, 'releaseId' | 'deployId'>[]> {
  const query = { index: 'gsi2', partition: pendingEverywhere, between: ['0', before], limit } as const;
  const { items } = await table.query(query);
  return items.map(noticeItem.fromItem).map(({ releaseId, deployId }) => ({ releaseId, deployId }));
}

/** The intent to tell of a deploy, as the last write left it. */
export async function loadNotice(
  table: Table,
  at: Pick<DeployNotice, 'releaseId' | 'deployId'>,
): Promise<DeployNotice | undefined> {
  const item = await table.get(noticeItem.key(at), { consistent: true });
  return item && noticeItem.fromItem(item);
}

/** Records how an intent ended; it is then found no longer among those to send. */
export async function finishNotice(table: Table, notice: DeployNotice, state: 'sent' | 'late'): Promise<void> {
  await table.update(
    noticeItem.key(notice),
    {
      expression: 'SET #state = :state REMOVE gsi1pk, gsi1sk, gsi2pk, gsi2sk',
      names: { '#state': 'state' },
      values: { ':state': state },
    },
    { expression: 'attribute_exists(pk)' },
  );
}

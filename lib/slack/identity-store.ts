import * as z from 'zod';
import { roles } from '../organizations/index.ts';
import { happened } from '../platform/happened.ts';
import { itemType } from '../platform/item-type.ts';
import type { Lookup } from '../platform/lookup.ts';
import { type Condition, notThere, type Table, type WriteAction } from '../platform/table.ts';

const membership = z.object({
  organization: z.string(),
  role: z.enum(roles),
  teams: z.array(z.string()),
  adminOf: z.array(z.string()),
});

const identity = z.object({
  teamId: z.string(),
  slackUserId: z.string(),
  userId: z.string(),
  /** Copies, so that a command is answered with one read; docs/data-model.md says how old they may be. */
  email: z.string(),
  memberships: z.array(membership),
  linkedAt: z.string(),
});

/** Says which user of ours a Slack user of a workspace is. */
export type Identity = z.infer<typeof identity>;

const account = z.object({ userId: z.string(), teamId: z.string(), slackUserId: z.string() });

/** The same from the other side: which Slack user of a workspace a user of ours is. */
export type SlackAccount = z.infer<typeof account>;

type IdentityAddress = Pick<Identity, 'teamId' | 'slackUserId'>;
type AccountAddress = Pick<SlackAccount, 'userId' | 'teamId'>;

const accountPrefix = 'SLACK#';

const identityItem = itemType({
  name: 'Slack identity',
  schema: identity,
  key: (at: IdentityAddress) => ({ pk: `WORKSPACE#${at.teamId}`, sk: `IDENTITY#${at.slackUserId}` }),
  address: (value): IdentityAddress => value,
});

const accountItem = itemType({
  name: 'Slack account',
  schema: account,
  key: (at: AccountAddress) => ({ pk: `USER#${at.userId}`, sk: `${accountPrefix}${at.teamId}` }),
  address: (value): AccountAddress => value,
});

/** Asks who a Slack user is; nobody when there is no Slack user to ask for. */
export function identityLookup(teamId: string, slackUserId: string | undefined): Lookup<Identity | undefined> {
  if (slackUserId === undefined) return { keys: [], read: () => undefined };
  const key = identityItem.key({ teamId, slackUserId });
  return {
    keys: [key],
    read(itemAt) {
      const item = itemAt(key);
      return item && identityItem.fromItem(item);
    },
  };
}

/** Asks which Slack user of a workspace a user of ours is. */
export function accountLookup(at: AccountAddress): Lookup<SlackAccount | undefined> {
  const key = accountItem.key(at);
  return {
    keys: [key],
    read(itemAt) {
      const item = itemAt(key);
      return item && accountItem.fromItem(item);
    },
  };
}

/** Every workspace in which a user of ours is somebody. */
export async function readAccounts(table: Table, userId: string): Promise<SlackAccount[]> {
  const { pk } = accountItem.key({ userId, teamId: '' });
  const items = await Array.fromAsync(table.queryAll({ partition: pk, beginsWith: accountPrefix, consistent: true }));
  return items.map(accountItem.fromItem);
}

/**
 * The steps of a transaction that store an identity in place of what stood for its Slack user (`identity`) and for its
 * user (`account`) in the workspace. They fail when either has changed since it was read.
 */
export function replaceIdentity(
  next: Identity,
  before: { readonly identity: Identity | undefined; readonly account: SlackAccount | undefined },
): WriteAction[] {
  const { teamId, slackUserId, userId } = next;
  const steps: WriteAction[] = [
    { put: identityItem.toItem(next), onlyIf: unchanged('userId', before.identity?.userId) },
    {
      put: accountItem.toItem({ userId, teamId, slackUserId }),
      onlyIf: unchanged('slackUserId', before.account?.slackUserId),
    },
  ];
  if (before.identity !== undefined && before.identity.userId !== userId) {
    steps.push(deleteAccount(before.identity));
  }
  if (before.account !== undefined && before.account.slackUserId !== slackUserId) {
    steps.push(deleteIdentityItem({ teamId, slackUserId: before.account.slackUserId, userId }));
  }
  return steps;
}

/** The steps of a transaction that forget an identity; they fail when it has become another one. */
export function deleteIdentity(value: Identity): WriteAction[] {
  return [deleteIdentityItem(value), deleteAccount(value)];
}

/** Renews the copies that an identity holds; nothing happens when it has become another one. */
export async function saveCopies(table: Table, value: Identity): Promise<void> {
  const set = {
    expression: 'SET email = :email, memberships = :memberships',
    values: { ':email': value.email, ':memberships': value.memberships },
  };
  await happened(table.update(identityItem.key(value), set, unchanged('userId', value.userId)));
}

function deleteIdentityItem(value: IdentityAddress & Pick<Identity, 'userId'>): WriteAction {
  return { delete: identityItem.key(value), onlyIf: unchanged('userId', value.userId) };
}

function deleteAccount(value: SlackAccount): WriteAction {
  return { delete: accountItem.key(value), onlyIf: unchanged('slackUserId', value.slackUserId) };
}

function unchanged(attribute: 'userId' | 'slackUserId', value: string | undefined): Condition {
  return value === undefined ? notThere : { expression: `${attribute} = :before`, values: { ':before': value } };
}

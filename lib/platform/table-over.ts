import { unmarshall } from '@aws-sdk/util-dynamodb';
import { asNumbers, type DynamoDb, type DynamoDbOperations } from './dynamodb.ts';
import { dynamoBatchGetKeys, dynamoBatchWriteItems, dynamoTransactionActions } from './limits.ts';
import { mapLimited } from './map-limited.ts';
import { isContention, pauseBefore } from './retry-pause.ts';
import { batchItem, putInput, queryInput, transactItem, updateInput } from './table-expressions.ts';
import {
  type BatchWrite,
  ConditionFailedError,
  type Item,
  type Key,
  type Table,
  type TableQuery,
} from './table-types.ts';

/** Batches that are on their way at the same time: enough to be quick, few enough not to be throttled at once. */
const concurrentBatches = 4;

/** The table `name`, by whatever way to DynamoDB. */
export function tableOver(name: string, db: DynamoDb): Table {
  async function query(input: TableQuery): Promise<{ items: Item[]; next: Record<string, unknown> | undefined }> {
    const answer = await db.send('Query', queryInput(name, input));
    return { items: (answer.Items ?? []).map(asItem), next: answer.LastEvaluatedKey };
  }

  return {
    async get(key, options = {}) {
      const answer = await db.send('GetItem', {
        TableName: name,
        Key: { ...key },
        ConsistentRead: options.consistent ?? false,
      });
      return answer.Item && asItem(answer.Item);
    },

    batchGet: (keys, { consistent = false } = {}) => readBatches(db, name, { keys, consistent }),

    query,

    batchWrite: (writes) => writeBatches(db, name, writes),

    async *queryAll(input) {
      let from = input.from;
      do {
        const page = await query(from === undefined ? input : { ...input, from });
        yield* page.items;
        from = page.next;
      } while (from !== undefined);
    },

    async put(item, onlyIf) {
      await db.send('PutItem', putInput(name, item, onlyIf)).catch(refuseOnCondition);
    },

    async update(key, set, onlyIf) {
      await db.send('UpdateItem', { ...updateInput(name, key, set, onlyIf) }).catch(refuseOnCondition);
    },

    async increment(key, attribute, itemType) {
      const answer = await db.send('UpdateItem', {
        TableName: name,
        Key: { pk: key.pk, sk: key.sk },
        UpdateExpression: 'ADD #counter :one SET #itemType = :itemType',
        ExpressionAttributeNames: { '#counter': attribute, '#itemType': 'itemType' },
        ExpressionAttributeValues: { ':one': 1, ':itemType': itemType },
        ReturnValues: 'ALL_NEW',
      });
      const number: unknown = answer.Attributes?.[attribute];
      if (typeof number !== 'number') throw new TypeError('A counter of the table gave no number.');
      return number;
    },

    async write(actions, options = {}) {
      if (actions.length > dynamoTransactionActions) {
        throw new RangeError(`a transaction has ${dynamoTransactionActions} actions at most, not ${actions.length}`);
      }
      await transact(db, {
        TransactItems: actions.map((action) => transactItem(name, action)),
        ...(options.token !== undefined && { ClientRequestToken: options.token }),
      });
    },
  };
}

async function readBatches(
  db: DynamoDb,
  name: string,
  { keys, consistent }: { readonly keys: readonly Key[]; readonly consistent: boolean },
): Promise<Item[]> {
  const unique = [...new Map(keys.map((key) => [`${key.pk}\n${key.sk}`, { pk: key.pk, sk: key.sk }])).values()];
  const items: Item[] = [];
  for (let start = 0; start < unique.length; start += dynamoBatchGetKeys) {
    let open: Record<string, unknown>[] = unique.slice(start, start + dynamoBatchGetKeys);
    for (let attempt = 0; open.length > 0; attempt += 1) {
      if (attempt > 0) await pauseBefore(attempt);
      const answer = await db.send('BatchGetItem', {
        RequestItems: { [name]: { Keys: open, ConsistentRead: consistent } },
      });
      items.push(...(answer.Responses?.[name] ?? []).map(asItem));
      open = answer.UnprocessedKeys?.[name]?.Keys ?? [];
    }
  }
  return items;
}

async function writeBatches(db: DynamoDb, name: string, writes: readonly BatchWrite[]): Promise<void> {
  const batches = Array.from({ length: Math.ceil(writes.length / dynamoBatchWriteItems) }, (_, index) =>
    writes.slice(index * dynamoBatchWriteItems, (index + 1) * dynamoBatchWriteItems),
  );
  await mapLimited(batches, concurrentBatches, async (batch) => {
    let open = batch.map(batchItem);
    for (let attempt = 0; open.length > 0; attempt += 1) {
      if (attempt > 0) await pauseBefore(attempt);
      const answer = await db.send('BatchWriteItem', { RequestItems: { [name]: open } });
      open = (answer.UnprocessedItems?.[name] ?? []) as typeof open;
    }
  });
}

/** Sends a transaction, again while others are at work on its items. @throws ConditionFailedError with the items that stand */
async function transact(db: DynamoDb, transaction: DynamoDbOperations['TransactWriteItems']['input']): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await db.send('TransactWriteItems', transaction);
      return;
    } catch (error) {
      if (!isCalled<Cancelled>(error, 'TransactionCanceledException')) throw error;
      const { CancellationReasons: reasons = [] } = error;
      if (reasons.some((reason) => reason.Code === 'ConditionalCheckFailed')) {
        throw new ConditionFailedError(
          reasons.map((reason) => {
            if (reason.Code !== 'ConditionalCheckFailed') return undefined;
            return reason.Item ? fromAttributes(reason.Item) : true;
          }),
          { cause: error },
        );
      }
      if (!reasons.some((reason) => isContention(reason.Code))) throw error;
      await pauseBefore(attempt, error);
    }
  }
}

/** @throws ConditionFailedError when a condition of a single write does not hold, else the same error again */
function refuseOnCondition(error: unknown): never {
  if (!isCalled<{ readonly Item?: Attributes }>(error, 'ConditionalCheckFailedException')) throw error;
  throw new ConditionFailedError([error.Item ? fromAttributes(error.Item) : true], { cause: error });
}

type Attributes = Parameters<typeof unmarshall>[0];

interface Cancelled {
  readonly CancellationReasons?: readonly { readonly Code?: string; readonly Item?: Attributes }[];
}

/** Both ways to DynamoDB give errors the names that DynamoDB gives them. */
function isCalled<Fields>(error: unknown, name: string): error is Error & Fields {
  return error instanceof Error && error.name === name;
}

/** An item as an error carries it: not yet turned into JavaScript's values. */
function fromAttributes(attributes: Attributes): Item {
  return asItem(unmarshall(attributes, { ...asNumbers, convertWithoutMapWrapper: false }));
}

function asItem(raw: Record<string, unknown>): Item {
  if (!hasKey(raw)) throw new TypeError('An item of the table has no key.');
  return raw;
}

function hasKey(raw: Readonly<Record<string, unknown>>): raw is Item {
  return typeof raw['pk'] === 'string' && typeof raw['sk'] === 'string';
}

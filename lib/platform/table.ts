import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { dynamoBatchGetKeys, dynamoBatchWriteItems, dynamoTransactionActions } from './limits.ts';
import { mapLimited } from './map-limited.ts';
import { isContention, pauseBefore } from './retry-pause.ts';
import { refuseWhenAway } from './table-availability.ts';
import { batchItem, putInput, queryInput, transactItem, updateInput } from './table-expressions.ts';
import { ConditionFailedError, type Item, type Table, type TableQuery } from './table-types.ts';

export {
  type BatchWrite,
  type Condition,
  ConditionFailedError,
  type Item,
  isThere,
  type Key,
  notThere,
  type Table,
  type TableQuery,
  type UpdateExpression,
  type WriteAction,
} from './table-types.ts';

/** Batches that are on their way at the same time: enough to be quick, few enough not to be throttled at once. */
const concurrentBatches = 4;

/**
 * A number of an item is a JavaScript number, in both directions: what is larger than 2^53 (a total that many requests
 * have added to) keeps its size and loses its last digits, instead of coming as a BigInt or not at all. What must keep
 * every digit, such as an id, is text.
 */
const asNumbers = { wrapNumbers: Number } as const;
const fromNumbers = { removeUndefinedValues: true, allowImpreciseNumbers: true } as const;

/** The table `name`, through `client` or one made for this Lambda's own region and role. */
export function openTable(name: string, client: DynamoDBClient = new DynamoDBClient({ maxAttempts: 5 })): Table {
  refuseWhenAway(client);
  const documents = DynamoDBDocumentClient.from(client, {
    marshallOptions: fromNumbers,
    unmarshallOptions: asNumbers,
  });

  async function query(input: TableQuery): Promise<{ items: Item[]; next: Record<string, unknown> | undefined }> {
    const answer = await documents.send(new QueryCommand(queryInput(name, input)));
    return { items: (answer.Items ?? []).map(asItem), next: answer.LastEvaluatedKey };
  }

  return {
    async get(key, options = {}) {
      const answer = await documents.send(
        new GetCommand({ TableName: name, Key: { ...key }, ConsistentRead: options.consistent ?? false }),
      );
      return answer.Item && asItem(answer.Item);
    },

    async batchGet(keys, options = {}) {
      const unique = [...new Map(keys.map((key) => [`${key.pk}\n${key.sk}`, { pk: key.pk, sk: key.sk }])).values()];
      const items: Item[] = [];
      for (let start = 0; start < unique.length; start += dynamoBatchGetKeys) {
        let open: Record<string, unknown>[] = unique.slice(start, start + dynamoBatchGetKeys);
        for (let attempt = 0; open.length > 0; attempt += 1) {
          if (attempt > 0) await pauseBefore(attempt);
          const answer = await documents.send(
            new BatchGetCommand({
              RequestItems: { [name]: { Keys: open, ConsistentRead: options.consistent ?? false } },
            }),
          );
          items.push(...(answer.Responses?.[name] ?? []).map(asItem));
          open = answer.UnprocessedKeys?.[name]?.Keys ?? [];
        }
      }
      return items;
    },

    query,

    async batchWrite(writes) {
      const batches = Array.from({ length: Math.ceil(writes.length / dynamoBatchWriteItems) }, (_, index) =>
        writes.slice(index * dynamoBatchWriteItems, (index + 1) * dynamoBatchWriteItems),
      );
      await mapLimited(batches, concurrentBatches, async (batch) => {
        let open = batch.map(batchItem);
        for (let attempt = 0; open.length > 0; attempt += 1) {
          if (attempt > 0) await pauseBefore(attempt);
          const answer = await documents.send(new BatchWriteCommand({ RequestItems: { [name]: open } }));
          open = (answer.UnprocessedItems?.[name] ?? []) as typeof open;
        }
      });
    },

    async *queryAll(input) {
      let from = input.from;
      do {
        const page = await query(from === undefined ? input : { ...input, from });
        yield* page.items;
        from = page.next;
      } while (from !== undefined);
    },

    async put(item, onlyIf) {
      await documents.send(new PutCommand(putInput(name, item, onlyIf))).catch(refuseOnCondition);
    },

    async update(key, set, onlyIf) {
      await documents.send(new UpdateCommand({ ...updateInput(name, key, set, onlyIf) })).catch(refuseOnCondition);
    },

    async increment(key, attribute, itemType) {
      const answer = await documents.send(
        new UpdateCommand({
          TableName: name,
          Key: { pk: key.pk, sk: key.sk },
          UpdateExpression: 'ADD #counter :one SET #itemType = :itemType',
          ExpressionAttributeNames: { '#counter': attribute, '#itemType': 'itemType' },
          ExpressionAttributeValues: { ':one': 1, ':itemType': itemType },
          ReturnValues: 'ALL_NEW',
        }),
      );
      const number: unknown = answer.Attributes?.[attribute];
      if (typeof number !== 'number') throw new TypeError('A counter of the table gave no number.');
      return number;
    },

    async write(actions, options = {}) {
      if (actions.length > dynamoTransactionActions) {
        throw new RangeError(`a transaction has ${dynamoTransactionActions} actions at most, not ${actions.length}`);
      }
      const command = new TransactWriteCommand({
        TransactItems: actions.map((action) => transactItem(name, action)),
        ...(options.token !== undefined && { ClientRequestToken: options.token }),
      });
      for (let attempt = 1; ; attempt += 1) {
        try {
          await documents.send(command);
          return;
        } catch (error) {
          if (!(error instanceof TransactionCanceledException)) throw error;
          const reasons = error.CancellationReasons ?? [];
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
    },
  };
}

/** @throws ConditionFailedError when a condition of a single write does not hold, else the same error again */
function refuseOnCondition(error: unknown): never {
  if (!(error instanceof ConditionalCheckFailedException)) throw error;
  throw new ConditionFailedError([error.Item ? fromAttributes(error.Item) : true], { cause: error });
}

/** An item as an error carries it: not yet turned into JavaScript's values. */
function fromAttributes(attributes: Parameters<typeof unmarshall>[0]): Item {
  return asItem(unmarshall(attributes, { ...asNumbers, convertWithoutMapWrapper: false }));
}

function asItem(raw: Record<string, unknown>): Item {
  const { pk, sk } = raw;
  if (typeof pk !== 'string' || typeof sk !== 'string') throw new TypeError('An item of the table has no key.');
  return { ...raw, pk, sk };
}

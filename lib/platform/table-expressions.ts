import type {
  BatchWriteCommandInput,
  PutCommandInput,
  QueryCommandInput,
  TransactWriteCommandInput,
  UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { BatchWrite, Condition, Item, Key, TableQuery, UpdateExpression, WriteAction } from './table-types.ts';

/** The query in the words of the SDK. */
export function queryInput(name: string, query: TableQuery): QueryCommandInput {
  const { partition, sort } =
    query.index === undefined
      ? { partition: 'pk', sort: 'sk' }
      : { partition: `${query.index}pk`, sort: `${query.index}sk` };
  const [sortCondition, sortValues] = sortConditionOf(query);
  return {
    TableName: name,
    IndexName: query.index,
    KeyConditionExpression: `#partition = :partition${sortCondition}`,
    ExpressionAttributeNames: { '#partition': partition, ...(sortCondition !== '' && { '#sort': sort }) },
    ExpressionAttributeValues: { ':partition': query.partition, ...sortValues },
    ScanIndexForward: query.descending !== true,
    ConsistentRead: query.consistent,
    Limit: query.limit,
    ExclusiveStartKey: query.from === undefined ? undefined : { ...query.from },
  };
}

function sortConditionOf(query: TableQuery): [string, Record<string, string>] {
  if (query.between) {
    return [' AND #sort BETWEEN :from AND :to', { ':from': query.between[0], ':to': query.between[1] }];
  }
  if (query.beginsWith !== undefined) return [' AND begins_with(#sort, :begin)', { ':begin': query.beginsWith }];
  if (query.after !== undefined) {
    return [` AND #sort ${query.descending === true ? '<' : '>'} :after`, { ':after': query.after }];
  }
  return ['', {}];
}

/** One item to store in the words of the SDK. */
export function putInput(
  name: string,
  item: Item,
  onlyIf?: Condition,
): PutCommandInput & Required<Pick<PutCommandInput, 'Item'>> {
  return { TableName: name, Item: { ...item }, ...conditionInput(onlyIf) };
}

/** An update of one item in the words of the SDK. */
export function updateInput(name: string, key: Key, set: UpdateExpression, onlyIf?: Condition): UpdateCommandInput {
  return {
    TableName: name,
    Key: { pk: key.pk, sk: key.sk },
    UpdateExpression: set.expression,
    ...conditionInput(onlyIf, set),
  };
}

/** One step of a transaction in the words of the SDK; a failed condition gives the item back. */
export function transactItem(
  name: string,
  action: WriteAction,
): NonNullable<TransactWriteCommandInput['TransactItems']>[number] {
  if ('put' in action) return { Put: putInput(name, action.put, action.onlyIf) };
  if ('delete' in action) {
    return { Delete: { TableName: name, Key: { ...action.delete }, ...conditionInput(action.onlyIf) } };
  }
  if ('check' in action) {
    return {
      ConditionCheck: {
        TableName: name,
        Key: { ...action.check },
        ConditionExpression: action.onlyIf.expression,
        ...conditionInput(action.onlyIf),
      },
    };
  }
  const { UpdateExpression = '', ...update } = updateInput(name, action.update, action.set, action.onlyIf);
  return { Update: { ...update, UpdateExpression } };
}

/** One of the writes of a batch in the words of the SDK. */
export function batchItem(write: BatchWrite): NonNullable<BatchWriteCommandInput['RequestItems']>[string][number] {
  if ('put' in write) return { PutRequest: { Item: { ...write.put } } };
  return { DeleteRequest: { Key: { pk: write.delete.pk, sk: write.delete.sk } } };
}

function conditionInput(condition?: Condition, also?: UpdateExpression) {
  const names = { ...also?.names, ...condition?.names };
  const values = { ...also?.values, ...condition?.values };
  return {
    ...(condition && {
      ConditionExpression: condition.expression,
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
    }),
    ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names }),
    ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
  };
}

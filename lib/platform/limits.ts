/** Limits that others set, each with its source. Builders keep to them. */

/** Keys in one BatchGetItem. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
export const dynamoBatchGetKeys = 100;

/** Items in one BatchWriteItem. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html */
export const dynamoBatchWriteItems = 25;

/** Actions in one transaction. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html */
export const dynamoTransactionActions = 100;

/** UTF-8 bytes of a sort key, also of one that a query only names. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
export const dynamoSortKeyBytes = 1_024;

/** Messages in one SendMessageBatch. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html */
export const sqsBatchMessages = 10;

/** Bytes of all bodies in one SendMessageBatch. Same source. */
export const sqsBatchBytes = 1_048_576;

import type {
  BatchGetCommandInput,
  BatchGetCommandOutput,
  BatchWriteCommandInput,
  BatchWriteCommandOutput,
  GetCommandInput,
  GetCommandOutput,
  PutCommandInput,
  QueryCommandInput,
  QueryCommandOutput,
  TransactWriteCommandInput,
  UpdateCommandInput,
  UpdateCommandOutput,
} from '@aws-sdk/lib-dynamodb';

/** What is asked of DynamoDB, by the names of its API, and what comes back; items hold values of JavaScript. */
export interface DynamoDbOperations {
  GetItem: { input: GetCommandInput; output: Told<GetCommandOutput> };
  BatchGetItem: { input: BatchGetCommandInput; output: Told<BatchGetCommandOutput> };
  Query: { input: QueryCommandInput; output: Told<QueryCommandOutput> };
  PutItem: { input: PutCommandInput; output: unknown };
  UpdateItem: { input: UpdateCommandInput; output: Told<UpdateCommandOutput> };
  BatchWriteItem: { input: BatchWriteCommandInput; output: Told<BatchWriteCommandOutput> };
  TransactWriteItems: { input: TransactWriteCommandInput; output: unknown };
}

type Told<Output> = Omit<Output, '$metadata'>;

/** A way to DynamoDB. It tries again by itself what fails for a passing reason. */
export interface DynamoDb {
  /**
   * @throws UnavailableError when DynamoDB is away or too busy; else an error that has the name that DynamoDB gives it, and
   * its fields as they were sent: items in them are not yet turned into values of JavaScript.
   */
  send<Name extends keyof DynamoDbOperations>(
    operation: Name,
    input: DynamoDbOperations[Name]['input'],
  ): Promise<DynamoDbOperations[Name]['output']>;
}

/**
 * A number of an item is a JavaScript number, in both directions: what is larger than 2^53 (a total that many requests
 * have added to) keeps its size and loses its last digits, instead of coming as a BigInt or not at all. What must keep
 * every digit, such as an id, is text.
 */
export const asNumbers = { wrapNumbers: Number } as const;
/** The same in the other direction; what is undefined is not stored. */
export const fromNumbers = { removeUndefinedValues: true, allowImpreciseNumbers: true } as const;

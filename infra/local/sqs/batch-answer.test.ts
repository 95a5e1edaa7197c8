import { describe, expect, test } from 'vitest';
import { failedMessageIds } from './batch-answer.ts';

describe('the answer to a batch of a and b', () => {
  test.for<[answer: string, failed: readonly string[]]>([
    ['null', []],
    ['{}', []],
    ['{"batchItemFailures":null}', []],
    ['{"batchItemFailures":[]}', []],
    ['{"batchItemFailures":[{"itemIdentifier":"b"}]}', ['b']],
    ['{"batchItemFailures":[{"itemIdentifier":"unknown"}]}', ['a', 'b']],
    ['{"batchItemFailures":[{"itemIdentifier":""}]}', ['a', 'b']],
    ['{"batchItemFailures":[{"id":"a"}]}', ['a', 'b']],
    ['{"batchItemFailures":"b"}', ['a', 'b']],
    ['"done"', ['a', 'b']],
  ])('%s leaves %j undone', ([answer, failed]) => {
    expect([...failedMessageIds(answer, ['a', 'b'])]).toEqual(failed);
  });
});

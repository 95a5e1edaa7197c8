import { randomUUID } from 'node:crypto';
import { describe, expect, inject, it } from 'vitest';
import { localAws } from '../../tests/support/local-aws.ts';
import { createTestApp } from '../../tests/support/test-app.ts';
import { awsClient } from './aws-client.ts';
import { openSignedTable } from './signed-table.ts';
import { ConditionFailedError, type Item, isThere, notThere } from './table.ts';

/** The two ways to DynamoDB; what a table promises holds for both. */
const ways = {
  'the SDK': async () => (await createTestApp()).table,
  'signed requests': async () =>
    openSignedTable((await createTestApp()).tableName, awsClient(localAws(inject('dynamoDbEndpoint')))),
};

const at = (sk: string) => ({ pk: 'P', sk });

describe.each(Object.keys(ways) as (keyof typeof ways)[])('a table over %s', (way) => {
  it('gives an item back, and undefined for none', async () => {
    const table = await ways[way]();
    await table.write([{ put: { ...at('1'), size: 3, gone: undefined } }]);
    expect(await table.get(at('1'), { consistent: true })).toEqual({ ...at('1'), size: 3 });
    expect(await table.get(at('2'))).toBeUndefined();
  });

  it('reads any number of keys at once, each one once', async () => {
    const table = await ways[way]();
    const keys = Array.from({ length: 150 }, (_, index) => at(String(index)));
    await table.write(keys.slice(0, 100).map((key) => ({ put: key })));
    await table.write(keys.slice(100).map((key) => ({ put: key })));
    const items = await table.batchGet([...keys, ...keys, at('missing')]);
    expect(items).toHaveLength(150);
  });

  it('reads a partition in order, by beginning, range, page and index', async () => {
    const table = await ways[way]();
    const items = ['a1', 'a2', 'a3', 'b1'].map((sk) => ({ ...at(sk), gsi1pk: 'I', gsi1sk: `x${sk}` }));
    await table.write(items.map((put) => ({ put })));
    const sortKeys = async (query: Parameters<typeof table.queryAll>[0]) =>
      (await Array.fromAsync(table.queryAll(query))).map((item: Item) => item.sk);
    expect(await sortKeys({ partition: 'P', beginsWith: 'a', descending: true })).toEqual(['a3', 'a2', 'a1']);
    expect(await sortKeys({ partition: 'P', between: ['a2', 'b1'] })).toEqual(['a2', 'a3', 'b1']);
    expect(await sortKeys({ partition: 'P', limit: 1 }), 'a limit is the size of a page').toHaveLength(4);
    expect(await sortKeys({ index: 'gsi1', partition: 'I', beginsWith: 'xb' })).toEqual(['b1']);
    const page = await table.query({ partition: 'P', limit: 3 });
    expect(page.items).toHaveLength(3);
    expect(page.next).toEqual(at('a3'));
  });

  it('goes on behind a sort key, in either direction', async () => {
    const table = await ways[way]();
    await table.batchWrite(['a', 'b', 'c'].map((sk) => ({ put: { ...at(sk), gsi1pk: 'I', gsi1sk: sk } })));
    const sortKeys = async (query: Parameters<typeof table.queryAll>[0]) =>
      (await Array.fromAsync(table.queryAll(query))).map((item: Item) => item.sk);
    expect(await sortKeys({ partition: 'P', after: 'a' })).toEqual(['b', 'c']);
    expect(await sortKeys({ index: 'gsi1', partition: 'I', after: 'c', descending: true })).toEqual(['b', 'a']);
    expect(await sortKeys({ partition: 'P', after: 'aa', limit: 1 })).toEqual(['b', 'c']);
  });

  it('stores and deletes any number of items at once', async () => {
    const table = await ways[way]();
    const items = Array.from({ length: 130 }, (_, index) => at(String(index)));
    await table.batchWrite(items.map((put) => ({ put })));
    expect(await Array.fromAsync(table.queryAll({ partition: 'P' }))).toHaveLength(130);
    await table.batchWrite([...items.slice(1).map((key) => ({ delete: key })), { put: at('new') }]);
    expect(await Array.fromAsync(table.queryAll({ partition: 'P' }))).toEqual([at('0'), at('new')]);
    await table.batchWrite([]);
  });

  it('writes all or nothing, and says which condition failed and what stood there', async () => {
    const table = await ways[way]();
    await table.write([{ put: { ...at('1'), owner: 'first' }, onlyIf: notThere }]);
    const failure = await table
      .write([{ put: at('2') }, { put: { ...at('1'), owner: 'second' }, onlyIf: notThere }])
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ConditionFailedError);
    expect(failure).toMatchObject({ failed: [undefined, { ...at('1'), owner: 'first' }] });
    expect(await table.get(at('2'), { consistent: true })).toBeUndefined();
  });

  it('stores one item, on a condition if there is one', async () => {
    const table = await ways[way]();
    await table.put({ ...at('1'), owner: 'first' });
    const failure = await table.put({ ...at('1'), owner: 'second' }, notThere).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ConditionFailedError);
    expect(failure).toMatchObject({ failed: [{ ...at('1'), owner: 'first' }] });
    await table.put({ ...at('1'), owner: 'third' }, isThere);
    expect(await table.get(at('1'), { consistent: true })).toEqual({ ...at('1'), owner: 'third' });
  });

  it('counts up, and refuses to change what is not there', async () => {
    const table = await ways[way]();
    const add = { expression: 'ADD #n :one', names: { '#n': 'n' }, values: { ':one': 1 } };
    await Promise.all(Array.from({ length: 10 }, () => table.update(at('n'), add)));
    expect(await table.get(at('n'), { consistent: true })).toMatchObject({ n: 10 });
    await expect(table.update(at('none'), add, isThere)).rejects.toThrow(ConditionFailedError);
  });

  it('counts up and gives every number once', async () => {
    const table = await ways[way]();
    const numbers = await Promise.all(
      Array.from({ length: 10 }, () => table.increment(at('counter'), 'last', 'counter')),
    );
    expect(new Set(numbers)).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
    expect(await table.get(at('counter'), { consistent: true })).toMatchObject({ last: 10, itemType: 'counter' });
  });

  it('does a transaction with the same token once', async () => {
    const table = await ways[way]();
    const add = { expression: 'ADD n :one', values: { ':one': 1 } };
    const token = randomUUID();
    for (const _ of [1, 2]) await table.write([{ update: at('n'), set: add }], { token });
    expect(await table.get(at('n'), { consistent: true })).toMatchObject({ n: 1 });
  });
});

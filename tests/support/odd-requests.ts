import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { addressOf, type JsonSchema, type Operation, resolved } from './documented-operations.ts';
import { oddCursor, oddJson, oddText } from './odd-values.ts';

/** A request as a stranger, or a broken client, sends it. */
export interface OddRequest {
  readonly path: string;
  readonly body?: string | Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** Names under which something is there, by the name of a variable or a field. */
export type Known = Readonly<Record<string, readonly string[]>>;

/** Requests to an operation: most of them nearly right, with something wrong in it somewhere. */
export function oddRequests(
  operation: Operation,
  known: Known,
  cursors: () => readonly string[],
): fc.Arbitrary<OddRequest> {
  const variables = fc.record(
    Object.fromEntries(operation.pathParameters.map((name) => [name, variable(name, known)])),
  );
  const query = queryOf(operation, known, cursors);
  const body =
    operation.body === undefined
      ? fc.constant<SentBody>({ bytes: undefined, headers: {} })
      : sentBody(operation.body, known);
  return fc.tuple(variables, query, body, oddHeaders).map(([values, search, sent, headers]) => ({
    path: `${addressOf(operation, values)}${search === '' ? '' : `?${search}`}`,
    ...(sent.bytes !== undefined && { body: sent.bytes }),
    headers: { ...headers, ...sent.headers },
  }));
}

function variable(name: string, known: Known): fc.Arbitrary<string> {
  const there = (known[name] ?? ['x']).map(encodeURIComponent);
  const odd = fc.oneof(
    oddText.filter((text) => text !== '' && text.isWellFormed()).map(encodeURIComponent),
    fc.constantFrom('%ED%A0%80', '%2F', '%2e%2e', '%00', '%', '%zz', '%C0%AF', '%FF', '..', 'web%2Fapi'),
  );
  // Nearly nobody gets past the organization when it is a wrong one.
  return fc.oneof({ weight: name === 'org' ? 20 : 4, arbitrary: fc.constantFrom(...there) }, odd);
}

function queryOf({ queryParameters }: Operation, known: Known, cursors: () => readonly string[]): fc.Arbitrary<string> {
  if (queryParameters.length === 0) return fc.constantFrom('', '', 'x=1', '__proto__=1&constructor=2');
  const pair = fc
    .constantFrom(...queryParameters, '__proto__', 'x')
    .chain((name) => fc.tuple(fc.constant(name), queryValue(name, known, cursors)));
  return fc
    .array(pair, { maxLength: 4 })
    .map((pairs) =>
      new URLSearchParams(pairs.map(([name, value]): [string, string] => [name, value.toWellFormed()])).toString(),
    );
}

function queryValue(name: string, known: Known, cursors: () => readonly string[]): fc.Arbitrary<string> {
  const there = Object.hasOwn(known, name) ? known[name] : undefined;
  if (name === 'cursor') {
    const kept = fc.nat().map((index) => cursors()[index % Math.max(1, cursors().length)] ?? '');
    return fc.oneof(kept, oddCursor);
  }
  return there === undefined ? oddText : fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...there) }, oddText);
}

interface SentBody {
  readonly bytes: string | Buffer | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

function sentBody(schema: JsonSchema, known: Known): fc.Arbitrary<SentBody> {
  const right = jsonOf(schema, { known, odd: false }, 'body', 0).map((bytes) => ({ bytes, headers: {} }));
  const plain = jsonOf(schema, { known, odd: true }, 'body', 0).map((bytes) => ({ bytes, headers: {} }));
  const zipped = jsonOf(schema, { known, odd: false }, 'body', 0).map((text) => ({
    bytes: gzipSync(text),
    headers: { 'Content-Encoding': 'gzip' },
  }));
  const broken = fc.constantFrom<SentBody>(
    { bytes: undefined, headers: {} },
    { bytes: '', headers: {} },
    { bytes: '{', headers: {} },
    { bytes: '{"a":1}}', headers: {} },
    { bytes: '\ufeff{}', headers: {} },
    { bytes: Buffer.from([0x22, 0xff, 0xfe, 0x22]), headers: {} },
    { bytes: Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), headers: {} },
    { bytes: '{}', headers: { 'Content-Type': 'text/plain' } },
    { bytes: 'a=1', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } },
    { bytes: '{}', headers: { 'Content-Type': '' } },
    { bytes: '{}', headers: { 'Content-Encoding': 'gzip' } },
    { bytes: '{}', headers: { 'Content-Encoding': 'br' } },
    { bytes: gzipSync('{}').subarray(0, 12), headers: { 'Content-Encoding': 'gzip' } },
    { bytes: gzipSync(Buffer.alloc(8 * 1024 * 1024, 0x20)), headers: { 'Content-Encoding': 'gzip' } },
  );
  return fc.oneof(
    { weight: 8, arbitrary: right },
    { weight: 8, arbitrary: plain },
    { weight: 2, arbitrary: zipped },
    broken,
  );
}

/** What values are taken from, and whether something odd is to be among them. */
interface Luck {
  readonly known: Known;
  readonly odd: boolean;
}

/** JSON that fits the schema but for something odd here and there. */
function jsonOf(sent: JsonSchema, luck: Luck, name: string, depth: number): fc.Arbitrary<string> {
  const right = rightJson(resolved(sent), luck, name, depth);
  return luck.odd ? fc.oneof({ weight: depth === 0 ? 12 : 7, arbitrary: right }, oddJson) : right;
}

function rightJson(schema: JsonSchema, luck: Luck, name: string, depth: number): fc.Arbitrary<string> {
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum.map((value) => JSON.stringify(value)));
  if (schema.const !== undefined) return fc.constant(JSON.stringify(schema.const));
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map((one) => jsonOf(one, luck, name, depth)));
  const types = [schema.type ?? []].flat();
  return fc.oneof(...(types.length === 0 ? ['string'] : types).map((type) => ofType(type, schema, luck, name, depth)));
}

function ofType(type: string, schema: JsonSchema, luck: Luck, name: string, depth: number): fc.Arbitrary<string> {
  switch (type) {
    case 'object': {
      const shape = schema.properties ?? resolved(schema.items ?? {}).properties ?? {};
      const fields = Object.entries(shape).map(([field, value]) =>
        fc
          .tuple(fc.constant(field), fc.nat(9), jsonOf(value, luck, field, depth + 1))
          .map(([key, throwOfDice, json]) => {
            const wanted = throwOfDice < (schema.required?.includes(field) ? (luck.odd ? 9 : 10) : 4);
            return wanted ? [`${JSON.stringify(key)}:${json}`] : [];
          }),
      );
      return fc.tuple(...fields).map((parts) => `{${parts.flat().join(',')}}`);
    }
    case 'array':
      return fc
        .array(jsonOf(schema.items ?? {}, luck, name, depth + 1), { maxLength: 3 })
        .map((entries) => `[${entries.join(',')}]`);
    case 'null':
      return fc.constant('null');
    case 'boolean':
      return fc.boolean().map(String);
    case 'number':
    case 'integer':
      return fc.integer().map(String);
    default: {
      const there = fc.constantFrom(...((Object.hasOwn(luck.known, name) && luck.known[name]) || ['Some text']));
      return (luck.odd ? fc.oneof(there, oddText) : there).map((text) => JSON.stringify(text));
    }
  }
}

const oddHeaders: fc.Arbitrary<Readonly<Record<string, string>>> = fc.oneof(
  { weight: 30, arbitrary: fc.constant({}) },
  fc
    .constantFrom(
      'Bearer',
      'Bearer ',
      'Basic YTpi',
      `Bearer ${'x'.repeat(9_000)}`,
      'Bearer \0',
      'Bearer a b',
      'bearer pfo_x',
      'Bearer \ud800',
      '',
    )
    .map((value) => ({ Authorization: value })),
);

import * as z from 'zod';
import type { Item } from '../../platform/table.ts';
import type { Rollup } from '../mql/metric-source.ts';
import { QuantileSketch } from '../sketches/quantile-sketch.ts';
import type { UniqueCounter } from '../sketches/unique-counter.ts';
import type { Tags } from '../tag-set.ts';
import { bucketItem } from './bucket-updates.ts';
import { memberItems } from './member-store.ts';

const storedBucket = z.looseObject({
  tags: z.string(),
  n: z.number(),
  s: z.number().default(0),
  z: z.number().optional(),
  lo: z.number().optional(),
  hi: z.number().optional(),
  last: z.number().optional(),
  lastAt: z.number().optional(),
});
const storedMembers = z.object({
  [memberItems.hashes]: z.set(z.instanceof(Uint8Array)).optional(),
  [memberItems.registers]: z.set(z.instanceof(Uint8Array)).optional(),
});

/** What the item of a bucket holds; the members of a set stand in items of their own, which `addStoredMembers` reads. */
export function rollupIn(item: Item): { readonly tags: Tags; readonly rollup: Rollup } {
  const { n, s, lo, hi, last, lastAt, tags, ...rest } = storedBucket.parse(item);
  const sketch = sketchIn(rest);
  const rollup = {
    count: n,
    sum: s,
    // A moment after the count they come too; until then the bins tell them as well as they can.
    min: lo ?? sketch?.quantile(0) ?? Number.POSITIVE_INFINITY,
    max: hi ?? sketch?.quantile(1) ?? Number.NEGATIVE_INFINITY,
    ...(last !== undefined && lastAt !== undefined && { last: { value: last, atSeconds: lastAt } }),
    ...(sketch !== undefined && { sketch }),
  };
  return { tags: Object.fromEntries(JSON.parse(tags) as [string, string][]), rollup };
}

/** Adds what stands in an item of members beside a set's bucket. */
export function addStoredMembers(to: UniqueCounter, item: Item): void {
  const { h: hashes = [], r: registers = [] } = storedMembers.parse(item);
  for (const bytes of hashes) {
    to.addHash(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).readBigUInt64BE());
  }
  for (const [high = 0, low = 0, rank = 0] of registers) to.addRegister({ index: high * 256 + low, rank });
}

const binName = new RegExp(`^([${bucketItem.positive}${bucketItem.negative}])(-?\\d+)$`);

function sketchIn(attributes: Readonly<Record<string, unknown>>): QuantileSketch | undefined {
  const positive = new Map<number, number>();
  const negative = new Map<number, number>();
  for (const [name, times] of Object.entries(attributes)) {
    const [, side, bin] = binName.exec(name) ?? [];
    if (bin === undefined || typeof times !== 'number') continue;
    (side === bucketItem.positive ? positive : negative).set(Number(bin), times);
  }
  const zeros = Number(attributes['z'] ?? 0);
  if (positive.size === 0 && negative.size === 0 && zeros === 0) return undefined;
  const sketch = new QuantileSketch();
  sketch.merge({ positive, negative, zeros });
  return sketch;
}

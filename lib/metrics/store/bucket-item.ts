import * as z from 'zod';
import type { Item } from '../../platform/table.ts';
import type { Rollup } from '../mql/metric-source.ts';
import { QuantileSketch } from '../sketches/quantile-sketch.ts';
import type { UniqueCounter } from '../sketches/unique-counter.ts';
import type { Tags } from '../tag-set.ts';
import { bucketItem } from './bucket-updates.ts';
import { memberItems } from './member-store.ts';

const storedBucket = z.object({
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
  const { n, s, z: zeros, lo, hi, last, lastAt, tags } = storedBucket.parse(item);
  const sketch = sketchIn(item, zeros);
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

/** A distribution has hundreds of bins: neither a schema nor a pattern for each of them, which would take most of a query's time. */
function sketchIn(item: Item, zeros = 0): QuantileSketch | undefined {
  const positive = new Map<number, number>();
  const negative = new Map<number, number>();
  for (const [name, times] of Object.entries(item)) {
    const bins = name.startsWith(bucketItem.positive)
      ? positive
      : name.startsWith(bucketItem.negative)
        ? negative
        : undefined;
    const bin = name.length > 1 ? Number(name.slice(1)) : Number.NaN;
    if (bins !== undefined && Number.isInteger(bin) && typeof times === 'number') bins.set(bin, times);
  }
  if (positive.size === 0 && negative.size === 0 && zeros === 0) return undefined;
  const sketch = new QuantileSketch();
  sketch.merge({ positive, negative, zeros });
  return sketch;
}

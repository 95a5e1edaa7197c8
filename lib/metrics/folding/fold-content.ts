import { deflateRawSync, inflateRawSync } from 'node:zlib';
import * as z from 'zod';
import type { Contribution } from './contribution.ts';
import type { Cell } from './fold-points.ts';

const bins = z.array(z.tuple([z.number(), z.number()]));
const cell = z.object({
  o: z.string(),
  p: z.string(),
  m: z.string(),
  t: z.string(),
  at: z.number(),
  n: z.number(),
  s: z.number(),
  pos: bins.optional(),
  neg: bins.optional(),
  z: z.number().optional(),
  lo: z.number().optional(),
  hi: z.number().optional(),
  last: z.number().optional(),
  lastAt: z.number().optional(),
  /** Hashes of eight bytes, one after the other. */
  h: z.base64().optional(),
});

/** What a fold may consist of; an unfinished fold in another form could not be grouped as it was. */
const content = z.object({ format: z.literal(1), cells: z.array(cell) });

/** Cells as bytes. */
export function encodeCells(cells: readonly Cell[]): Buffer {
  const written: z.input<typeof content> = { format: 1, cells: cells.map(writeCell) };
  return deflateRawSync(JSON.stringify(written));
}

/** The cells that `encodeCells` was given. @throws Error for bytes of anything else */
export function decodeCells(bytes: Uint8Array): Cell[] {
  return content.parse(JSON.parse(inflateRawSync(bytes).toString('utf8'))).cells.map(readCell);
}

function writeCell({ series, startSeconds, contribution }: Cell): z.input<typeof cell> {
  const { count, sum, positive, negative, zeros, lo, hi, last, lastAt, members } = contribution;
  return {
    o: series.organization,
    p: series.projectId,
    m: series.mri,
    t: series.tags,
    at: startSeconds,
    n: count,
    s: sum,
    pos: positive && inOrder(positive),
    neg: negative && inOrder(negative),
    z: zeros,
    lo,
    hi,
    last,
    lastAt,
    h: members && Buffer.concat([...members].sort(ascending).map(bytesOfHash)).toString('base64'),
  };
}

function readCell(read: z.output<typeof cell>): Cell {
  const contribution: Contribution = {
    count: read.n,
    sum: read.s,
    ...(read.pos && { positive: new Map(read.pos) }),
    ...(read.neg && { negative: new Map(read.neg) }),
    ...(read.z !== undefined && { zeros: read.z }),
    ...(read.lo !== undefined && { lo: read.lo }),
    ...(read.hi !== undefined && { hi: read.hi }),
    ...(read.last !== undefined && { last: read.last }),
    ...(read.lastAt !== undefined && { lastAt: read.lastAt }),
    ...(read.h !== undefined && { members: new Set(hashesIn(Buffer.from(read.h, 'base64'))) }),
  };
  const series = { organization: read.o, projectId: read.p, mri: read.m, tags: read.t };
  return { series, startSeconds: read.at, contribution };
}

/** The eight bytes of a hash, as they are stored. */
export function bytesOfHash(hash: bigint): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(hash);
  return bytes;
}

function hashesIn(bytes: Buffer): bigint[] {
  return Array.from({ length: bytes.length / 8 }, (_, index) => bytes.readBigUInt64BE(index * 8));
}

function inOrder(counts: ReadonlyMap<number, number>): [number, number][] {
  return [...counts].sort(([one], [other]) => one - other);
}

function ascending(one: bigint, other: bigint): number {
  return one < other ? -1 : Number(one > other);
}

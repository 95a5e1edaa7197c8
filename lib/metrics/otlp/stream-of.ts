import { createHash } from 'node:crypto';
import type { KeyValue, ResourceMetrics, ScopeMetrics } from './otlp-request.ts';

/** A text that tells senders apart: what is said of the resource and of the part of the program that measures. */
export function senderOf({ resource }: ResourceMetrics, { scope }: ScopeMetrics): string {
  const { name = '', version = '', attributes = [] } = scope ?? {};
  return JSON.stringify([inOrder(resource?.attributes ?? []), name, version, inOrder(attributes)]);
}

/**
 * Names the running total of one sender, attributes and start: all that OTLP tells streams apart by, whatever becomes a tag
 * of it. The start belongs to it because processes that say the same of themselves (several of one service without
 * `service.instance.id`) began at different times; each then counts for itself.
 */
export function streamOf(sender: string, attributes: readonly KeyValue[], startSeconds: number): string {
  const text = JSON.stringify([sender, inOrder(attributes), startSeconds]);
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}

function inOrder(attributes: readonly KeyValue[]): unknown[] {
  const pairs = attributes.map(({ key, value }) => [key, value ?? null] as const);
  return pairs.sort(([one], [other]) => (one < other ? -1 : Number(one > other)));
}

import type { RefusalReason } from './refused-points.ts';
import type { Tags } from './tag-set.ts';

/** More is not what tags are for, and would make keys and items without end. */
const tagLimits = { tags: 32, characters: 200 } as const;

/**
 * The tags of a point, by whatever way it came: later ones of a name win, longer values are cut. `more` are those that are
 * nice to have: they fill what is left and never take the place of the point's own.
 */
export function normaliseTags(
  own: Iterable<readonly [name: string, value: string]>,
  more: Iterable<readonly [name: string, value: string]> = [],
): Tags | RefusalReason {
  const tags = new Map<string, string>();
  for (const [name, value] of own) {
    if (name === '' || name.length > tagLimits.characters) return 'tag_name';
    tags.set(name.toWellFormed(), cut(value));
    if (tags.size > tagLimits.tags) return 'too_many_tags';
  }
  for (const [name, value] of more) {
    if (tags.size === tagLimits.tags) break;
    if (name !== '' && name.length <= tagLimits.characters && !tags.has(name)) tags.set(name, cut(value));
  }
  return Object.fromEntries(tags);
}

/** Half of a character at the end, which nothing can store, is replaced. */
function cut(value: string): string {
  return value.slice(0, tagLimits.characters).toWellFormed();
}

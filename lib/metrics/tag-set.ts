/** Tags of a point: names and values. */
export type Tags = Readonly<Record<string, string>>;

/** The tags in one form whatever their order: sorted by name (by code unit, so that every machine sorts alike). */
export function canonicalTags(tags: Tags): string {
  return JSON.stringify(Object.entries(tags).sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** A write to one item, and how much of a transaction's size it may need. */
export interface Grouped {
  readonly key: { readonly pk: string; readonly sk: string };
  readonly weight: number;
}

/** Of the hundred actions of a transaction one marks the group as applied. */
const mostWeight = 99;

/**
 * Puts writes into groups that are one transaction each: never the same item twice in a group, never too much for a
 * transaction. The same writes give the same groups: what was applied before a crash is known by the number of its group.
 */
export function groupUpdates<Update extends Grouped>(updates: readonly Update[]): Update[][] {
  const rounds: Update[][] = [];
  const seen = new Map<string, number>();
  for (const update of updates) {
    const name = `${update.key.pk}\n${update.key.sk}`;
    const round = seen.get(name) ?? 0;
    seen.set(name, round + 1);
    if (round === rounds.length) rounds.push([]);
    rounds[round]?.push(update);
  }
  return rounds.flatMap(inGroups);
}

function inGroups<Update extends Grouped>(updates: readonly Update[]): Update[][] {
  const groups: Update[][] = [];
  let weight = mostWeight;
  for (const update of updates) {
    if (weight + update.weight > mostWeight) {
      groups.push([]);
      weight = 0;
    }
    groups.at(-1)?.push(update);
    weight += update.weight;
  }
  return groups;
}

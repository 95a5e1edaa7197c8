import * as z from 'zod';
import { itemType } from '../platform/item-type.ts';
import type { Lookup } from '../platform/lookup.ts';
import type { Table, WriteAction } from '../platform/table.ts';

const environmentItem = itemType({
  name: 'environment',
  schema: z.object({ organization: z.string(), name: z.string(), createdAt: z.string() }),
  key: (at: { organization: string; name: string }) => ({ pk: `ORG#${at.organization}`, sk: `ENVIRONMENT#${at.name}` }),
  address: ({ organization, name }) => ({ organization, name }),
});

/** A name has so many characters at most; then it fits into a key, too. */
export const maxEnvironmentCharacters = 64;

/** Which of these environments the organization has. Any text may be asked for, the empty one included. */
export async function readEnvironments(
  table: Table,
  organization: string,
  names: readonly string[],
): Promise<Set<string>> {
  const keys = names.filter(canBeName).map((name) => environmentItem.key({ organization, name }));
  return new Set((await table.batchGet(keys, { consistent: true })).map((item) => environmentItem.fromItem(item).name));
}

/** Asks whether the organization has an environment. */
export function environmentLookup(organization: string, name: string): Lookup<boolean> {
  const key = environmentItem.key({ organization, name });
  return { keys: [key], read: (itemAt) => itemAt(key) !== undefined };
}

/** The step that makes an environment known. */
export function environmentWrite(organization: string, name: string, createdAt: string): WriteAction {
  return { put: environmentItem.toItem({ organization, name, createdAt }) };
}

function canBeName(text: string): boolean {
  return text.isWellFormed() && text.length <= 2 * maxEnvironmentCharacters;
}

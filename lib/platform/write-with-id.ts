import { IdTakenError } from './save-with-snowflake-id.ts';
import type { EntityKind } from './snowflake.ts';
import { ConditionFailedError, notThere, type Table, type WriteAction } from './table.ts';

/**
 * Writes a new entity under an ID that nothing else of its kind has: beside the entity goes an item that claims the ID.
 * @throws IdTakenError when the ID is claimed already, ConditionFailedError about `actions` when one of theirs failed.
 */
export async function writeWithId(
  table: Table,
  kind: EntityKind,
  id: string,
  actions: readonly WriteAction[],
): Promise<void> {
  const claim: WriteAction = { put: { pk: `ID#${kind}#${id}`, sk: 'ID', itemType: 'id claim' }, onlyIf: notThere };
  try {
    await table.write([claim, ...actions]);
  } catch (error) {
    if (!(error instanceof ConditionFailedError)) throw error;
    const [claimed, ...others] = error.failed;
    if (claimed !== undefined) throw new IdTakenError(`The ID is taken by another ${kind}.`, { cause: error });
    throw new ConditionFailedError(others, { cause: error });
  }
}
